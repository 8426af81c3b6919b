/**
 * The splits of the operator-splitting method: each row c of the constraints has a copy w, and keeps its bounds there.
 * All is told from the point of the linearisation, from where the sides are g = sign (bound - c) away. The proximal step
 *
 *   prox(v) = argmin  penalties(w) + rho/2 (w - v)^2   subject to  sign w <= g,   w = b - c for equalities,
 *
 * has a closed form: that of the soft sides first, one to each side, then the nearest point within the hard ones
 * (Parikh & Boyd 2014, sections 2.2, 6.1). A row with several soft sides to one side has a copy for each more.
 */
import {
  type Buffer,
  type Indexish,
  max,
  min,
  type Place,
  type Procedure,
  type Real,
  real,
  select,
  ZERO,
} from '../kernel';
import { forSides, type SidePlace, sidesOf } from './sides';
import type { SegmentPlace, Workspace } from './workspace';

/** One copy, with what holds it: places among the sides and equalities of its stage. */
interface Shape {
  readonly row: number;
  readonly sides: readonly number[];
  readonly equality: number | null;
}

export interface Split {
  readonly row: number;
  /** Among the splits of the horizon. */
  readonly number: Indexish;
  readonly isEquality: boolean;
  prox(v: Real, rho: Real): Real;
  /** Record slacks, violations and multipliers of the iterate from the copy w and its multiplier y. */
  store(w: Real, y: Real): void;
}

export interface Splits {
  /** Of the whole horizon. */
  readonly count: number;
  /** Notes g, after a linearisation. */
  readonly measure: Procedure;
  /** Those of stage k. */
  at(k: Indexish, place: SegmentPlace): Split[];
}

export function defineSplits(w: Workspace): Splits {
  const { program, iterate } = w;
  const distance = program.buffer('admm.distance', w.sides);
  const measure = program.procedure(
    'admm.measureSides',
    () =>
      forSides(w, ({ number, soft }) => {
        const held = w.sideResidual.at(number).plus(iterate.t.at(number));
        distance.at(number).set(soft ? held.minus(iterate.e.at(soft.number)) : held);
      }),
    false,
  );
  let count = 0;
  const shapes = w.segments.map(({ segment }) => {
    const first = count;
    const ofStage = shapesOf(segment);
    count += ofStage.length * (segment.to - segment.from);
    return { first, ofStage };
  });
  return {
    count,
    measure,
    at(k, place) {
      const { first, ofStage } = shapes[place.index];
      const { from } = place.segment;
      const base = typeof k === 'number' ? first + (k - from) * ofStage.length : k.times(ofStage.length);
      const sides = sidesOf(w, k, place);
      return ofStage.map((shape, i) => {
        const number = typeof base === 'number' ? base + i : base.plus(first - from * ofStage.length + i);
        const equality = shape.equality === null ? null : place.equality(k, shape.equality);
        const own = shape.sides.map((side) => sides[side]);
        return { row: shape.row, number, isEquality: equality !== null, ...kernelsOf(w, distance, own, equality) };
      });
    },
  };
}

function shapesOf({ rows, sides, equalities }: SegmentPlace['segment']): Shape[] {
  return rows.flatMap((_, row) => {
    const own = sides.flatMap((side, i) => (side.row === row ? [i] : []));
    const soft = ([1, -1] as const).map((sign) => own.filter((i) => sides[i].soft && sides[i].sign === sign));
    const first = [...own.filter((i) => !sides[i].soft), ...soft.flatMap((same) => same.slice(0, 1))];
    const equality = equalities.findIndex((held) => held.row === row);
    const held = equality >= 0 || first.length > 0;
    return [
      ...(held ? [{ row, sides: first, equality: equality < 0 ? null : equality }] : []),
      ...soft.flatMap((same) => same.slice(1)).map((i) => ({ row, sides: [i], equality: null })),
    ];
  });
}

function kernelsOf(
  w: Workspace,
  distances: Buffer,
  sides: readonly SidePlace[],
  equality: Indexish | null,
): Pick<Split, 'prox' | 'store'> {
  const { program, iterate, residual } = w;
  const distance = (number: Indexish): Real => distances.at(number);
  return {
    prox(v, rho) {
      if (equality !== null) return program.let(residual.equalities.at(equality).negated());
      let at = v;
      for (const { side, number, soft } of sides) {
        if (!soft) continue;
        const beyond = program.let(at.times(side.sign).minus(distance(number)));
        const violation = max(0, rho.times(beyond).minus(soft.l1).over(rho.plus(soft.l2)));
        at = program.let(select(beyond.gt(0), distance(number).plus(violation).times(side.sign), at));
      }
      for (const { side, number, soft } of sides)
        if (!soft) at = side.sign === 1 ? min(at, distance(number)) : max(at, distance(number).negated());
      return program.let(at);
    },
    store(copy, y) {
      if (equality !== null) iterate.y.at(equality).set(y);
      const left: Record<'1' | '-1', Place> = {
        '1': program.variable(equality === null ? max(y, 0) : ZERO),
        '-1': program.variable(equality === null ? max(y.negated(), 0) : ZERO),
      };
      for (const { side, number, soft } of sides) {
        const pull = left[side.sign];
        const beyond = program.let(copy.times(side.sign).minus(distance(number)));
        const violation = soft ? program.let(max(beyond, 0)) : ZERO;
        const most = soft ? soft.l1.plus(soft.l2.times(violation)) : pull;
        const zeta = program.let(soft ? min(pull, most) : select(beyond.ge(0), pull, real(0)));
        iterate.zeta.at(number).set(zeta);
        iterate.t.at(number).set(violation.minus(beyond));
        pull.add(zeta.negated());
        if (!soft) continue;
        iterate.e.at(soft.number).set(violation);
        iterate.v.at(soft.number).set(most.minus(zeta));
      }
    },
  };
}
