/** How the solver got there: its iterates, one at a time in the plots, and all of them in a picture and in a table. */

import type { Iteration } from '../../solver';
import { ExportMenu } from '../exports/ExportMenu';
import type { Exportable } from '../exports/exportable';
import { type Palette, usePalette } from '../plotly/palette';
import { framed } from '../plotly/picture';
import type { Picture } from '../protocol';
import { ConvergencePlot } from './ConvergencePlot';
import { convergenceFigure } from './convergence-figure';
import { IterationTable } from './IterationTable';
import { Scrubber } from './Scrubber';

export function Iterations({ picture }: { readonly picture: Picture }) {
  const { history } = picture.solution;
  const palette = usePalette();
  return (
    <div className="disclosure" id="iterations">
      <div className="iterations-tools">
        {history.length > 1 && <Scrubber last={history.length - 1} />}
        <ExportMenu label="Save the iterations" from={() => iterationsExport(history, palette)} />
      </div>
      <div className="iterations-beside">
        <ConvergencePlot history={history} />
        <IterationTable history={history} />
      </div>
    </div>
  );
}

/** Pixels of the picture. */
const pictureSize = { width: 760, height: 280 };

function iterationsExport(history: readonly Iteration[], palette: Palette): Exportable {
  const columns = async () => (await import('../exports/iterations')).iterationColumns(history);
  return {
    subject: 'iterations',
    columns,
    data: () => history,
    figure: () => framed(convergenceFigure(history, null, pictureSize, palette), 'Iterations', palette, true),
  };
}
