/** What adjoint sensitivities say of their own accuracy where controls are at their bounds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Executable, instantiate } from '../kernel';
import type { Problem } from '../problem';
import { build, distance, largest, type Recipe, recipes } from '../problem/testing';
import { DifferentiableSolver } from './index';

const plain = recipes({
  shape: fc.constant('quadratic'),
  nu: fc.constant(2),
  N: fc.integer({ min: 1, max: 4 }),
  inequalities: fc.constant(0),
  soft: fc.constant(0),
  equalities: fc.constant(0),
});

/** The problem with its first control held below `bound` at all stages. */
function held(problem: Problem, bound: number): Problem {
  const { graph, parameters, controls, horizon } = problem;
  const limit = parameters.find(({ name }) => name === 'bound')?.symbol ?? graph.constant(0);
  const upper = graph.add(limit, graph.constant(bound));
  const constraint = { name: 'held', expression: controls[0].symbol, lower: null, upper, soft: null };
  return { ...problem, constraints: [{ ...constraint, from: 0, to: horizon.steps - 1 }] };
}

interface Experiment {
  readonly solver: DifferentiableSolver;
  /** Kernels made so far, the last one that of adjoints. */
  readonly kernels: Executable[];
}

/** Solved with all of the first control at its bound. */
function saturated(recipe: Recipe): Experiment | null {
  const { problem, parameters } = build(recipe);
  const kernels: Executable[] = [];
  const solver = DifferentiableSolver.compile(held(problem, -20), {}, (module) => {
    const kernel = instantiate(module);
    kernels.push(kernel);
    return kernel;
  });
  const inputs = { parameters, initial: new Float64Array(problem.states.length).fill(Number.NaN) };
  const { status, constraints } = solver.solve(inputs, { tolerance: 1e-11 });
  const active = constraints[0].upper?.every((multiplier) => multiplier > 1e-2);
  return status === 'converged' && active ? { solver, kernels } : null;
}

/** Largest difference of an adjoint gradient to the forward one, of any control, and largest residual reported. */
function compare({ solver }: Experiment): { error: number; residual: number } {
  const { du, columns } = solver.sensitivities();
  const count = columns.length;
  const worst = { error: 0, residual: 0 };
  for (let i = 0; i < du.length / count; i++) {
    const u = new Float64Array(du.length / count);
    u[i] = 1;
    const { gradient, residual } = solver.adjoint({ u });
    const expected = du.subarray(i * count, (i + 1) * count);
    worst.error = Math.max(worst.error, distance(gradient, expected) / Math.max(1, largest(expected)));
    worst.residual = Math.max(worst.residual, residual);
  }
  return worst;
}

describe('the residual of adjoint sensitivities at saturated controls', () => {
  it('is small where these are what forward ones are', () => {
    let compared = 0;
    fc.assert(
      fc.property(plain, (recipe) => {
        const at = saturated(recipe);
        if (!at) return;
        const { error, residual } = compare(at);
        expect(error).toBeLessThan(1e-9);
        expect(residual).toBeLessThan(1e-11);
        compared++;
      }),
      { numRuns: 8 },
    );
    expect(compared).toBeGreaterThan(4);
  });

  it('is large where the factors do not solve the system', () => {
    let compared = 0;
    fc.assert(
      fc.property(plain, (recipe) => {
        const at = saturated(recipe);
        if (!at) return;
        const u = new Float64Array(2 * at.solver.problem.horizon.steps).fill(1);
        const { gradient } = at.solver.adjoint({ u });
        at.kernels.at(-1)?.buffer('riccati.L').fill(3);
        const spoilt = at.solver.adjoint({ u });
        if (distance(spoilt.gradient, gradient) < 1e-3 * Math.max(1, largest(gradient))) return;
        expect(spoilt.residual).toBeGreaterThan(1e-6);
        compared++;
      }),
      { numRuns: 8 },
    );
    expect(compared).toBeGreaterThan(4);
  });
});
