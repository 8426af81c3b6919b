/** The curves as files: a row for each sample, three columns for each barrier value, and kinks, jumps and failures in JSON. */
import type { Exportable } from '../../exports/exportable';
import type { Palette } from '../../plotly/palette';
import { framed } from '../../plotly/picture';
import { alongFigure, tauName } from './along-figure';
import type { Curve } from './curve';

const size = { width: 820, height: 560 };

export function alongExport(curves: readonly Curve[], entry: string, column: string, palette: Palette): Exportable {
  return {
    subject: `${entry} along ${column}`,
    columns: () => [
      { name: column, values: curves[0]?.at ?? [] },
      ...curves.flatMap(({ tau, values, derivatives }) => [
        { name: `${entry}, ${tauName(tau)}`, values },
        { name: `derivative, ${tauName(tau)}`, values: derivatives },
      ]),
    ],
    data: () => ({ of: entry, by: column, curves }),
    figure: () => framed(alongFigure(curves, size, palette), `${entry} and its derivative by ${column}`, palette, true),
  };
}
