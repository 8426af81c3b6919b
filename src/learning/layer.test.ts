import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { build, places, Random, type Recipe, recipes } from '../problem/testing';
import { type LayerArrays, type LayerOptions, type OcpLayer, type OutputName, ocpLayer } from './index';
import { differences, relativeDistance } from './testing/differences';

const outputs = ['u0', 'x', 'u', 'objective'] as const;
const some = recipes({ N: fc.integer({ min: 1, max: 4 }), initial: fc.constantFrom('fixed', 'mixed') });
const smooth = recipes({ N: fc.integer({ min: 2, max: 4 }), inequalities: fc.constant(1), soft: fc.constant(0) });
const tolerance = 1e-11;

type Output = (typeof outputs)[number];

function compile(recipe: Recipe, options: Partial<LayerOptions<Output>> = {}): OcpLayer<Output> {
  const result = ocpLayer(build(recipe).problem, {
    inputs: places,
    outputs,
    settings: { tolerance, ...options.settings },
    ...options,
  });
  if (!result.ok) throw new Error(result.message);
  return result.layer;
}

/** Inputs of `batch` instances around those of the recipe. */
function inputsOf(recipe: Recipe, batch: number): Float64Array {
  const { parameters } = build(recipe);
  const random = new Random(recipe.seed + 7);
  return Float64Array.from({ length: batch * parameters.length }, (_, i) => {
    const spread = i < parameters.length ? 0 : 0.05;
    return parameters[i % parameters.length] * (1 + random.uniform(-spread, spread));
  });
}

/** Random weights for every output. */
function weightsOf(layer: OcpLayer<Output>, recipe: Recipe, batch: number): LayerArrays<Output> {
  const random = new Random(recipe.seed + 11);
  const row = (name: Output) => Float64Array.from(random.vector(batch * layer.width(name)));
  return { u0: row('u0'), x: row('x'), u: row('u'), objective: row('objective') };
}

function weighted<O extends OutputName>(weights: LayerArrays<O>, values: LayerArrays<O>): number {
  let sum = 0;
  for (const name in weights)
    weights[name].forEach((weight, i) => {
      sum += weight * values[name][i];
    });
  return sum;
}

describe('backward', () => {
  it.each([
    ['', {}],
    [', smoothed', { tau: 1e-3 }],
    [', of solutions by sequential quadratic programming', { method: { method: 'sqp' } }],
  ] as const)('is the gradient of a function of all outputs%s', (_, options) => {
    let compared = 0;
    fc.assert(
      fc.property(some, (recipe) => {
        const layer = compile(recipe, options);
        const batch = 2;
        const values = inputsOf(recipe, batch);
        const weights = weightsOf(layer, recipe, batch);
        const run = layer.forward(values);
        const gradient = run.backward(weights);
        if (run.failed > 0 || gradient.masked + gradient.doubtful > 0) return;
        let failed = 0;
        const { gradient: reference, seen } = differences(
          (point) => {
            const moved = layer.forward(point);
            failed += moved.failed;
            return weighted(weights, moved.outputs);
          },
          values,
          1e-3,
        );
        // Where the differences of two orders do not agree there is a kink, or more curvature than they can follow.
        if (failed > 0 || seen > 1e-4) return;
        compared++;
        expect(relativeDistance(gradient.inputs, reference)).toBeLessThan(1e-6 + 100 * seen ** 2);
      }),
      { numRuns: 12 },
    );
    expect(compared).toBeGreaterThan(3);
  });

  it('has the initial states among its inputs', () => {
    let compared = 0;
    fc.assert(
      fc.property(recipes({ initial: fc.constant('fixed'), inequalities: fc.constant(0) }), (recipe) => {
        const layer = compile(recipe, { inputs: ['x0', 'bound', 'stageCost'] });
        const { problem, parameters, planted } = build(recipe);
        expect(layer.inputs).toEqual([...problem.states.map(({ name }) => `x0.${name}`), 'bound', 'stageCost']);
        const at = (name: (typeof places)[number]): number => parameters[places.indexOf(name)];
        const values = Float64Array.from([...planted.x[0], at('bound'), at('stageCost')]);
        const weights = weightsOf(layer, recipe, 1);
        const run = layer.forward(values);
        const gradient = run.backward(weights);
        if (run.failed > 0 || gradient.doubtful > 0) return;
        const found = differences((point) => weighted(weights, layer.forward(point).outputs), values, 1e-3);
        if (found.seen > 1e-4) return;
        compared++;
        expect(relativeDistance(gradient.inputs, found.gradient)).toBeLessThan(1e-6 + 100 * found.seen ** 2);
      }),
      { numRuns: 8 },
    );
    expect(compared).toBeGreaterThan(2);
  });

  it('adds up the cotangents of u0 and u, and takes what is left out for zero', () => {
    fc.assert(
      fc.property(smooth, (recipe) => {
        const layer = compile(recipe);
        const run = layer.forward(inputsOf(recipe, 2));
        const { u0, x, u, objective } = weightsOf(layer, recipe, 2);
        const parts = [{ u0 }, { x }, { u }, { objective }].map((part) => run.backward(part).inputs);
        const whole = run.backward({ u0, x, u, objective }).inputs;
        const sum = whole.map((_, i) => parts.reduce((total, part) => total + part[i], 0));
        expect(relativeDistance(sum, whole)).toBeLessThan(1e-8);
        expect([...run.backward({}).inputs].every((value) => value === 0)).toBe(true);
      }),
      { numRuns: 8 },
    );
  });
});

