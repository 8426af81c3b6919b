/**
 * Sensitivities where the problem has more than constant data: signals, grids of its own, collocation, algebraic
 * variables and integrated costs, against central differences of re-solved problems at a smoothing barrier value.
 */
import { describe, expect, it } from 'vitest';
import { Graph, type Node } from '../expression';
import { type Integrator, noChoice, type Problem } from '../problem';
import { DifferentiableSolver } from './differentiableSolver';

const N = 8;
const settings = { tau: 1e-2, tolerance: 1e-11 };

interface Kind {
  readonly integrator: Integrator;
  readonly substeps: number;
  readonly quadrature: 'rectangle' | 'dynamics';
  readonly algebraic: boolean;
}

/** Tracking a sine on a growing grid, bounded by a signal; with a friction force as algebraic variable, if wanted. */
function tracking({ integrator, substeps, quadrature, algebraic }: Kind): Problem {
  const g = new Graph();
  const c = (value: number): Node => g.constant(value);
  const [T, a, w, q] = ['T', 'a', 'w', 'q'].map((name) => g.symbol(name));
  const [x, u, r, b, y] = ['x', 'u', 'r', 'b', 'y'].map((name) => g.symbol(name));
  const shares = Array.from({ length: N }, (_, k) => 1 + 0.1 * k);
  const total = shares.reduce((sum, share) => sum + share, 0);
  const lengths = shares.map((share) => g.mul(T, c(share / total)));
  const times = [c(0)];
  for (const length of lengths) times.push(g.add(times[times.length - 1], length));
  const friction = g.mul(x, g.square(x));
  const error = g.square(g.sub(x, r));
  const values = [2, 1, 3, 5];
  return {
    graph: g,
    title: '',
    source: '',
    parameters: [T, a, w, q].map((symbol, j) => ({
      name: g.name(symbol),
      symbol,
      value: values[j],
      range: null,
      description: '',
    })),
    states: [{ name: 'x', symbol: x, initial: c(0.5), description: '' }],
    controls: [{ name: 'u', symbol: u, description: '' }],
    numbers: [],
    algebraics: algebraic ? [{ name: 'y', symbol: y, description: '' }] : [],
    signals: [
      { name: 'r', symbol: r, values: times.map((t) => g.mul(a, g.unary('sin', g.mul(w, t)))) },
      { name: 'b', symbol: b, values: times.map((t) => g.add(c(1.2), g.mul(q, g.mul(c(0.02), t)))) },
    ],
    arrays: [],
    dynamics: {
      kind: 'continuous',
      rhs: [g.sub(g.add(u, g.mul(c(0.3), r)), algebraic ? y : friction)],
      algebraic: algebraic ? [g.sub(g.add(y, g.mul(c(0.2), g.mul(y, g.square(y)))), friction)] : [],
    },
    cost: {
      integral: g.sum([g.mul(q, error), g.mul(c(0.1), g.square(u)), algebraic ? g.mul(c(0.1), g.square(y)) : c(0)]),
      sum: c(0),
      terminal: error,
    },
    constraints: [{ name: 'u', expression: u, lower: g.neg(b), upper: b, from: 0, to: N - 1, soft: null }],
    horizon: { duration: T, steps: N, lengths, integrator, substeps, quadrature },
    solver: noChoice,
    guess: {
      states: [{ from: c(0), to: c(0) }],
      controls: [{ from: c(0), to: c(0) }],
      algebraics: algebraic ? [{ from: c(0), to: c(0) }] : [],
    },
  };
}

const kinds: readonly Kind[] = [
  { integrator: 'rk4', substeps: 1, quadrature: 'rectangle', algebraic: false },
  { integrator: 'rk3', substeps: 2, quadrature: 'dynamics', algebraic: false },
  { integrator: 'gauss-legendre-2', substeps: 1, quadrature: 'rectangle', algebraic: false },
  { integrator: 'radau-3', substeps: 2, quadrature: 'dynamics', algebraic: false },
  { integrator: 'radau-2', substeps: 1, quadrature: 'rectangle', algebraic: true },
  { integrator: 'gauss-legendre-1', substeps: 2, quadrature: 'dynamics', algebraic: true },
];

describe.each(kinds)('$integrator x $substeps, $quadrature, algebraic: $algebraic', (kind) => {
  const problem = tracking(kind);
  const solver = DifferentiableSolver.compile(problem);
  const nominal = Float64Array.from(problem.parameters, ({ value }) => value);
  const initial = Float64Array.of(Number.NaN);
  const solve = (parameters: Float64Array) => {
    const solution = solver.solve({ parameters, initial }, settings);
    expect(solution.status).toBe('converged');
    return solution;
  };

  it('solves, on the grid given', () => {
    const { t } = solve(nominal);
    expect(t[N]).toBeCloseTo(2, 12);
    expect((t[2] - t[1]) / (t[1] - t[0])).toBeCloseTo(1.1, 10);
  });

  it('has the derivatives of central differences', () => {
    solve(nominal);
    const derivatives = solver.sensitivities();
    const columns = derivatives.columns.length;
    problem.parameters.forEach((_, j) => {
      const step = 1e-5;
      const [up, down] = [step, -step].map((change) => {
        const moved = nominal.slice();
        moved[j] += change;
        return solve(moved);
      });
      const difference = (above: ArrayLike<number>, below: ArrayLike<number>): number[] =>
        Array.from(above, (value, i) => (value - below[i]) / (2 * step));
      const check = (expected: number[], actual: Float64Array): void => {
        const scale = Math.max(1e-3, ...expected.map(Math.abs));
        expected.forEach((value, i) => {
          expect(Math.abs(value - actual[i * columns + j]) / scale).toBeLessThan(1e-6);
        });
      };
      check(difference(up.x, down.x), derivatives.dx);
      check(difference(up.u, down.u), derivatives.du);
      check(difference(up.algebraics, down.algebraics), derivatives.dalgebraics);
      check(difference(up.costates, down.costates), derivatives.dcostates);
      check(difference([up.objective], [down.objective]), derivatives.dobjective);
    });
  });
});

describe('an algebraic variable', () => {
  it('meets its equation at every stage', () => {
    const kind = kinds.find(({ algebraic }) => algebraic) as Kind;
    const problem = tracking(kind);
    const { x, algebraics } = DifferentiableSolver.compile(problem).solve(
      { parameters: Float64Array.of(2, 1, 3, 5), initial: Float64Array.of(Number.NaN) },
      { tolerance: 1e-10 },
    );
    expect(algebraics).toHaveLength(N);
    algebraics.forEach((y, k) => {
      expect(y + 0.2 * y ** 3).toBeCloseTo(x[k] ** 3, 9);
    });
  });
});
