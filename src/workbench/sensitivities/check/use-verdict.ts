/** What the checks so far say about the table on screen. */
import { useMemo } from 'react';
import { useChecking } from '../../state/checking';
import { type Table, tableOf } from '../cells';
import type { Shown } from '../use-shown';
import { useDifferences } from './use-differences';
import { type Verdict, verdictOf } from './verdict';

export interface CheckedTable {
  readonly verdict: Verdict;
  /** The same table, of finite differences. */
  readonly differences: Table;
}

/** Null where nothing has been checked. */
export function useVerdict(shown: Shown, table: Table): CheckedTable | null {
  const differences = useDifferences(shown);
  const checked = useChecking((state) => state.checked);
  const { problem, picture, selection } = shown;
  return useMemo(() => {
    if (!differences) return null;
    const same = tableOf(problem, picture.solution, differences, selection);
    return { verdict: verdictOf(table, same, checked), differences: same };
  }, [differences, checked, problem, picture, selection, table]);
}
