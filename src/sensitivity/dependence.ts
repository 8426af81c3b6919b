/**
 * Linear independence of the active constraints' gradients (LICQ), as far as it fails in ways that a text is likely to
 * state: two constraints of one stage that say the same or the opposite, such as an initial value written as two
 * inequalities, and constraints of nothing but what is given. Multipliers are not unique then. The singular values of the
 * whole Jacobian (optimality.ts) see every other way, and take longer.
 */
import type { Executable } from '../kernel';
import { type SegmentPlace, sideName, type Workspace } from '../solver';

/** Sine of the angle below which gradients have one direction. */
const PARALLEL = 1e-6;

/** What must be done, whichever way it was found. */
export const LICQ_ADVICE =
  'so that multipliers and their derivatives are not unique. State each of them once, and what is to be met exactly as one equality.';

interface Active {
  readonly name: () => string;
  readonly gradient: Float64Array;
}

/** A sentence that names constraints which depend on one another, or null. */
export function findDependence(w: Workspace, kernel: Executable): string | null {
  const [t, zeta, e, v] = ['t', 'zeta', 'e', 'v'].map((name) => kernel.buffer(name));
  for (const place of w.segments) {
    const { sides, equalities, from, to } = place.segment;
    if (sides.length === 0 && equalities.length < 2) continue;
    let apart: boolean | null = null;
    for (let k = from; k < to; k++) {
      const held: number[] = [];
      sides.forEach(({ soft }, i) => {
        const number = place.side(k, i) as number;
        if (!(zeta[number] > t[number])) return;
        // A violated soft side is no constraint: its violation is free.
        const violation = soft ? (place.soft(k, i) as number) : -1;
        if (!(e[violation] > v[violation])) held.push(i);
      });
      if (held.length + equalities.length < (k === 0 ? 1 : 2)) continue;
      apart ??= boundsAlone(w, place);
      if (apart && new Set(held.map((i) => sides[i].row)).size === held.length) continue;
      const found = dependent(activeAt(w, kernel, place, k, held));
      if (found) return found;
    }
  }
  return null;
}

/** Whether every row bounds one variable that is optimised, each another one: different rows never depend on one another. */
function boundsAlone(w: Workspace, { segment }: SegmentPlace): boolean {
  const { graph } = w.stages;
  const rows = new Set([...segment.sides, ...segment.equalities].map(({ row }) => row));
  const entries = segment.rowJacobian.filter(({ row }) => rows.has(row));
  const bounded = new Set(entries.map(({ column }) => column));
  return (
    segment.equalities.length === 0 &&
    entries.length === rows.size &&
    bounded.size === rows.size &&
    entries.every(({ value }) => graph.isConstant(value)) &&
    !(segment.from === 0 && w.fixed.some((state) => bounded.has(state)))
  );
}

function activeAt(w: Workspace, kernel: Executable, place: SegmentPlace, k: number, held: readonly number[]): Active[] {
  const gradient = (row: number): Float64Array => {
    const values = new Float64Array(w.nz);
    for (const entry of place.jacobian) if (entry.row === row) values[entry.column] += entry.read(kernel, k);
    if (k === 0) for (const given of w.fixed) values[given] = 0;
    return values;
  };
  const { sides, equalities } = place.segment;
  const nameOf = (constraint: number | null): string =>
    `${constraint === null ? 'an algebraic equation' : w.stages.problem.constraints[constraint].name} at stage ${k}`;
  return [
    ...equalities.map(({ row, constraint }) => ({ name: () => nameOf(constraint), gradient: gradient(row) })),
    ...held.map((i) => ({
      name: () => sideName(w, place.side(k, i) as number),
      gradient: gradient(sides[i].row),
    })),
  ];
}

function dependent(active: readonly Active[]): string | null {
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
  for (const [i, { name, gradient }] of active.entries()) {
    const size = dot(gradient, gradient);
    if (size === 0)
      return `LICQ fails: what is optimised does not enter ${name()}, which holds with equality, ${LICQ_ADVICE}`;
    for (const other of active.slice(0, i)) {
      const along = dot(gradient, other.gradient);
      const sizes = size * dot(other.gradient, other.gradient);
      if (sizes - along * along <= PARALLEL * PARALLEL * sizes)
        return `LICQ fails: ${other.name()} and ${name()} are active together and depend on one another, ${LICQ_ADVICE}`;
    }
  }
  return null;
}
