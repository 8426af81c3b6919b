/** Experiments of learning on problems of the gallery, each from a seed to a stated loss in a bounded number of steps. */
import { describe, expect, it } from 'vitest';
import { evaluate } from '../expression';
import {
  type ClosedLoop,
  type ClosedLoopOptions,
  closedLoop,
  type Descent,
  demonstrate,
  descend,
  type Hessian,
  imitation,
  type LayerOptions,
  makePlant,
  type OcpLayer,
  type OutputName,
  ocpLayer,
  tuning,
} from '../learning';
import { differences, relativeDistance } from '../learning/testing/differences';
import type { Problem } from '../problem';
import { Random } from '../problem/testing';
import { exampleProblem } from './testing/example';

function layerOf<O extends OutputName>(problem: Problem, options: LayerOptions<O>): OcpLayer<O> {
  const made = ocpLayer(problem, options);
  if (!made.ok) throw new Error(made.message);
  return made.layer;
}

/** The path until `done`, at most so many steps. */
async function until(path: AsyncGenerator<Descent>, steps: number, done: (at: Descent) => boolean): Promise<Descent> {
  for await (const at of path) if (at.step >= steps || done(at)) return at;
  throw new Error('a descent has no end');
}

const nominal = (problem: Problem, name: string): number =>
  problem.parameters.find((parameter) => parameter.name === name)?.value ?? Number.NaN;

/** The initial value of a state, as the text has it. */
function initialOf({ graph, parameters, states }: Problem, state: string): number {
  const initial = states.find(({ name }) => name === state)?.initial;
  const values = new Map(parameters.map(({ symbol, value }) => [symbol, value]));
  return initial ? evaluate(graph, [initial], values)[0] : Number.NaN;
}

describe('derivatives of the swing-up', () => {
  const problem = exampleProblem('pendulum-swing-up');
  const inputs = ['M', 'l', 'r'];
  const start = Float64Array.from(inputs, (name) => nominal(problem, name));
  const gradientOf = (hessian: Hessian) => {
    const layer = layerOf(problem, { inputs, outputs: ['x'], hessian, settings: { tolerance: 1e-11 } });
    const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
    const { inputs: gradient, doubtful } = layer
      .forward(start)
      .backward({ x: new Float64Array(layer.width('x')).fill(1) });
    expect(doubtful).toBe(0);
    const reference = differences((point) => total(layer.forward(point).outputs.x), start, 1e-4).gradient;
    return relativeDistance(gradient, reference);
  };

  it('are exact with the exact Hessian, and wrong with that of Gauss and Newton', () => {
    expect(gradientOf('exact')).toBeLessThan(1e-6);
    expect(gradientOf('gauss-newton')).toBeGreaterThan(0.01);
  });

  it('with the Hessian of Gauss and Newton are refused where the cost is no sum of squares', () => {
    const options = { inputs: [], outputs: ['u0'], hessian: 'gauss-newton' } as const;
    const made = ocpLayer(exampleProblem('solution-jump'), options);
    expect(made.ok ? '' : made.message).toMatch(/Gauss-Newton needs a cost of squares/);
  });

  it('of a control at its bound are those of the bound, and not masked', () => {
    const bounded = exampleProblem('double-integrator-bounded');
    const layer = layerOf(bounded, { inputs: ['u_max', 'q', 'r', 'x0'], outputs: ['u0'] });
    const values = ['u_max', 'q', 'r'].map((name) => nominal(bounded, name));
    const run = layer.forward(Float64Array.from([...values, -2, 0]));
    expect(run.outputs.u0[0]).toBeCloseTo(values[0], 6);
    const { inputs: gradient, masked } = run.backward({ u0: Float64Array.of(1) });
    expect(masked).toBe(0);
    expect(relativeDistance(gradient, [1, 0, 0, 0, 0])).toBeLessThan(1e-6);
  });
});

