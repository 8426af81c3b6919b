/** What is known of an instance: its values, its quantity, how it ended and what is active there. */
import { formatNumber } from '../format';
import { WarningIcon } from '../icons';
import { endOf, failuresOf, labelOf } from './quantity';
import type { Run } from './sweeping';

interface Props {
  readonly run: Run;
  /** Null: of all of them. */
  readonly row: number | null;
  readonly quantity: string;
}

export function Reading({ run, row, quantity }: Props) {
  if (row === null) return <Summary run={run} />;
  const { names, values } = run.plan.samples;
  const at = names.map((name, j) => `${name} = ${formatNumber(values[row * names.length + j] ?? 0, 4)}`).join(', ');
  const end = endOf(run, row);
  const column = run.table.column(quantity);
  const value = column?.kind === 'real' ? (column.values[row] ?? Number.NaN) : Number.NaN;
  return (
    <p className="sweep-reading" data-testid="sweep-reading" role="status">
      <b>{at}</b>
      {end === null && <span>not solved yet</span>}
      {end !== null && end.status !== 'converged' && (
        <span className="failed">
          <WarningIcon /> {end.message}
        </span>
      )}
      {end?.status === 'converged' && (
        <>
          {Number.isFinite(value) && (
            <span>
              {labelOf(quantity)} {formatNumber(value, 6)}
            </span>
          )}
          <span className="description">{end.active === 'none' ? 'nothing is active' : `active: ${end.active}`}</span>
        </>
      )}
    </p>
  );
}

/** How many ended how, and one of the reasons. */
function Summary({ run }: { readonly run: Run }) {
  const failed = failuresOf(run);
  const [example] = failed;
  if (example === undefined)
    return (
      <p className="sweep-reading" data-testid="sweep-reading" role="status">
        {run.done === 0 ? 'Nothing has arrived yet.' : 'Point at an instance to read it; a click opens it above.'}
      </p>
    );
  const ends = [...run.table.statuses()]
    .filter(([status]) => status !== 'converged' && status !== 'cancelled')
    .toSorted(([, a], [, b]) => b - a)
    .map(([status, count]) => `${count} ${status.replaceAll('-', ' ')}`);
  return (
    <p className="sweep-reading" data-testid="sweep-reading" role="status">
      <WarningIcon />
      <span className="whole">
        {failed.length} of {run.done} did not converge: {ends.join(', ')}. One of them: {endOf(run, example)?.message}
      </span>
    </p>
  );
}
