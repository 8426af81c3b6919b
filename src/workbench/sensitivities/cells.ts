/**
 * The sensitivities as a table for the map: one row for each stage of each subject shown, one column for each parameter
 * and initial state shown. An entry is
 *
 *   w_j / s_i  dx_ki / dp_j
 *
 * with the weight w_j of its column and, where the measure is relative, s_i = max_k |x_ki|, else 1; those of the value
 * Hessian have the weights of both columns.
 */
import type { Scale } from '../../sharing';
import type { Picture, ProblemView, ShownSensitivities } from '../protocol';
import { alongStages, widthsOf } from '../quantities';
import type { Subject } from './subjects';

/** All that can be shown; of one variant. */
export interface Derivatives
  extends Pick<ShownSensitivities, 'columns' | 'dx' | 'du' | 'dalgebraics' | 'dcostates' | 'dobjective'> {
  /** [columns][columns]; null: not worked out. */
  readonly d2objective: Float64Array | null;
}

export type Values = Pick<Picture['solution'], 'x' | 'u' | 'algebraics' | 'costates' | 'objective'>;

/** What is shown of them, and how. */
export interface Selection {
  readonly subjects: readonly Subject[];
  /** Places of the columns shown, in order. */
  readonly places: readonly number[];
  /** Of all columns. */
  readonly weights: readonly number[];
  /** Whether entries are divided by the size of their subject. */
  readonly relative: boolean;
}

export interface Block {
  readonly subject: Subject;
  /** Its first row. */
  readonly start: number;
  readonly rows: number;
}

export interface Table {
  readonly blocks: readonly Block[];
  /** Names of the columns shown. */
  readonly columns: readonly string[];
  readonly rows: number;
  /** [rows][columns], row-major. NaN: has no relative value, for the parameter or the subject is zero, or is not known. */
  readonly values: Float64Array;
}

export interface Cell {
  readonly row: number;
  readonly column: number;
}

export function tableOf(problem: ProblemView, values: Values, derivatives: Derivatives, selection: Selection): Table {
  const { subjects, places, weights, relative } = selection;
  const blocks: Block[] = [];
  let rows = 0;
  for (const subject of subjects) {
    const own = subject.kind === 'hessian' ? places.length : subject.stages;
    blocks.push({ subject, start: rows, rows: own });
    rows += own;
  }
  const table = new Float64Array(rows * places.length);
  let at = 0;
  for (const { subject, rows: own } of blocks) {
    const size = relative ? sizeOf(subject, problem, values) : 1;
    const factors = places.map((place) => (size === 0 ? Number.NaN : (weights[place] ?? 0) / size || Number.NaN));
    const { source, width } = sourceOf(subject, problem, derivatives);
    for (let row = 0; row < own; row++) {
      const [line, weight] =
        subject.kind === 'hessian' ? ofHessian(places[row] ?? 0) : [row * width + subject.index, 1];
      const from = line * derivatives.columns.length;
      for (let j = 0; j < places.length; j++) {
        const value = source?.[from + (places[j] ?? 0)] ?? Number.NaN;
        table[at++] = value * weight * (factors[j] ?? Number.NaN);
      }
    }
  }
  return { blocks, columns: places.map((place) => derivatives.columns[place] ?? ''), rows, values: table };

  function ofHessian(place: number): readonly [number, number] {
    return [place, weights[place] || Number.NaN];
  }
}

/** The derivative of one subject with respect to one column, along its stages. */
export function derivativeOf(
  problem: ProblemView,
  derivatives: Derivatives,
  subject: Subject,
  column: number,
): Float64Array {
  const { source, width } = sourceOf(subject, problem, derivatives);
  const columns = derivatives.columns.length;
  return alongStages(source ?? new Float64Array(), width * columns, subject.index * columns + column, subject.stages);
}

function sourceOf(
  { kind }: Subject,
  problem: ProblemView,
  { dx, du, dalgebraics, dcostates, dobjective, d2objective }: Derivatives,
): { readonly source: Float64Array | null; readonly width: number } {
  const { state, control, algebraic } = widthsOf(problem);
  const sources = {
    state: { source: dx, width: state },
    control: { source: du, width: control },
    algebraic: { source: dalgebraics, width: algebraic },
    costate: { source: dcostates, width: state },
    gradient: { source: dobjective, width: 1 },
    hessian: { source: d2objective, width: 1 },
  };
  return sources[kind];
}

/** The largest magnitude of a subject along the horizon. */
function sizeOf({ kind, index, stages }: Subject, problem: ProblemView, values: Values): number {
  const { state, control, algebraic } = widthsOf(problem);
  const along = (source: Float64Array, width: number) => largest(alongStages(source, width, index, stages));
  const sizes = {
    state: () => along(values.x, state),
    control: () => along(values.u, control),
    algebraic: () => along(values.algebraics, algebraic),
    costate: () => along(values.costates, state),
    gradient: () => Math.abs(values.objective),
    hessian: () => Math.abs(values.objective),
  };
  return sizes[kind]();
}

/** The largest magnitude within each block and column, within each column, or of all: [blocks][columns], row-major. */
export function scalesOf({ values, blocks, columns }: Table, scale: Scale): Float64Array {
  const width = columns.length;
  const scales = new Float64Array(blocks.length * width);
  blocks.forEach(({ start, rows }, b) => {
    for (let at = start * width; at < (start + rows) * width; at++) {
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

export function valueAt({ values, columns }: Table, { row, column }: Cell): number {
  return values[row * columns.length + column] ?? Number.NaN;
}

export function largest(values: Float64Array): number {
  return values.reduce((most, value) => (Math.abs(value) > most ? Math.abs(value) : most), 0);
}
