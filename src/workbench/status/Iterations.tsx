/** How the solver got there: its iterates, one at a time in the plots and all of them in a table. */
import type { Picture } from '../protocol';
import { IterationTable } from './IterationTable';
import { Scrubber } from './Scrubber';

export function Iterations({ picture }: { readonly picture: Picture }) {
  const { history } = picture.solution;
  return (
    <div className="disclosure" id="iterations">
      {history.length > 1 && <Scrubber last={history.length - 1} />}
      <IterationTable history={history} />
    </div>
  );
}
