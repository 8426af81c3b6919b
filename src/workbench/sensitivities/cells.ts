/**
 * The sensitivities as a table for the heatmap: one row for each stage of each quantity shown, one column for each
 * parameter and initial state. Relative entries say by how many per cent of its largest value a quantity changes when
 * the parameter changes by one per cent:
 *
 *   (p_j / max_k |x_ki|) dx_ki / dp_j
 */
import type { Scale } from '../../sharing';
import type { Picture, ProblemView, ShownSensitivities } from '../protocol';
import { alongStages, type Quantity, trajectoryOf, widthsOf } from '../quantities';

export interface Block {
  readonly quantity: Quantity;
  /** Row of its stage 0. */
  readonly start: number;
}

export interface Table {
  readonly blocks: readonly Block[];
  readonly columns: readonly string[];
  readonly rows: number;
  /** [rows][columns], row-major. NaN: has no relative value, for the parameter or the quantity is zero. */
  readonly values: Float64Array;
}

export interface Cell {
  readonly row: number;
  readonly column: number;
}

export function tableOf(
  problem: ProblemView,
  picture: Picture,
  quantities: readonly Quantity[],
  relativeTo: readonly number[] | null,
): Table | null {
  const { sensitivities } = picture;
  if (!sensitivities) return null;
  const { columns } = sensitivities;
  const blocks: Block[] = [];
  let rows = 0;
  for (const quantity of quantities) {
    blocks.push({ quantity, start: rows });
    rows += quantity.stages;
  }
  const values = new Float64Array(rows * columns.length);
  for (const { quantity, start } of blocks) {
    const { kind, index, stages } = quantity;
    const source = sourceOf(sensitivities, kind);
    const width = widthsOf(problem)[kind];
    const size = relativeTo ? largest(trajectoryOf(quantity, problem, picture)) : 1;
    for (let stage = 0; stage < stages; stage++) {
      for (let j = 0; j < columns.length; j++) {
        const value = source[(stage * width + index) * columns.length + j] ?? Number.NaN;
        const factor = relativeTo ? (relativeTo[j] ?? 0) / size : 1;
        values[(start + stage) * columns.length + j] = factor === 0 || size === 0 ? Number.NaN : value * factor;
      }
    }
  }
  return { blocks, columns, rows, values };
}

/** The derivative of one quantity with respect to one column, along its stages. */
export function derivativeOf(
  problem: ProblemView,
  picture: Picture,
  quantity: Quantity,
  column: number,
): Float64Array | null {
  const { sensitivities } = picture;
  if (!sensitivities) return null;
  const { kind, index, stages } = quantity;
  const width = sensitivities.columns.length;
  const source = sourceOf(sensitivities, kind);
  return alongStages(source, widthsOf(problem)[kind] * width, index * width + column, stages);
}

function sourceOf({ dx, du, dalgebraics }: ShownSensitivities, kind: Quantity['kind']): Float64Array {
  return { state: dx, control: du, algebraic: dalgebraics }[kind];
}

/** The largest magnitude within each block and column, within each column, or of all: [blocks][columns], row-major. */
export function scalesOf({ values, blocks, columns }: Table, scale: Scale): Float64Array {
  const width = columns.length;
  const scales = new Float64Array(blocks.length * width);
  blocks.forEach(({ quantity, start }, b) => {
    for (let at = start * width; at < (start + quantity.stages) * width; at++) {
      const size = Math.abs(values[at] ?? 0);
      const place = b * width + (at % width);
      if (size > (scales[place] ?? 0)) scales[place] = size;
    }
  });
  if (scale === 'block') return scales;
  if (scale === 'global') return scales.fill(largest(scales));
  return scales.map((_, place) => largest(scales.filter((_, other) => other % width === place % width)));
}

export function blockAt({ blocks }: Table, row: number): Block | undefined {
  return blocks.findLast(({ start }) => start <= row);
}

/** The value of each column's parameter or initial state. */
export function pointOf(
  problem: ProblemView,
  picture: Picture,
  columns: readonly string[],
  parameters: ReadonlyMap<string, number>,
): number[] {
  const values = new Map(problem.parameters.map(({ name, value }) => [name, parameters.get(name) ?? value]));
  problem.states.forEach(({ name }, i) => values.set(`x0.${name}`, picture.solution.x[i] ?? 0));
  return columns.map((column) => values.get(column) ?? 0);
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => (Math.abs(value) > most ? Math.abs(value) : most), 0);
}
