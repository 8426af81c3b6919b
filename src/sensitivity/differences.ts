/**
 * One column of the sensitivities by central differences of re-solved problems, the check of everything else:
 *
 *   D(h) = (w(p + h) - w(p - h)) / 2h,   and by Richardson  (4 D(h) - D(2h)) / 3.
 *
 * The step balances truncation and noise (Nocedal & Wright 2006, section 8.1): h = cbrt(noise) for D, noise^(1/5) with
 * Richardson, times the size of the quantity. The noise is that of the solutions: what a re-solve at the same point changes.
 */
import type { Problem } from '../problem';
import type { Inputs, MultiplierKind, Solution, Start } from '../solver';
import type { ActiveSetChange, ConstraintSide, SideKind } from './activeSet';

/** A solve at a tight tolerance, started as `start` says. */
export type Resolve = (inputs: Inputs, start: Start) => Solution;

export interface DifferenceOptions {
  /** Default false. Twice as many solves. */
  readonly richardson?: boolean;
  /** Instead of the step chosen by the noise. */
  readonly step?: number;
}

export interface DifferenceColumn {
  readonly column: string;
  /** [N+1][nx] */
  readonly dx: Float64Array;
  /** [N][nu] */
  readonly du: Float64Array;
  /** [N][ny] */
  readonly dalgebraics: Float64Array;
  /** [N+1][nx] */
  readonly dcostates: Float64Array;
  readonly dobjective: number;
  readonly step: number;
  /** Estimated error of the entries, in units of the largest entry of x and u. */
  readonly error: number;
  /** What differs between the active sets at the two sides; not empty: there is a kink between them. */
  readonly changes: readonly ActiveSetChange[];
}

export type DifferenceResult =
  | { readonly ok: true; readonly difference: DifferenceColumn }
  /** A sentence. */
  | { readonly ok: false; readonly message: string };

/** Noise below this is that of the arithmetic. */
const LEAST_NOISE = 1e-13;

/** `column`: the name of a parameter, or `x0.STATE`. */
export function differenceColumn(
  problem: Problem,
  resolve: Resolve,
  inputs: Inputs,
  column: string,
  { richardson = false, step }: DifferenceOptions = {},
): DifferenceResult {
  const move = mover(problem, column);
  if (!move) return { ok: false, message: `There is no parameter or fixed initial state ${column}.` };
  const base = resolve(inputs, {});
  if (base.status !== 'converged') return { ok: false, message: base.message };
  const start = { guess: base };
  const again = resolve(inputs, start);
  const size = largest(vectorOf(base));
  const noise = Math.max(LEAST_NOISE, gap(vectorOf(base), vectorOf(again)) / size);
  const value = Math.abs(move.value(inputs, base));
  const h = step ?? noise ** (richardson ? 1 / 5 : 1 / 3) * (value > 0 ? value : 1);

  const steps = richardson ? [1, -1, 2, -2] : [1, -1];
  const solutions = steps.map((multiple) => resolve(move.moved(inputs, base, multiple * h), start));
  const failed = solutions.findIndex(({ status }) => status !== 'converged');
  if (failed >= 0)
    return { ok: false, message: `With ${column} moved by ${steps[failed] * h}: ${solutions[failed].message}` };
  const [ahead, behind, ahead2, behind2] = solutions;
  const central = (of: (solution: Solution) => ArrayLike<number>): Float64Array => {
    const [plus, minus] = [of(ahead), of(behind)];
    const near = Float64Array.from(plus, (p, i) => (p - minus[i]) / (2 * h));
    if (!richardson) return near;
    const [plus2, minus2] = [of(ahead2), of(behind2)];
    return near.map((d, i) => (4 * d - (plus2[i] - minus2[i]) / (4 * h)) / 3);
  };
  const whole = largest(central(vectorOf)) || 1;
  // Noise in every difference, and truncation, which the step makes as large.
  const rounding = (noise * size) / h / whole;
  return {
    ok: true,
    difference: {
      column,
      dx: central(({ x }) => x),
      du: central(({ u }) => u),
      dalgebraics: central(({ algebraics }) => algebraics),
      dcostates: central(({ costates }) => costates),
      dobjective: central(({ objective }) => [objective])[0],
      step: h,
      error: 2 * rounding,
      changes: changesBetween(richardson ? behind2 : behind, richardson ? ahead2 : ahead),
    },
  };
}

const vectorOf = ({ x, u }: Solution): Float64Array => Float64Array.from([...x, ...u]);
const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const gap = (a: Float64Array, b: Float64Array): number => largest(a.map((value, i) => value - b[i]));

function mover({ parameters, states }: Problem, column: string) {
  const j = parameters.findIndex(({ name }) => name === column);
  const i = states.findIndex(({ name, initial }) => `x0.${name}` === column && initial !== null);
  if (j < 0 && i < 0) return null;
  const replaced = (values: Float64Array, at: number, value: number): Float64Array => {
    const copy = values.slice();
    copy[at] = value;
    return copy;
  };
  return {
    value: (inputs: Inputs, base: Solution): number => (j >= 0 ? inputs.parameters[j] : base.x[i]),
    moved: (inputs: Inputs, base: Solution, by: number): Inputs =>
      j >= 0
        ? { ...inputs, parameters: replaced(inputs.parameters, j, inputs.parameters[j] + by) }
        : { ...inputs, initial: replaced(inputs.initial, i, base.x[i] + by) },
  };
}

const pairs: readonly (readonly [SideKind, MultiplierKind])[] = [
  ['lower', 'lower'],
  ['upper', 'upper'],
  ['slackLower', 'slackLowerMultiplier'],
  ['slackUpper', 'slackUpperMultiplier'],
];

/** As much of a solution as tells its active set. */
type Multiplied = Pick<Solution, 'constraints' | 'tau'>;

/** A side is active where its multiplier exceeds its slack, whose product is tau. */
function activeSides({ constraints, tau }: Multiplied): Map<string, ConstraintSide> {
  const found = new Map<string, ConstraintSide>();
  for (const constraint of constraints)
    for (const [side, kind] of pairs)
      constraint[kind]?.forEach((multiplier, i) => {
        const stage = constraint.stages[i];
        if (multiplier > Math.sqrt(tau))
          found.set(`${constraint.name} ${stage} ${side}`, { constraint: constraint.name, stage, side });
      });
  return found;
}

/** What becomes of the active set on the way from one solution to another. */
export function changesBetween(from: Multiplied, to: Multiplied): ActiveSetChange[] {
  const [before, after] = [activeSides(from), activeSides(to)];
  const missing = (all: typeof before, others: typeof before, becomes: ActiveSetChange['becomes']): ActiveSetChange[] =>
    [...all].flatMap(([key, side]) => (others.has(key) ? [] : [{ ...side, becomes }]));
  return [...missing(after, before, 'active'), ...missing(before, after, 'inactive')];
}
