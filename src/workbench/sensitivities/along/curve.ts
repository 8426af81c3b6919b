/**
 * One entry of the solution as a function v(p) of one value, with its derivative v'(p), sampled along a branch.
 *
 * Between neighbouring samples a continuous branch obeys the trapezoidal rule
 *
 *   |v_{i+1} - v_i - h (v'_i + v'_{i+1}) / 2| <= h |v'_{i+1} - v'_i|,
 *
 * at a kink as well, where the slope is one of the two on either side; half of that bound is the worst a single kink does.
 * Where value or objective is further off, by more than a little of its extent, the samples lie on
 * different branches, or several changes lie between them.
 */
import type { ActiveSetChange } from '../../../sensitivity';
import type { ProblemView } from '../../protocol';
import { alongStages, widthsOf } from '../../quantities';
import type { Arrived, Branches } from '../../state/following';
import { derivativeOf, type Values } from '../cells';
import type { Subject } from '../subjects';

export interface Curve {
  readonly tau: number | null;
  readonly at: readonly number[];
  /** NaN where the solve failed or is still to come. */
  readonly values: readonly number[];
  readonly derivatives: readonly number[];
  /** Between i and i+1 the branch is left for another, or changes by more than its slopes explain. */
  readonly jumps: readonly number[];
  readonly kinks: readonly Kink[];
  readonly failures: readonly { readonly at: number; readonly message: string }[];
  /** Samples whose derivative is not to be trusted, and why. */
  readonly doubts: readonly { readonly at: number; readonly reason: string }[];
}

export interface Kink {
  /** In the middle of the two samples between which it lies. */
  readonly at: number;
  readonly changes: readonly ActiveSetChange[];
}

/** Share of the extent of a curve that a step may be off by and still be of the same branch. */
const slack = 0.01;
/** What the tolerance of the solves leaves open, relative to the values. */
const noise = 1e-6;

export function curvesOf(branches: Branches, problem: ProblemView, subject: Subject, stage: number): Curve[] {
  return branches.taus.map((tau, i) => {
    const points = branches.points[i] ?? [];
    const at = branches.samples;
    const read = (value: (point: Solved) => number) =>
      points.map((arrived) => (arrived?.outcome.ok ? value(arrived.outcome.value) : Number.NaN));
    const values = read(({ solution }) => entryOf(problem, solution, subject, stage));
    const derivatives = read((point) => {
      const all = { ...point.derivatives, d2objective: null };
      return derivativeOf(problem, all, subject, 0)[stage] ?? Number.NaN;
    });
    const objective = read(({ solution }) => solution.objective);
    const slopes = read((point) => point.derivatives.dobjective[0] ?? Number.NaN);
    const jumps = [...new Set([...breaks(at, values, derivatives), ...breaks(at, objective, slopes)])];
    return {
      tau,
      at,
      values,
      derivatives,
      jumps: jumps.sort((a, b) => a - b),
      kinks: tau === null ? kinksOf(at, points, jumps) : [],
      failures: points.flatMap((arrived, k) =>
        arrived && !arrived.outcome.ok ? [{ at: at[k] ?? 0, message: arrived.outcome.message }] : [],
      ),
      doubts: points.flatMap((arrived, k) =>
        arrived?.outcome.ok && !arrived.outcome.value.derivatives.valid
          ? [{ at: at[k] ?? 0, reason: arrived.outcome.value.derivatives.reason }]
          : [],
      ),
    };
  });
}

type Solved = Extract<Arrived['outcome'], { ok: true }>['value'];

/** Steps i, from sample i to i+1, that the slopes at both ends do not explain. */
export function breaks(at: readonly number[], values: readonly number[], slopes: readonly number[]): number[] {
  const known = values.filter(Number.isFinite);
  const extent = Math.max(...known) - Math.min(...known);
  const room = slack * extent + noise * Math.max(...known.map(Math.abs));
  const found: number[] = [];
  for (let i = 0; i + 1 < at.length; i++) {
    const h = (at[i + 1] ?? 0) - (at[i] ?? 0);
    const [before = Number.NaN, after = Number.NaN] = [slopes[i], slopes[i + 1]];
    const off = Math.abs((values[i + 1] ?? 0) - (values[i] ?? 0) - (h * (before + after)) / 2);
    if (off > h * Math.abs(after - before) + room) found.push(i);
  }
  return found;
}

/** Differences of neighbours, which belong in the middle between them; none over a jump. */
export function differencesOf({ at, values, jumps }: Curve): { readonly at: number; readonly value: number }[] {
  return at.slice(0, -1).flatMap((from, i) => {
    const to = at[i + 1] ?? from;
    const value = ((values[i + 1] ?? Number.NaN) - (values[i] ?? Number.NaN)) / (to - from);
    return Number.isFinite(value) && !jumps.includes(i) ? [{ at: (from + to) / 2, value }] : [];
  });
}

/** The curve as a line that is broken at jumps: a NaN stands in the middle of each. */
export function broken(
  { at, jumps }: Pick<Curve, 'at' | 'jumps'>,
  values: readonly number[],
): { readonly x: number[]; readonly y: number[] } {
  const x: number[] = [];
  const y: number[] = [];
  at.forEach((p, i) => {
    x.push(p);
    y.push(values[i] ?? Number.NaN);
    if (!jumps.includes(i)) return;
    x.push((p + (at[i + 1] ?? p)) / 2);
    y.push(Number.NaN);
  });
  return { x, y };
}

/** `count` samples, both ends among them. */
export function samplesOf([low, high]: readonly [number, number], count: number): number[] {
  return Array.from({ length: count }, (_, i) =>
    i === count - 1 ? high : Number((low + ((high - low) * i) / (count - 1)).toPrecision(12)),
  );
}

/** Told in the direction of growing p, whichever way the branch was followed. */
function kinksOf(at: readonly number[], points: readonly (Arrived | null)[], jumps: readonly number[]): Kink[] {
  const kinks = points.flatMap((arrived, k): Kink[] => {
    if (!arrived?.outcome.ok || arrived.from === null || arrived.outcome.value.changes.length === 0) return [];
    const { changes } = arrived.outcome.value;
    if (jumps.includes(Math.min(k, arrived.from))) return [];
    const upwards = arrived.from < k;
    return [
      {
        at: ((at[k] ?? 0) + (at[arrived.from] ?? 0)) / 2,
        changes: upwards ? changes : changes.map((change) => ({ ...change, becomes: opposite[change.becomes] })),
      },
    ];
  });
  return kinks.toSorted((a, b) => a.at - b.at);
}

const opposite = { active: 'inactive', inactive: 'active' } as const;

function entryOf(problem: ProblemView, values: Values, { kind, index, stages }: Subject, stage: number): number {
  const { state, control, algebraic } = widthsOf(problem);
  const along = (source: Float64Array, width: number) => alongStages(source, width, index, stages)[stage] ?? Number.NaN;
  const entries = {
    state: () => along(values.x, state),
    control: () => along(values.u, control),
    algebraic: () => along(values.algebraics, algebraic),
    costate: () => along(values.costates, state),
    gradient: () => values.objective,
    hessian: () => Number.NaN,
  };
  return entries[kind]();
}
