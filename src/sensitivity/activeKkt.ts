/**
 * The KKT matrix of the active set, K = [H A'; A 0] in states, controls, costates and the multipliers of equalities and
 * active sides, as far as its condition needs it: its 1-norm, and systems with it put to the solver and read back.
 * Violated soft sides are no rows of it: their penalty is part of H, up to its curvature l2.
 */
import type { Executable } from '../kernel';
import type { Workspace } from '../solver';
import { forEachStage } from './activeSet';
import { names } from './forward';

export interface KktTriplets {
  readonly size: number;
  /** Largest sum of absolute values of a column. */
  readonly norm: number;
  /** A right-hand side into the solver's. */
  write(right: Float64Array): void;
  /** The solution it has found. */
  read(): Float64Array;
}

interface Part {
  readonly rhs: string;
  readonly solution: string;
  readonly numbers: readonly number[];
  /** How the solver signs this right-hand side. */
  readonly sign: 1 | -1;
}

export function activeKkt(w: Workspace, kernel: Executable): KktTriplets {
  const { N, nx, nz } = w;
  const range = (length: number): number[] => Array.from({ length }, (_, i) => i);
  const [t, zeta] = [kernel.buffer('t'), kernel.buffer('zeta')];
  const violated = new Set<number>();
  const [e, v] = [kernel.buffer('e'), kernel.buffer('v')];
  forEachStage(w, (k, place) =>
    place.segment.sides.forEach(({ soft }, i) => {
      const number = soft ? (place.soft(k, i) as number) : -1;
      if (soft && e[number] > v[number]) violated.add(place.side(k, i) as number);
    }),
  );
  const active = range(w.sides).filter((i) => zeta[i] > t[i] && !violated.has(i));
  const costates = [...w.fixed, ...range((N + 1) * nx).slice(nx)];
  const parts: Part[] = [
    { rhs: 'stationarity', solution: 'd.point', numbers: range(N * nz + nx), sign: -1 },
    { rhs: 'dynamics', solution: 'd.costate', numbers: costates, sign: -1 },
    { rhs: 'equalities', solution: 'd.y', numbers: range(w.equalities), sign: -1 },
    { rhs: 'sides', solution: 'd.zeta', numbers: active, sign: 1 },
  ];
  return {
    size: parts.reduce((sum, { numbers }) => sum + numbers.length, 0),
    norm: largestColumn(w, kernel, new Set(active)),
    write(right) {
      kernel.run(names.clear);
      let n = 0;
      for (const { rhs, numbers, sign } of parts) {
        const buffer = kernel.buffer(`rhs.${rhs}`);
        for (const number of numbers) buffer[number] = sign * right[n++];
      }
    },
    read: () =>
      Float64Array.from(
        parts.flatMap(({ solution, numbers }) => {
          const buffer = kernel.buffer(solution);
          return numbers.map((number) => buffer[number]);
        }),
      ),
  };
}

function largestColumn(w: Workspace, kernel: Executable, active: ReadonlySet<number>): number {
  const { nx, nz } = w;
  const columns = new Float64Array((w.N + 1) * nz);
  // x_{k+1}, and x_0 where it is fixed, stand in their own equation of the dynamics.
  for (let k = 0; k <= w.N; k++)
    for (let i = 0; i < nx; i++) columns[k * nz + i] = k > 0 || w.fixed.includes(i) ? 1 : 0;
  let largest = 0;
  const addRow = (k: number, entries: readonly (readonly [column: number, value: number])[], rest: number): void => {
    let sum = rest;
    for (const [column, value] of entries) {
      columns[k * nz + column] += Math.abs(value);
      sum += Math.abs(value);
    }
    largest = Math.max(largest, sum);
  };
  forEachStage(w, (k, place) => {
    for (let i = 0; i < place.variables; i++)
      for (let j = 0; j <= i; j++) {
        const value = Math.abs(place.hessian.read(kernel, k, i, j));
        columns[k * nz + i] += value;
        if (i !== j) columns[k * nz + j] += value;
      }
    const gradient = (row: number): [number, number][] =>
      place.jacobian.filter((entry) => entry.row === row).map((entry) => [entry.column, entry.read(kernel, k)]);
    for (const { row } of place.segment.equalities) addRow(k, gradient(row), 0);
    place.segment.sides.forEach(({ row }, i) => {
      if (active.has(place.side(k, i) as number)) addRow(k, gradient(row), 0);
    });
    if (place.segment.terminal) return;
    for (let i = 0; i < nx; i++)
      addRow(
        k,
        Array.from({ length: nz }, (_, j) => [j, w.dynamicsJacobian.read(kernel, k, i, j)] as const),
        1,
      );
  });
  return columns.reduce((most, value) => Math.max(most, value), largest);
}
