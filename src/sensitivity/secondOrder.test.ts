/** Adjoint sensitivities and the value Hessian on random problems: against forward ones, and against differences. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { build, distance, largest, places, type Recipe, recipes } from '../problem/testing';
import type { Inputs, MultiplierKind, Solution } from '../solver';
import { type ConstraintSeed, DifferentiableSolver, type Seed, type Sensitivities } from './index';

const some = recipes({ N: fc.integer({ min: 1, max: 4 }) });
const settings = { tolerance: 1e-11, tau: 1e-3 };

function solved(recipe: Recipe): { solver: DifferentiableSolver; inputs: Inputs; solution: Solution } {
  const { problem, parameters } = build(recipe);
  const solver = DifferentiableSolver.compile(problem);
  const inputs = { parameters, initial: new Float64Array(problem.states.length).fill(Number.NaN) };
  return { solver, inputs, solution: solver.solve(inputs, settings) };
}

/** Weights of everything a solution consists of, and what forward sensitivities make of them. */
function weighed(forward: Sensitivities): { seed: Required<Omit<Seed, 'algebraics'>>; expected: Float64Array } {
  const count = forward.columns.length;
  const expected = new Float64Array(count);
  let drawn = 0;
  const weights = (derivatives: Float64Array): Float64Array => {
    const weight = Float64Array.from({ length: derivatives.length / count }, () => Math.sin(1 + 1.37 * drawn++));
    derivatives.forEach((value, i) => {
      expected[i % count] += weight[Math.floor(i / count)] * value;
    });
    return weight;
  };
  const constraints = forward.dconstraints.map(({ name, stages: _, ...kinds }): ConstraintSeed => {
    const parts = Object.entries(kinds) as [MultiplierKind, Float64Array][];
    return { name, ...Object.fromEntries(parts.map(([kind, values]) => [kind, weights(values)])) };
  });
  const { dx, du, dcostates, dobjective } = forward;
  const seed = { x: weights(dx), u: weights(du), costates: weights(dcostates), objective: weights(dobjective)[0] };
  return { seed: { ...seed, constraints }, expected };
}

/** objective - tau sum log(slack), a slack being tau over its multiplier. */
function smoothedValue({ objective, constraints, tau }: Solution): number {
  const kinds = ['lower', 'upper', 'slackLowerMultiplier', 'slackUpperMultiplier'] as const;
  const multipliers = constraints.flatMap((constraint) => kinds.flatMap((kind) => [...(constraint[kind] ?? [])]));
  return multipliers.reduce((sum, multiplier) => sum - tau * Math.log(tau / multiplier), objective);
}

/** The inputs with what column j stands for moved. */
function moved({ parameters, initial }: Inputs, { x }: Solution, columns: readonly string[], j: number, by: number) {
  if (j < parameters.length) return { parameters: parameters.map((p, i) => (i === j ? p + by : p)), initial };
  const state = Number(columns[j].slice('x0.x'.length));
  return { parameters, initial: initial.map((value, i) => (i === state ? x[i] + by : value)) };
}

describe('adjoint sensitivities', () => {
  it('of any seed are what forward ones make of it, for every place of a parameter', () => {
    const moving = new Set<string>();
    fc.assert(
      fc.property(some, (recipe) => {
        const { solver, solution } = solved(recipe);
        fc.pre(solution.status === 'converged');
        const forward = solver.sensitivities();
        if (forward.residual > 1e-9) return;
        const { seed, expected } = weighed(forward);
        const { columns, gradient, valid } = solver.adjoint(seed);
        expect(valid).toBe(true);
        expect(columns).toEqual(forward.columns);
        const size = largest([...forward.dcostates, ...forward.dx]);
        expect(distance(gradient, expected) / (1 + size / (1 + largest(expected)))).toBeLessThan(1e-9);
        columns.forEach((name, j) => {
          if (Math.abs(gradient[j]) > 1e-3) moving.add(name);
        });
      }),
      { numRuns: 60 },
    );
    expect(places.filter((place) => !moving.has(place))).toEqual(['idle']);
  });

  it('belong to the last solve, warm ones too', () => {
    const { solver, inputs, solution } = solved({
      ...{ seed: 7, nx: 2, nu: 1, N: 4, dynamics: 'rk4', substeps: 1, shape: 'curved', initial: 'fixed' },
      ...{ inequalities: 2, soft: 1, equalities: 0, redundant: false },
    });
    expect(solution.status).toBe('converged');
    // The first call has the kernels compiled: what comes later must be of the point that comes later.
    solver.adjoint({ objective: 1 });
    const parameters = inputs.parameters.map((p) => 1.02 * p);
    expect(solver.solve({ ...inputs, parameters }, settings, { warm: true }).status).toBe('converged');
    const { seed, expected } = weighed(solver.sensitivities());
    expect(distance(solver.adjoint(seed).gradient, expected)).toBeLessThan(1e-9);
  });
});

describe('the optimal value', () => {
  it('has the gradient of differences of itself and the Hessian of differences of the gradient', () => {
    let compared = 0;
    fc.assert(
      fc.property(some, (recipe) => {
        const { solver, inputs, solution } = solved(recipe);
        fc.pre(solution.status === 'converged');
        const { columns, gradient, hessian, residual } = solver.valueDerivatives();
        if (residual > 1e-9) return;
        const count = columns.length;
        const step = 1e-5;
        columns.forEach((name, j) => {
          const [above, below] = [step, -step].map((by) => {
            const there = solver.solve(moved(inputs, solution, columns, j, by), settings, { guess: solution });
            const near = distance([...there.x, ...there.u], [...solution.x, ...solution.u]) < 300 * step;
            if (there.status !== 'converged' || !near) return null;
            return { value: smoothedValue(there), gradient: solver.valueDerivatives().gradient };
          });
          if (!above || !below) return;
          expect(distance([gradient[j]], [(above.value - below.value) / (2 * step)]), name).toBeLessThan(1e-5);
          // Where an initial value is replaced the parameter that gave it has no part in it any more.
          const kept = (_: number, i: number): boolean => !(name.startsWith('x0.') && columns[i] === 'initial');
          const row = hessian.slice(j * count, (j + 1) * count).filter(kept);
          const expected = above.gradient.map((value, i) => (value - below.gradient[i]) / (2 * step)).filter(kept);
          expect(distance(row, expected), name).toBeLessThan(1e-5);
          compared++;
        });
        columns.forEach((_, i) => {
          columns.forEach((_, j) => {
            expect(hessian[i * count + j]).toBe(hessian[j * count + i]);
          });
        });
      }),
      { numRuns: 30 },
    );
    expect(compared).toBeGreaterThan(100);
  });
});