describe('the gradient of a layer is that of finite differences, for inputs of each kind', () => {
  it.each([
    [
      'dynamics, weights, a bound, initial states',
      'pendulum-swing-up',
      ['M', 'l', 'q_theta', 'r', 'F_max', 'x0'],
      1e-4,
    ],
    ['price and bound of a soft constraint', 'soft-constraint', ['v_max', 'price', 'price2'], 1e-5],
    ['a path constraint and a goal', 'unicycle-obstacle', ['radius', 'ox', 'x_goal', 'heading_goal', 'r_T'], 1e-4],
    [
      'growth of the steps, a signal, a weight',
      'moving-reference',
      ['growth', 'period', 'amplitude', 'Q', 'x0.x'],
      1e-4,
    ],
    ['a parameter for every stage', 'moving-reference', ['wind'], 1e-4],
    ['a problem whose duration is free', 'double-integrator-min-time', ['x0'], 1e-4],
    ['an implicit integrator and algebraic variables', 'reactor-equilibrium', ['x0'], 1e-4],
  ] as const)('%s', (_, example, inputs, step) => {
    const problem = exampleProblem(example);
    const layer = layerOf(problem, { inputs, outputs: ['x', 'u', 'objective'], settings: { tolerance: 1e-11 } });
    const at = Float64Array.from(layer.inputs, (name) =>
      name.startsWith('x0.') ? initialOf(problem, name.slice(3)) : nominal(problem, name),
    );
    const random = new Random(3);
    const weights = {
      x: Float64Array.from(random.vector(layer.width('x'))),
      u: Float64Array.from(random.vector(layer.width('u'))),
      objective: Float64Array.from(random.vector(1)),
    };
    const weighted = (point: Float64Array): number => {
      const { outputs, failed } = layer.forward(point);
      expect(failed).toBe(0);
      const sum = (name: keyof typeof weights) =>
        weights[name].reduce((total, weight, i) => total + weight * outputs[name][i], 0);
      return sum('x') + sum('u') + sum('objective');
    };
    const { inputs: gradient, masked, doubtful } = layer.forward(at).backward(weights);
    expect([masked, doubtful]).toEqual([0, 0]);
    const reference = differences(weighted, at, step).gradient;
    const largest = Math.max(...reference.map(Math.abs));
    reference.forEach((value, j) => {
      expect(Math.abs(gradient[j] - value)).toBeLessThan(1e-6 * Math.max(Math.abs(value), 1e-3 * largest));
    });
  });
});

describe('the cost of an expert is recovered from its trajectories', () => {
  const problem = exampleProblem('chen-allgoewer');
  const learned = ['mu', 'r'];
  const truth = learned.map((name) => nominal(problem, name));
  const initial = [
    [0.2, 0.25],
    [-0.2, 0.1],
    [0.1, -0.3],
    [0.3, -0.1],
  ];

  it('with exact sensitivities, within 100 steps', async () => {
    const layer = layerOf(problem, { inputs: [...learned, 'x0'], outputs: ['x', 'u'] });
    const { demonstrations, failed } = demonstrate(layer, truth, initial);
    expect(failed).toBe(0);
    const path = descend(imitation(layer, demonstrations), [0.6, 2], { rate: 0.05 });
    const { theta, loss, masked } = await until(path, 100, (at) => at.loss < 1e-5);
    expect(loss).toBeLessThan(1e-5);
    expect(masked).toBe(0);
    expect(relativeDistance(theta, truth)).toBeLessThan(0.05);
  });
});

describe('a controller is tuned under model mismatch', () => {
  const problem = exampleProblem('chen-allgoewer');
  const tuned = ['mu', 'r', 'p_f'];
  const start = tuned.map((name) => nominal(problem, name));
  const scenarios = [
    { initial: [0.2, 0.25], seed: 1 },
    { initial: [-0.2, 0.1], seed: 2 },
  ];
  const loopOf = (options: Partial<ClosedLoopOptions> = {}): ClosedLoop => {
    const parameters = problem.parameters.map(({ name, value }) => (name === 'mu' ? 0.55 : value));
    const made = makePlant(problem, { parameters });
    if (!made.ok) throw new Error(made.message);
    const deviations = [0.002, 0.002];
    const common = { tuned, samples: 15, noise: deviations, disturbance: deviations };
    const found = closedLoop(problem, made.plant, { ...common, ...options });
    if (!found.ok) throw new Error(found.message);
    return found.loop;
  };

  it('by the gradient through the loop, to a hundredth of its cost within 40 steps', async () => {
    const objective = tuning(loopOf(), scenarios);
    const { loss: before } = await objective(Float64Array.from(start));
    const after = await until(descend(objective, start, { rate: 0.05 }), 40, ({ loss }) => loss < before / 100);
    expect(after.loss).toBeLessThan(before / 100);
    expect(after.masked).toBe(0);
  });

  it('by real-time iterations too, whose loops near the target are close to those of full solutions', () => {
    const method = { method: 'rti', hessian: 'gauss-newton' } as const;
    const near = scenarios.map(({ initial, seed }) => ({ initial: initial.map((value) => value / 4), seed }));
    const [full, realTime] = [loopOf(), loopOf({ method })].map((loop) => loop.run([0.55, 0.8, 10], near));
    expect(realTime.failed).toBe(0);
    expect(Math.abs(realTime.cost / full.cost - 1)).toBeLessThan(1e-3);
    const { gradient, masked } = realTime.gradient();
    expect(masked).toBe(0);
    full.gradient().gradient.forEach((value, j) => {
      expect(Math.abs(gradient[j] / value - 1)).toBeLessThan(0.02);
    });
  });
});
