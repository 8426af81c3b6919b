/** Loops over all unknowns of the primal-dual system. */
import { abs, type Buffer, type Counter, type Place, type Program, type Real, type Realish } from '../kernel';
import type { Vector, Workspace } from './workspace';

/** Record `body` for every entry, each for itself; `at` reads the entry of any vector. */
export function forEntries(w: Workspace, body: (at: (vector: Vector) => Place) => void): void {
  const { program } = w;
  const flat = (name: 'y' | 't' | 'zeta' | 'e' | 'v', count: number): void =>
    program.forEach(0, count, (i) => body((vector) => vector[name].at(i)));
  program.forEach(0, (w.N + 1) * w.nz, (i) => body((vector) => vector.point.flat(i)));
  program.forEach(0, (w.N + 1) * w.nx, (i) => body((vector) => vector.costate.flat(i)));
  flat('y', w.equalities);
  flat('t', w.sides);
  flat('zeta', w.sides);
  flat('e', w.softSides);
  flat('v', w.softSides);
}

/** Record vector(i) := value(i), whatever its shape; each entry for itself. */
export function setVector(program: Program, vector: Buffer, value: (i: Counter) => Realish): void {
  program.forEach(0, vector.length, (i) => vector.flat(i).set(value(i)));
}

/** Record vector += alpha direction. */
export function addTimes(program: Program, vector: Buffer, alpha: Real, direction: Buffer): void {
  setVector(program, vector, (i) => vector.flat(i).plus(alpha.times(direction.flat(i))));
}

/** The sum of the sizes of all entries; not a number where one of them is. */
export function norm1(program: Program, vector: Buffer): Real {
  return program.total(0, vector.length, (i) => abs(vector.flat(i)));
}

/** The greatest of `least` and the sizes of all entries; those that are not a number are passed over. */
export function normMax(program: Program, vector: Buffer, least: Realish = 0): Real {
  return program.greatest(least, 0, vector.length, (i) => abs(vector.flat(i)));
}

/** Record to := from. */
export function copy(w: Workspace, from: Vector, to: Vector): void {
  forEntries(w, (at) => at(to).set(at(from)));
}
