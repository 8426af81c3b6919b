/** Charts that are drawn together, over their places on the page. */
import { type ComponentProps, useMemo, useRef } from 'react';
import { Plot } from '../plotly/Plot';
import { usePalette } from '../plotly/palette';
import { grown, type Range } from './axis';
import { type Chart, rangeOf } from './chart';
import { chartsExport } from './charts-export';
import { frameOf } from './frame';
import { PlotCard } from './PlotCard';
import { axesFigure, linesFigure, type Subplot } from './trajectory-figure';
import { usePlaces } from './use-places';

interface Props extends ComponentProps<'div'> {
  /** A new array is a new drawing. */
  readonly charts: readonly Chart[];
  /** While true the axes only grow, so that they do not tremble under a drag. */
  readonly holdRange: boolean;
  /** The values are those of an iterate, not of a solution. */
  readonly unsolved?: boolean;
  /** Follows a drag with part of its frames. */
  readonly patient?: boolean;
}

export function ChartGroup({ charts, holdRange, unsolved = false, patient = false, ...props }: Props) {
  const palette = usePalette();
  const [ref, found] = usePlaces(charts.map(({ key }) => key));
  const ranges = useRanges(charts, holdRange);
  const frames = useMemo(
    () =>
      charts.map((chart, i) => {
        const place = found?.places[i];
        const range = ranges[i];
        return place && range ? { chart, place, frame: frameOf(place, chart.t, range) } : null;
      }),
    [charts, found, ranges],
  );
  const figures = useMemo(() => {
    const subplots = frames.filter((each): each is Subplot => each !== null);
    if (!found || subplots.length === 0) return [];
    return [axesFigure(subplots, found.size, palette), linesFigure(subplots, found.size, palette, unsolved)];
  }, [frames, found, palette, unsolved]);
  return (
    <div {...props} ref={ref}>
      {charts.map((chart, i) => (
        <PlotCard
          key={chart.key}
          chart={chart}
          frame={frames[i]?.frame ?? null}
          exported={() => chartsExport([chart], chart.name, palette, unsolved)}
        />
      ))}
      {figures.map((figure, layer) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: always the same layers in the same order
        <Plot key={layer} figure={figure} patient={patient} />
      ))}
    </div>
  );
}

function useRanges(charts: readonly Chart[], hold: boolean): readonly Range[] {
  const held = useRef(new Map<string, Range>());
  return useMemo(() => {
    const ranges = charts.map((chart) => {
      const before = held.current.get(chart.key);
      const fitted = rangeOf(chart);
      return hold && before ? grown(before, fitted) : fitted;
    });
    held.current = new Map(charts.map(({ key }, i) => [key, ranges[i] ?? { low: -1, high: 1 }]));
    return ranges;
  }, [charts, hold]);
}
