/** Points of the primal-dual system, one an instance, as one block of numbers: how they go from thread to thread. */
import { type MultiplierKind, multiplierKinds, type PrimalDual } from '../../solver';

type Multipliers = PrimalDual['constraints'][number];

const trajectories = ['x', 'u', 'algebraics', 'costates'] as const;

/** What is where in a row; the same for all points of a problem. */
interface Shape {
  readonly lengths: Readonly<Record<(typeof trajectories)[number], number>>;
  readonly constraints: readonly Pick<Multipliers, 'name' | 'stages'>[];
  readonly sides: readonly (readonly MultiplierKind[])[];
  readonly width: number;
}

export interface Points {
  /** 1 where an instance has a point, [batch]. */
  readonly present: Uint8Array;
  /** Null where none has. */
  readonly shape: Shape | null;
  /** [points][width] */
  readonly values: Float64Array;
}

export function packed(points: readonly (PrimalDual | null)[]): Points {
  const given = points.filter((point) => point !== null);
  const shape = given.length > 0 ? shapeOf(given[0]) : null;
  const values = new Float64Array(given.length * (shape?.width ?? 0));
  let at = 0;
  const put = (numbers: ArrayLike<number>): void => {
    values.set(numbers, at);
    at += numbers.length;
  };
  for (const point of given) {
    for (const name of trajectories) put(point[name]);
    shape?.sides.forEach((sides, c) => {
      for (const kind of sides) put(point.constraints[c][kind] ?? []);
    });
  }
  return { present: Uint8Array.from(points, (point) => (point ? 1 : 0)), shape, values };
}

export function unpacked({ present, shape, values }: Points): (PrimalDual | null)[] {
  let at = 0;
  const take = (length: number): Float64Array => {
    at += length;
    return values.subarray(at - length, at);
  };
  return Array.from(present, (there) => {
    if (!there || !shape) return null;
    const { x, u, algebraics, costates } = shape.lengths;
    const trajectory = { x: take(x), u: take(u), algebraics: take(algebraics), costates: take(costates) };
    const constraints = shape.constraints.map((constraint, c): Multipliers => {
      const sides = shape.sides[c].map((kind) => [kind, Array.from(take(constraint.stages.length))]);
      return { ...constraint, ...Object.fromEntries(sides) };
    });
    return { ...trajectory, constraints };
  });
}

function shapeOf(point: PrimalDual): Shape {
  const { x, u, algebraics, costates, constraints } = point;
  const sides = constraints.map((constraint) => multiplierKinds.filter((kind) => constraint[kind] !== undefined));
  const ofConstraints = constraints.reduce((sum, { stages }, c) => sum + stages.length * sides[c].length, 0);
  return {
    lengths: { x: x.length, u: u.length, algebraics: algebraics.length, costates: costates.length },
    constraints: constraints.map(({ name, stages }) => ({ name, stages })),
    sides,
    width: x.length + u.length + algebraics.length + costates.length + ofConstraints,
  };
}
