/** What happens along the curves, in a few sentences. */
import { changeWords } from '../../active-set-words';
import { formatNumber } from '../../format';
import { tauName } from './along-figure';
import type { Curve } from './curve';

/** More than these are not read. */
const listed = 4;

export function alongWords(curves: readonly Curve[]): string {
  const kinks = curves.flatMap((curve) => curve.kinks);
  const told = kinks
    .slice(0, listed)
    .map(({ at, changes }) => `near ${formatNumber(at, 4)} ${changes.map(changeWords).join(' and ')}`);
  const more = kinks.length > listed ? `, and ${kinks.length - listed} more` : '';
  return [
    kinks.length > 0 ? `Kinks as solved: ${told.join('; ')}${more}.` : 'The active set does not change on the way.',
    ...curves.flatMap(({ tau, at, jumps, failures, doubts }) => [
      ...(jumps.length > 0
        ? [
            `Gaps, ${tauName(tau)}: near ${jumps
              .slice(0, listed)
              .map((i) => formatNumber(((at[i] ?? 0) + (at[i + 1] ?? 0)) / 2, 4))
              .join(
                ', ',
              )} the step is more than the slopes on either side explain: another local minimum, or changes too close together for these samples.`,
          ]
        : []),
      ...(failures.length > 0
        ? [`${failures.length} of ${at.length} solves failed, ${tauName(tau)}: ${failures[0]?.message}`]
        : []),
      ...(doubts.length > 0
        ? [`${doubts.length} derivatives are not to be trusted, ${tauName(tau)}: ${doubts[0]?.reason}`]
        : []),
    ]),
  ].join(' ');
}
