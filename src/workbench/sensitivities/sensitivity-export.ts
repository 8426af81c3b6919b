/** The derivatives on screen as files: those selected, in the measure chosen, and their map as a picture. */
import { type Column, nested } from '../../sharing';
import type { Exportable } from '../exports/exportable';
import type { Palette } from '../plotly/palette';
import { framed, merged } from '../plotly/picture';
import { useWorkbench } from '../state/store';
import { type Block, scalesOf, type Table, tableOf } from './cells';
import { cellsFigure, labelsFigure } from './heatmap-figure';
import { isObjective } from './subjects';
import type { Shown } from './use-shown';
import { units } from './weights';

/** Pixels of the picture, and how fine its cells may be. */
const size = { width: 820, height: 620 };
const pixelRatio = 2;

export function sensitivityExport(
  { problem, picture, derivatives, selection, measure }: Shown,
  palette: Palette,
): Exportable {
  const { t } = picture.solution;
  const table = () => tableOf(problem, picture.solution, derivatives, selection);
  return {
    subject: 'sensitivities',
    columns: () => tableColumns(table(), t),
    data: () => ({ title: problem.title, measure, t: [...t], ...tableObject(table()) }),
    figure: () => {
      const shown = table();
      const scales = scalesOf(shown, useWorkbench.getState().view.heatmap.scale);
      const labels = labelsFigure(shown, t, size, palette);
      const cells = cellsFigure(shown, scales, size, palette, pixelRatio);
      const unit = units[measure].trim();
      return framed(merged([labels, cells]), `Sensitivities: ${problem.title}${unit && `, ${unit}`}`, palette);
    },
  };
}

/** A row for each row of the map: what is differentiated, at which stage and time, and its derivative by each column. */
export function tableColumns({ blocks, columns, rows, values }: Table, t: Float64Array): Column[] {
  const along = <Value>(value: (block: Block, row: number) => Value) =>
    blocks.flatMap((block) => Array.from({ length: block.rows }, (_, row) => value(block, row)));
  return [
    { name: 'quantity', values: along(({ subject }) => subject.name) },
    // A row of the objective's derivatives belongs to no stage.
    { name: 'stage', values: along(({ subject }, row) => (isObjective(subject) ? Number.NaN : row)) },
    { name: 'time', values: along(({ subject }, row) => (isObjective(subject) ? Number.NaN : (t[row] ?? Number.NaN))) },
    ...columns.map((name, j) => ({
      name,
      values: Array.from({ length: rows }, (_, row) => values[row * columns.length + j] ?? Number.NaN),
    })),
  ];
}

/** Arrays have the stage first, and the column last. */
export function tableObject({ blocks, columns, values }: Table) {
  const width = columns.length;
  return {
    columns,
    derivatives: blocks.map(({ subject, start, rows }) => ({
      of: subject.name,
      values: nested(values.subarray(start * width, (start + rows) * width), rows, width),
    })),
  };
}
