/** On a slider: as a band, where the prediction of the solution is exact to the tolerance. */
import type { CSSProperties } from 'react';
import { initialPlots } from '../../sharing';
import { formatNumber } from '../format';
import { type Band, useBand } from '../state/radii';
import { useWorkbench } from '../state/store';
import type { SliderRange } from './slider-range';

export interface Limits {
  readonly band: Band;
  readonly tolerance: number;
}

/** Null where nothing is known. */
export function useLimits(column: string): Limits | null {
  const band = useBand(column);
  const { tolerance } = useWorkbench((state) => state.view.plots ?? initialPlots);
  return band && { band, tolerance };
}

interface Props {
  readonly limits: Limits;
  readonly range: SliderRange;
  /** Of the words that describe it. */
  readonly id: string;
}

export function SliderLimits({ limits: { band, tolerance }, range: [low, high], id }: Props) {
  const place = (at: number) => (high > low ? Math.min(1, Math.max(0, (at - low) / (high - low))) : 0);
  const words = `Predictions from here are exact to ${formatNumber(100 * tolerance)} % between ${formatNumber(band.from)} and ${formatNumber(band.to)}.`;
  const style = { '--from': place(band.from), '--to': place(band.to) } as CSSProperties;
  return (
    <>
      <span className="band" style={style} title={words} data-testid="band" />
      <span className="visually-hidden" id={id}>
        {words}
      </span>
    </>
  );
}
