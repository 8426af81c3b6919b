/** What is known of an instance: its values, its quantity, how it ended and what is active there. */
import { formatNumber } from '../format';
import { WarningIcon } from '../icons';
import { endOf, failuresOf, labelOf, numbersOf } from './quantity';
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
  const value = numbersOf(run, quantity)?.[row] ?? Number.NaN;
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

/** Reasons, the most frequent first. */
function Summary({ run }: { readonly run: Run }) {
  const failed = failuresOf(run);
  if (failed.length === 0)
    return (
      <p className="sweep-reading" data-testid="sweep-reading" role="status">
        {run.done === 0 ? 'Nothing has arrived yet.' : 'Point at an instance to read it; a click opens it above.'}
      </p>
    );
  const counts = new Map<string, number>();
  for (const row of failed) {
    const message = endOf(run, row)?.message ?? '';
    counts.set(message, (counts.get(message) ?? 0) + 1);
  }
  const [[message, count] = ['', 0], ...others] = [...counts].toSorted(([, a], [, b]) => b - a);
  const more =
    others.length > 0
      ? ` And ${others.length === 1 ? 'one other reason' : `${others.length} other reasons`}: point at the marks.`
      : '';
  return (
    <p className="sweep-reading" data-testid="sweep-reading" role="status">
      <WarningIcon />
      <span className="whole">
        {failed.length} of {run.done} did not converge; {count} of them: {message}
        {more}
      </span>
    </p>
  );
}