describe('instances that do not converge', () => {
  it('are zero, counted, and leave the others as they would be alone', () => {
    fc.assert(
      fc.property(smooth, fc.constantFrom(0, 1, 2), (recipe, broken) => {
        const layer = compile(recipe, { warm: false });
        const values = inputsOf(recipe, 3);
        const weights = weightsOf(layer, recipe, 3);
        const whole = layer.forward(values).backward(weights);
        const count = layer.inputs.length;
        values.fill(Number.NaN, broken * count, (broken + 1) * count);
        const poisoned = { ...weights, objective: weights.objective.map((w, i) => (i === broken ? Number.NaN : w)) };
        const run = layer.forward(values);
        const gradient = run.backward(poisoned);
        expect([run.failed, run.converged[broken], gradient.masked]).toEqual([1, 0, 1]);
        for (const name of outputs) expect(run.outputs[name].every(Number.isFinite)).toBe(true);
        const width = layer.width('x');
        expect(run.outputs.x.subarray(broken * width, (broken + 1) * width).every((value) => value === 0)).toBe(true);
        const expected = whole.inputs.slice().fill(0, broken * count, (broken + 1) * count);
        expect(relativeDistance(gradient.inputs, expected)).toBeLessThan(1e-7);
      }),
      { numRuns: 8 },
    );
  });

  it('do not make anything of a cotangent that is not a number', () => {
    fc.assert(
      fc.property(smooth, (recipe) => {
        const layer = compile(recipe);
        const run = layer.forward(inputsOf(recipe, 2));
        const gradient = run.backward({ objective: Float64Array.of(Number.NaN, 1) });
        expect(gradient.inputs.every(Number.isFinite)).toBe(true);
        expect(gradient.masked).toBe(run.failed + run.converged[0]);
      }),
      { numRuns: 4 },
    );
  });
});

describe('warm starts', () => {
  it('are kept sample by sample, across batches, until they are forgotten', () => {
    const total = { cold: 0, warm: 0, forgotten: 0 };
    const iterations = (run: ReturnType<OcpLayer<Output>['forward']>) =>
      run.solutions.reduce((sum, solution) => sum + solution.iterations, 0);
    fc.assert(
      fc.property(smooth, (recipe) => {
        const layer = compile(recipe);
        const values = inputsOf(recipe, 3);
        const count = layer.inputs.length;
        const first = layer.forward(values, { samples: [5, 6, 7] });
        if (first.failed > 0) return;
        const turned = Float64Array.from([...values.subarray(2 * count), ...values.subarray(0, count)]);
        const second = layer.forward(turned, { samples: [7, 5] });
        expect(
          relativeDistance(
            second.outputs.objective,
            [2, 0].map((i) => first.outputs.objective[i]),
          ),
        ).toBeLessThan(1e-7);
        layer.forget();
        total.cold += iterations(first);
        total.warm += iterations(second);
        total.forgotten += iterations(layer.forward(values, { samples: [5, 6, 7] }));
      }),
      { numRuns: 8 },
    );
    expect(total.warm).toBeLessThan(total.cold / 3);
    expect(total.forgotten).toBe(total.cold);
  });
});

describe('another solver of batches', () => {
  it('is given the starts, and its solutions count', () => {
    const recipe = fc.sample(smooth, { numRuns: 1, seed: 3 })[0];
    const own = compile(recipe);
    const values = inputsOf(recipe, 2);
    const reference = own.forward(values);
    const starts: boolean[] = [];
    const layer = compile(recipe, {
      solve: (instances) => {
        starts.push(...instances.map(({ near }) => near !== null));
        return reference.solutions;
      },
    });
    const weights = weightsOf(layer, recipe, 2);
    const expected = reference.backward(weights).inputs;
    expect(relativeDistance(layer.forward(values).backward(weights).inputs, expected)).toBeLessThan(1e-8);
    layer.forward(values);
    expect(starts).toEqual([false, false, true, true]);
  });
});

describe('inputs that cannot be', () => {
  const recipe = fc.sample(recipes({ initial: fc.constant('free') }), { numRuns: 1, seed: 1 })[0];
  it.each([
    [['gravity'], /There is no input "gravity"/],
    [['bound', 'row', 'bound'], /bound is among the inputs twice/],
    [['x0.x0'], /initial value of x0 is free/],
  ])('%j are refused in words', (inputs, message) => {
    const result = ocpLayer(build(recipe).problem, { inputs, outputs: ['u0'] });
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.message).toMatch(message);
  });
});

it('a method that cannot solve the problem is refused in words', () => {
  const [recipe] = fc.sample(recipes({ shape: fc.constant('curved') }), { numRuns: 1, seed: 1 });
  const result = ocpLayer(build(recipe).problem, { inputs: ['bound'], outputs: ['u0'], method: { method: 'admm' } });
  expect(result).toMatchObject({ ok: false, message: expect.stringContaining('is for linear-quadratic problems') });
});
