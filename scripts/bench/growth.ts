/** How a solve grows with the horizon and with the number of states: a chain of masses and hardening springs. */
import { effortFor, measure, timed } from './measure';
import { iterationOperations } from './operations';
import { freshSolver, nominal } from './problem';
import type { Growth, GrowthPoint } from './schema';

export const growthSizes = {
  steps: [10, 20, 50, 100, 200, 400].map((steps) => ({ states: 4, steps })),
  states: [2, 4, 8, 16, 32].map((states) => ({ states, steps: 20 })),
} as const;

const BUDGET_MS = 800;

/**
 * Masses at rest but for the last, which is displaced and pushed by a bounded force u. The springs between neighbours,
 * and the first one to the wall, pull with d + d^3 / 2. Steps of 0.1 s.
 */
export function chainText({ states, steps }: Pick<GrowthPoint, 'states' | 'steps'>): string {
  const masses = Array.from({ length: states / 2 }, (_, i) => i + 1);
  const last = masses.length;
  const stretch = (i: number): string => (i === 1 ? 'q1' : `q${i} - q${i - 1}`);
  const pull = (i: number): string => (i > last ? 'u' : `stiffness*(d${i} + 0.5*d${i}^3)`);
  const sum = (of: (i: number) => string): string => masses.map(of).join(' + ');
  return `title "Chain of ${last} masses"
parameter stiffness = 4
${masses.map((i) => `state q${i} = ${i === last ? 1 : 0}\nstate v${i} = 0`).join('\n')}
control u in [-1, 1]
${masses.map((i) => `let d${i} = ${stretch(i)}`).join('\n')}
dynamics
${masses.map((i) => `  q${i}' = v${i}\n  v${i}' = ${pull(i + 1)} - ${pull(i)}`).join('\n')}
minimize
  integral ${sum((i) => `q${i}^2 + 0.1*v${i}^2`)} + 0.1*u^2
  terminal ${sum((i) => `q${i}^2 + v${i}^2`)}
horizon ${0.1 * steps} s in ${steps} steps, rk4
`;
}

/** `share` of the time that good figures take. */
export function benchGrowth(size: Pick<GrowthPoint, 'states' | 'steps'>, share: number): GrowthPoint {
  const text = chainText(size);
  const effort = effortFor(share, BUDGET_MS);
  const compile = measure(() => freshSolver(text).milliseconds, effort);
  const { solver } = freshSolver(text);
  const inputs = nominal(solver);
  const { status, iterations } = solver.solve(inputs);
  const once = timed(() => solver.solve(inputs));
  const solve = measure(() => timed(() => solver.solve(inputs)), effortFor(share, BUDGET_MS, once));
  const operations = iterationOperations(solver.problem, solver.method, inputs);
  return { ...size, status, iterations, compile, solve, operations };
}

export function growthOver(of: 'steps' | 'states', points: readonly GrowthPoint[]): Growth {
  const exponent = (measured: (point: GrowthPoint) => number): number =>
    slope(points.slice(points.length >> 1).map((point) => [Math.log(point[of]), Math.log(measured(point))]));
  return {
    points: [...points],
    timeExponent: exponent(({ solve, iterations }) => solve.least / iterations),
    operationsExponent: exponent(({ operations }) => operations),
  };
}

/** Of the straight line nearest to the points, by least squares. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (of: 0 | 1): number => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const over = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return over / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}
