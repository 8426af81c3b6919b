/** A sweep as files: a row for each instance, and the drawing on screen. */
import { writtenColumns } from '../../batch';
import type { Exportable } from '../exports/exportable';
import type { Figure } from '../plotly/figure';
import type { Palette } from '../plotly/palette';
import { framed, merged } from '../plotly/picture';
import type { Size } from '../use-size';
import type { Run } from './sweeping';

const size: Size = { width: 820, height: 560 };

/** `figures`: the layers of the drawing, for a size. */
export function sweepExport(
  run: Run,
  title: string,
  figures: (size: Size) => readonly Figure[],
  palette: Palette,
): Exportable {
  const { plan, table, problem, where, notes, elapsed } = run;
  return {
    subject: 'sweep',
    columns: () => writtenColumns(plan.samples, table),
    data: () => ({
      title: problem.title,
      count: table.count,
      shape: plan.samples.shape,
      varied: plan.samples.names,
      statuses: Object.fromEntries(table.statuses()),
      backend: where,
      remarks: notes,
      ms: elapsed,
      columns: Object.fromEntries(
        writtenColumns(plan.samples, table).map(({ name, values }) => [name, Array.from<number | string>(values)]),
      ),
    }),
    figure: () => {
      const [first, ...others] = figures(size);
      return framed(merged([first ?? { data: [], layout: {} }, ...others]), title, palette);
    },
  };
}
