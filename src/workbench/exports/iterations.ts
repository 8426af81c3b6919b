/** The iterations of a solve as columns of a table. */
import type { Column } from '../../sharing';
import type { Iteration } from '../../solver';
import { iterationWords } from '../status/iteration-words';

export function iterationColumns(history: readonly Iteration[]): Column[] {
  return [
    { name: 'iteration', values: history.map((_, i) => i) },
    ...iterationWords.map(({ key, word }) => ({ name: word, values: history.map((iteration) => iteration[key]) })),
  ];
}
