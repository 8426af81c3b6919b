/**
 * On a slider: as a band, where the prediction of the solution is exact to the tolerance, and as marks, where the set of
 * active constraints changes, to first order.
 */
import type { CSSProperties } from 'react';
import { initialPlots } from '../../sharing';
import { changeWords } from '../active-set-words';
import { formatNumber } from '../format';
import { type Band, useBand, useChanges } from '../state/radii';
import { useWorkbench } from '../state/store';
import type { SliderRange } from './slider-range';

export interface Limits {
  readonly band: (Band & { readonly words: string }) | null;
  /** Within the range of the slider. */
  readonly marks: readonly { readonly at: number; readonly words: string }[];
}

/** Null where nothing is known. */
export function useLimits(column: string, [low, high]: SliderRange): Limits | null {
  const band = useBand(column);
  const { tolerance } = useWorkbench((state) => state.view.plots ?? initialPlots);
  const changes = useChanges(column).filter(({ at }) => low <= at && at <= high);
  if (!band && changes.length === 0) return null;
  return {
    band: band && {
      ...band,
      words: `Predictions from here are exact to ${formatNumber(100 * tolerance)} % between ${formatNumber(band.from)} and ${formatNumber(band.to)}.`,
    },
    marks: changes.map(({ at, event }) => ({ at, words: `Near ${formatNumber(at)}: ${changeWords(event)}.` })),
  };
}

interface Props {
  readonly limits: Limits;
  readonly range: SliderRange;
  /** Of the words that describe them. */
  readonly id: string;
}

export function SliderLimits({ limits: { band, marks }, range: [low, high], id }: Props) {
  const place = (at: number) => (high > low ? Math.min(1, Math.max(0, (at - low) / (high - low))) : 0);
  return (
    <>
      {band && (
        <span
          className="band"
          style={{ '--from': place(band.from), '--to': place(band.to) } as CSSProperties}
          data-testid="band"
        />
      )}
      {marks.map(({ at, words }) => (
        <span
          key={words}
          className="change"
          style={{ '--at': place(at) } as CSSProperties}
          title={words}
          data-testid="change"
        />
      ))}
      <span className="visually-hidden" id={id}>
        {[...(band ? [band.words] : []), ...marks.map(({ words }) => words)].join(' ')}
      </span>
    </>
  );
}
