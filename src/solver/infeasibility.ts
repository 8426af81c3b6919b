/** Which constraints cannot be met: bounds that exclude each other, or what remains violated in the elastic problem. */
import { evaluate } from '../expression';
import { isEquality, knownValues, type Problem } from '../problem';
import type { ConstraintMultipliers, Solution } from './solution';

/** A violation that counts. */
const VIOLATED = 1e-6;
const NAMED = 3;

export interface Violation {
  readonly constraint: string;
  readonly stages: readonly number[];
  readonly largest: number;
}

export function violations(solution: Solution): Violation[] {
  return solution.constraints.flatMap((constraint) => {
    const amounts = constraint.stages.map((_, i) => violationAt(constraint, i));
    const stages = constraint.stages.filter((_, i) => amounts[i] > VIOLATED);
    return stages.length > 0 ? [{ constraint: constraint.name, stages, largest: Math.max(...amounts) }] : [];
  });
}

/** Constraints whose lower bound lies above their upper one, in words; empty if there are none. */
export function crossedBounds(problem: Problem, parameters: Float64Array): string {
  const point = knownValues(problem, parameters);
  return problem.constraints
    .flatMap((constraint) => {
      const { name, lower, upper } = constraint;
      if (lower === null || upper === null || isEquality(constraint) || constraint.soft) return [];
      const [low, high] = evaluate(problem.graph, [lower, upper], point);
      return low > high ? [`${name} has its lower bound ${low} above its upper bound ${high}`] : [];
    })
    .join('; ');
}

/** The worst ones first, in words. */
export function describe(found: readonly Violation[]): string {
  const worst = [...found].sort((a, b) => b.largest - a.largest);
  const named = worst.slice(0, NAMED).map(({ constraint, stages, largest }) => {
    const where = stages.length === 1 ? `at stage ${stages[0]}` : `at stages ${ranges(stages)}`;
    return `${constraint} ${where} (by ${largest.toPrecision(3)})`;
  });
  const more = worst.length > NAMED ? ` and ${worst.length - NAMED} more` : '';
  return named.join(', ') + more;
}

function violationAt({ slackLower, slackUpper }: ConstraintMultipliers, i: number): number {
  return Math.max(slackLower?.[i] ?? 0, slackUpper?.[i] ?? 0);
}

/** 3-7, 9 */
function ranges(stages: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const k of stages) {
    const last = runs.at(-1);
    if (last && last[1] === k - 1) last[1] = k;
    else runs.push([k, k]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}
