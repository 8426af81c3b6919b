/** How the solver got there: its iterates, one at a time in the plots, and all of them in a picture and in a table. */
import type { Picture } from '../protocol';
import { ConvergencePlot } from './ConvergencePlot';
import { IterationTable } from './IterationTable';
import { Scrubber } from './Scrubber';

export function Iterations({ picture }: { readonly picture: Picture }) {
  const { history } = picture.solution;
  return (
    <div className="disclosure" id="iterations">
      {history.length > 1 && <Scrubber last={history.length - 1} />}
      <div className="iterations-beside">
        <ConvergencePlot history={history} />
        <IterationTable history={history} />
      </div>
    </div>
  );
}
