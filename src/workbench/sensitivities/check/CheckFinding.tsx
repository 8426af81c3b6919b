/** What the checks have found, in words. */
import { CheckIcon, CloseIcon, WarningIcon } from '../../icons';
import { forgetChecks, useChecking } from '../../state/checking';
import { checkWords } from './check-words';
import type { ColumnVerdict } from './verdict';

interface Props {
  readonly columns: readonly ColumnVerdict[];
  readonly failed: ReadonlyMap<string, string>;
}

export function CheckFinding({ columns, failed }: Props) {
  const running = useChecking((state) => state.running !== null);
  if (columns.length + failed.size === 0) return null;
  const { good, words } = checkWords(columns, failed);
  return (
    <div className="check-finding" data-good={good} data-testid="check-finding">
      {good ? <CheckIcon /> : <WarningIcon />}
      {/* Read out when it is all there. */}
      <p role={running ? undefined : 'status'}>{words}</p>
      {!running && (
        <button type="button" className="icon-button" aria-label="Forget the check" onClick={forgetChecks}>
          <CloseIcon />
        </button>
      )}
    </div>
  );
}
