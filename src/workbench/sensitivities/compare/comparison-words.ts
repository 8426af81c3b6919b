/** What a comparison says, in a sentence or two. */
import type { Variant } from '../../../sharing';
import { formatNumber } from '../../format';
import { cellName } from '../cell-names';
import { blockAt } from '../cells';
import { isObjective } from '../subjects';
import type { Comparison } from './comparison';

export const variantNames: Record<Variant, string> = {
  exact: 'exact',
  'gauss-newton': 'Gauss-Newton',
  differences: 'finite differences',
  smoothed: 'smoothed',
};

/** What finite differences of re-solved problems leave open. */
const agreeBelow = 1e-4;

export interface Saying {
  readonly agree: boolean;
  readonly words: string;
}

export function comparisonWords({ worst, difference }: Comparison, pair: readonly [Variant, Variant]): Saying {
  if (!worst) return { agree: true, words: 'There is nothing to compare yet.' };
  const { cell, share } = worst;
  if (share < 1e-12) return { agree: true, words: 'They are the same to the last digit shown.' };
  const block = blockAt(difference, cell.row);
  const stage = block && !isObjective(block.subject) ? ` at stage ${cell.row - block.start}` : '';
  const place = `${cellName(difference, cell)}${stage}`;
  if (share < agreeBelow) {
    const digits = Math.floor(-Math.log10(share));
    return { agree: true, words: `They agree to ${digits} digits of each column’s largest entry, everywhere.` };
  }
  const words = `They differ by up to ${formatNumber(100 * share, 2)} % of the column’s largest entry, most of all in ${place}.`;
  const why = explanation(pair);
  return { agree: false, words: why ? `${words} ${why}` : words };
}

function explanation(pair: readonly [Variant, Variant]): string {
  if (pair.includes('gauss-newton'))
    return 'The Gauss-Newton Hessian leaves out the curvature of dynamics and constraints: good enough to find the solution, wrong for its derivatives.';
  if (pair.includes('smoothed'))
    return 'A larger barrier value blurs where constraints become active; as it falls this difference goes to zero.';
  if (pair.includes('differences'))
    return 'Where a column differs the active set may change within the step of the differences: see the check in the map.';
  return '';
}
