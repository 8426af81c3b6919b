/** What a check has found, in a sentence or two. */

import { changeWords } from '../../active-set-words';
import { formatNumber } from '../../format';
import type { ColumnVerdict } from './verdict';

export interface Finding {
  readonly good: boolean;
  readonly words: string;
}

/** Named one by one up to this many. */
const namedAtMost = 3;

export function checkWords(columns: readonly ColumnVerdict[], failed: ReadonlyMap<string, string>): Finding {
  const good = columns.filter(({ agrees }) => agrees);
  const kinked = columns.filter(({ agrees, checked }) => !agrees && checked.column.changes.length > 0);
  const bad = columns.filter(({ agrees, checked }) => !agrees && checked.column.changes.length === 0);
  const sentences = [
    agreement(good, columns.length),
    ...kinked.slice(0, namedAtMost).map(kinkWords),
    ...(kinked.length > namedAtMost ? [`Kinks explain ${kinked.length - namedAtMost} more.`] : []),
    ...(bad.length > 0 ? [`${names(bad)} ${bad.length === 1 ? 'differs' : 'differ'}, and no kink explains it.`] : []),
    ...[...failed].slice(0, namedAtMost).map(([column, why]) => `${column} could not be checked: ${why}`),
  ];
  return {
    good: kinked.length + bad.length + failed.size === 0,
    words: sentences.filter((sentence) => sentence !== '').join(' '),
  };
}

function agreement(good: readonly ColumnVerdict[], total: number): string {
  if (good.length === 0) return '';
  const worst = Math.max(...good.map((column) => column.worst));
  const within = `within ${formatNumber(Math.max(worst, 1e-12), 1)} of the largest entry`;
  if (total === 1) return good[0]?.checked.only ? `The cell agrees ${within}.` : `${good[0]?.name} agrees ${within}.`;
  return good.length === total ? `All ${total} columns agree ${within}.` : `${good.length} of ${total} columns agree.`;
}

function kinkWords({ name, checked }: ColumnVerdict): string {
  const [first, ...others] = checked.column.changes;
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  return `${name} is at a kink: within the step ${first ? changeWords(first) : 'the active set changes'}${more}; the derivatives on either side are not the same.`;
}

function names(columns: readonly ColumnVerdict[]): string {
  const shown = columns.slice(0, namedAtMost).map(({ name }) => name);
  const rest = columns.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(' and ');
}
