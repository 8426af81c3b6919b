/** Checks derivatives by re-solving: the whole map, a column or a cell; progress meanwhile. */
import { Menu } from '../../Menu';
import { check, stopChecking, useChecking } from '../../state/checking';
import { useWorkbench } from '../../state/store';
import type { Table } from '../cells';
import { isObjective, type Subject } from '../subjects';
import { useChosenCell } from './chosen-cell';

interface Props {
  readonly table: Table;
  readonly subjects: readonly Subject[];
}

export function CheckTools({ table, subjects }: Props) {
  const running = useChecking((state) => state.running);
  const ready = useWorkbench((state) => state.atRest && !state.stale && state.failure === null);
  const cell = useChosenCell((state) => state.cell);
  if (running) {
    return (
      <div className="check-progress" data-testid="check-progress">
        <progress max={running.total} value={running.done} aria-label="Columns checked" />
        <span>
          {running.done} of {running.total}
        </span>
        <button type="button" className="text-button" onClick={stopChecking}>
          Cancel
        </button>
      </div>
    );
  }
  const subject = subjects.find(({ id }) => id === cell?.subject);
  const known = cell && table.columns.includes(cell.column) && subject && subject.kind !== 'hessian';
  const item = (title: string, summary: string, close: () => void, run: () => void) => (
    <button
      type="button"
      role="menuitem"
      className="menu-item"
      disabled={!ready}
      onClick={() => {
        close();
        run();
      }}
    >
      <span className="menu-title">{title}</span>
      <span className="menu-summary">{summary}</span>
    </button>
  );
  return (
    <Menu
      label="Check by re-solving"
      className="check-menu"
      align="right"
      trigger={{
        label: 'Check by re-solving',
        title: 'Finite differences of re-solved problems, beside the derivatives',
        className: 'text-button check-trigger',
        children: 'Check…',
      }}
      items={(close) => (
        <>
          {item('The whole map', `${table.columns.length} columns, re-solved at both sides`, close, () =>
            check(table.columns, null),
          )}
          {known && item(`Column ${cell.column}`, 'all that depends on it', close, () => check([cell.column], null))}
          {known &&
            item(
              `Cell ∂${subject.name}/∂${cell.column}`,
              isObjective(subject) ? 'the gradient' : `stage ${cell.row}`,
              close,
              () => check([cell.column], { subject: cell.subject, row: cell.row }),
            )}
        </>
      )}
    />
  );
}
