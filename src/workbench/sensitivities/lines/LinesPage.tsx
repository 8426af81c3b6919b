/** The selected derivatives as lines over time, a chart for each quantity, a colour for each of the largest columns. */
import { type CSSProperties, type PointerEvent, useMemo, useRef, useState } from 'react';
import { Plot } from '../../plotly/Plot';
import { usePalette } from '../../plotly/palette';
import { extent, grown, padded, type Range } from '../../plots/axis';
import type { Chart } from '../../plots/chart';
import { frameOf, stageAt, toX } from '../../plots/frame';
import { axesFigure } from '../../plots/trajectory-figure';
import { usePlaces } from '../../plots/use-places';
import { useWorkbench } from '../../state/store';
import { pointAt, useTimeCursor } from '../../state/time-cursor';
import { tableOf } from '../cells';
import { columnSizes } from '../column-order';
import type { Shown } from '../use-shown';
import { units } from '../weights';
import { type LineChart, lineCharts } from './line-charts';
import { columnLinesFigure, type PlacedLines } from './lines-figure';

export default function LinesPage({ shown }: { readonly shown: Shown }) {
  const { problem, picture, derivatives, selection, measure } = shown;
  const { t } = picture.solution;
  const palette = usePalette();
  const [emphasised, setEmphasised] = useState<string | null>(null);
  const charts = useMemo(() => {
    const table = tableOf(problem, picture.solution, derivatives, selection);
    return lineCharts(table, columnSizes(table));
  }, [problem, picture, derivatives, selection]);
  const [ref, found] = usePlaces(charts.map(({ subject }) => subject.id));
  const ranges = useRanges(charts);
  const placed = useMemo(
    () =>
      charts.flatMap((chart, i): PlacedLines[] => {
        const place = found?.places[i];
        const range = ranges[i];
        return place && range ? [{ chart, place, frame: frameOf(place, t, range) }] : [];
      }),
    [charts, found, ranges, t],
  );
  const axes = useMemo(
    () =>
      found && placed.length > 0
        ? axesFigure(
            placed.map(({ chart, place, frame }) => ({ chart: plain(chart, t), place, frame })),
            found.size,
            palette,
          )
        : null,
    [placed, found, palette, t],
  );
  const lines = useMemo(
    () => (found && placed.length > 0 ? columnLinesFigure(placed, t, found.size, palette, emphasised) : null),
    [placed, found, palette, t, emphasised],
  );
  if (charts.length === 0)
    return <p className="empty">The derivatives of the objective do not depend on time: the map shows them.</p>;
  const frameAt = (chart: LineChart) => placed.find((each) => each.chart === chart)?.frame ?? null;
  return (
    <div className="lines-page">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
      <section className="line-charts" ref={ref} aria-label="Derivatives over time" tabIndex={0}>
        {charts.map((chart) => {
          const { subject } = chart;
          const frame = frameAt(chart);
          const move = (event: PointerEvent<HTMLElement>) => {
            if (!frame) return;
            const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
            pointAt(stageAt(frame, t, x, subject.kind === 'control'));
          };
          return (
            <figure className="plot" key={subject.id} data-testid={`lines-${subject.id}`}>
              <figcaption>
                <span className="swatch" style={{ background: subject.colour }} aria-hidden="true" />
                <span className="name">∂{subject.name}</span>
                <span className="description">{units[measure]}</span>
              </figcaption>
              <div
                className="chart"
                role="img"
                aria-label={`derivatives of ${subject.name} over time, ${chart.lines.length} lines`}
                onPointerMove={move}
                onPointerDown={move}
                onPointerLeave={() => pointAt(null)}
              >
                {frame && <StageLine x={(stage) => toX(frame, t[stage] ?? 0)} top={frame.top} bottom={frame.bottom} />}
              </div>
            </figure>
          );
        })}
        {axes && <Plot figure={axes} patient />}
        {lines && <Plot figure={lines} patient />}
      </section>
      <ul className="line-keys" aria-label="Columns">
        {charts[0]?.lines.map(({ column, colour, faint }) => (
          <li key={column}>
            <button
              type="button"
              className="line-key"
              data-faint={faint || undefined}
              style={{ '--own': colour } as CSSProperties}
              onPointerEnter={() => setEmphasised(column)}
              onPointerLeave={() => setEmphasised(null)}
              onFocus={() => setEmphasised(column)}
              onBlur={() => setEmphasised(null)}
            >
              {column}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface StageLineProps {
  readonly x: (stage: number) => number;
  readonly top: number;
  readonly bottom: number;
}

function StageLine({ x, top, bottom }: StageLineProps) {
  const stage = useTimeCursor((cursor) => cursor.stage);
  if (stage === null) return null;
  return <span className="cursor" style={{ left: x(stage), top, height: bottom - top }} />;
}

/** The same chart for those who draw axes. */
function plain({ subject }: LineChart, t: Float64Array): Chart {
  return {
    key: subject.id,
    testId: '',
    name: subject.name,
    description: '',
    label: '',
    t,
    values: new Float64Array(),
    from: 0,
    step: subject.kind === 'control',
    colour: subject.colour,
    bounds: [],
    ghost: null,
  };
}

/** Of all lines together; while dragging they only grow. */
function useRanges(charts: readonly LineChart[]): readonly Range[] {
  const hold = useWorkbench((state) => state.dragging);
  const held = useRef(new Map<string, Range>());
  return useMemo(() => {
    const ranges = charts.map(({ subject, lines }) => {
      const fitted = padded(extent(...lines.map(({ values }) => values)) ?? { low: -1, high: 1 });
      const before = held.current.get(subject.id);
      return hold && before ? grown(before, fitted) : fitted;
    });
    held.current = new Map(charts.map(({ subject }, i) => [subject.id, ranges[i] ?? { low: -1, high: 1 }]));
    return ranges;
  }, [charts, hold]);
}
