/** Two axes of a grid, and the instances on them: all, or of a grid of three axes one layer. */
import type { SweepAxis } from '../../sharing';
import { shareOf } from './axes';
import type { Places } from './Field';

export interface Grid2 {
  readonly across: SweepAxis;
  readonly up: SweepAxis;
  /** Values along the axes. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Number of the instance at a place. */
  row(i: number, j: number): number;
}

/** `layer`: along the third axis, where there is one. */
export function gridOf(axes: readonly SweepAxis[], samples: Float64Array, layer: number): Grid2 | null {
  const [across, up, third] = axes;
  if (!across || !up) return null;
  const depth = third?.count ?? 1;
  const width = axes.length;
  const row = (i: number, j: number): number => (i * up.count + j) * depth + layer;
  const value = (instance: number, axis: number): number => samples[instance * width + axis] ?? Number.NaN;
  return {
    across,
    up,
    x: Float64Array.from({ length: across.count }, (_, i) => value(row(i, 0), 0)),
    y: Float64Array.from({ length: up.count }, (_, j) => value(row(0, j), 1)),
    row,
  };
}

/** Where the middle of a cell is, from 0 to 1 along its axis. */
export function middles(axis: SweepAxis, values: Float64Array): Float64Array {
  return values.map((value) => (axis.count === 1 ? 0.5 : shareOf(axis, value)));
}

/** Half a cell, as a share of the axis: so much is drawn beyond the first and the last middle. */
export function halfCell({ count }: SweepAxis): number {
  return count === 1 ? 0 : 0.5 / (count - 1);
}

export function placesOn({ across, up, row }: Grid2): Places {
  const rows = new Map<number, readonly [number, number]>();
  for (let i = 0; i < across.count; i++) for (let j = 0; j < up.count; j++) rows.set(row(i, j), [i, j]);
  const within = (at: number, count: number): number => Math.max(0, Math.min(count - 1, at));
  return {
    nearest: (x, y) =>
      row(within(Math.floor(x * across.count), across.count), within(Math.floor(y * up.count), up.count)),
    of: (instance) => {
      const place = rows.get(instance);
      return place ? { x: (place[0] + 0.5) / across.count, y: (place[1] + 0.5) / up.count } : null;
    },
    next: (instance, right, higher) => {
      const [i, j] = (instance === null ? undefined : rows.get(instance)) ?? [-right, -higher];
      return row(within(i + right, across.count), within(j + higher, up.count));
    },
  };
}

/** Corners between cells whose labels differ, as pieces of lines with gaps between; in shares, upwards. */
export function bordersOf({ across, up, row }: Grid2, labels: Int32Array, unknown: number) {
  const x: number[] = [];
  const y: number[] = [];
  const [dx, dy] = [2 * halfCell(across), 2 * halfCell(up)];
  const label = (i: number, j: number): number => labels[row(i, j)] ?? -1;
  const differ = (a: number, b: number): boolean => a !== b && a >= 0 && b >= 0 && a !== unknown && b !== unknown;
  for (let i = 0; i < across.count; i++)
    for (let j = 0; j < up.count; j++) {
      const here = label(i, j);
      const [right, top] = [(i + 0.5) * dx, (j + 0.5) * dy];
      if (i + 1 < across.count && differ(here, label(i + 1, j))) {
        x.push(right, right, Number.NaN);
        y.push(top - dy, top, Number.NaN);
      }
      if (j + 1 < up.count && differ(here, label(i, j + 1))) {
        x.push(right - dx, right, Number.NaN);
        y.push(top, top, Number.NaN);
      }
    }
  return { x, y };
}
