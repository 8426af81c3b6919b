/**
 * One quantity over time: axes, bounds, the trace, and the time cursor. An SVG that React redraws in well under a
 * millisecond, for it has to follow every frame of a drag.
 */
import { type PointerEvent, useId, useRef } from 'react';
import { formatNumber } from '../format';
import type { Bound } from '../quantities';
import { pointAt } from '../state/time-cursor';
import { useSize } from '../use-size';
import { extent, padded, type Range, scaleTicks, ticks, union } from './axis';
import { BoundLines } from './BoundLines';
import { Cursor } from './Cursor';
import { type Frame, linePath, pointPath, stageAt, stepPath, toX, toY } from './frame';

export interface ChartProps {
  /** Names the chart for those who do not see it. */
  readonly label: string;
  /** Times of all stages, [N+1]. */
  readonly t: Float64Array;
  readonly values: Float64Array;
  /** Stage of the first value. */
  readonly from?: number;
  /** Drawn as steps. */
  readonly step: boolean;
  readonly colour: string;
  readonly bounds?: readonly Bound[];
  /** While true the axis only grows, so that it does not tremble under a drag. */
  readonly holdRange: boolean;
  /** The trace as it was before a drag: drawn underneath, faint. */
  readonly ghost?: Float64Array | null;
}

const margin = { left: 44, right: 10, top: 8, bottom: 20 };
const manyPoints = 80;

export function Chart(props: ChartProps) {
  const { label, t, values, from = 0, step, colour, bounds = [], holdRange, ghost } = props;
  const [ref, size] = useSize<HTMLDivElement>();
  const clip = useId();
  const held = useRef<Range | null>(null);

  const fitted = rangeOf(values, ghost ?? null, bounds);
  const value = holdRange && held.current ? union(held.current, fitted) : fitted;
  held.current = value;

  const frame: Frame | null = size && {
    left: margin.left,
    right: Math.max(margin.left + 1, size.width - margin.right),
    top: margin.top,
    bottom: Math.max(margin.top + 1, size.height - margin.bottom),
    time: { low: t[0] ?? 0, high: t[t.length - 1] ?? 1 },
    value,
  };
  const times = t.subarray(from);
  const path = step ? stepPath : linePath;

  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (!frame) return;
    pointAt(stageAt(frame, t, event.clientX - event.currentTarget.getBoundingClientRect().left, step));
  };

  return (
    <div className="chart" ref={ref} onPointerMove={move} onPointerDown={move} onPointerLeave={() => pointAt(null)}>
      {frame && size && (
        <svg width={size.width} height={size.height} role="img" aria-label={label}>
          <clipPath id={clip}>
            <rect x={frame.left} y={0} width={frame.right - frame.left} height={frame.bottom + 1} />
          </clipPath>
          <Axes frame={frame} />
          <g clipPath={`url(#${clip})`}>
            <BoundLines frame={frame} t={t} bounds={bounds} />
            {ghost && <path className="trace ghost" d={path(frame, times, ghost)} stroke={colour} />}
          </g>
          <path className="trace" d={path(frame, times, values)} stroke={colour} />
          {!step && values.length <= manyPoints && (
            <path className="points" d={pointPath(frame, times, values)} stroke={colour} />
          )}
          <Cursor frame={frame} t={t} values={values} from={from} colour={colour} />
        </svg>
      )}
    </div>
  );
}

function Axes({ frame }: { readonly frame: Frame }) {
  const { left, right, top, bottom } = frame;
  const rows = scaleTicks(frame.value, Math.max(3, Math.round((bottom - top) / 26)));
  const columns = ticks(frame.time, Math.max(2, Math.round((right - left) / 70)));
  return (
    <g className="axes">
      {rows.map((tick) => {
        const y = toY(frame, tick);
        return (
          <g key={tick}>
            <line className={tick === 0 ? 'grid zero' : 'grid'} x1={left} x2={right} y1={y} y2={y} />
            <text x={left - 6} y={y} dy="0.32em" textAnchor="end">
              {formatNumber(tick)}
            </text>
          </g>
        );
      })}
      <line className="axis" x1={left} x2={right} y1={bottom} y2={bottom} />
      {columns.map((tick) => {
        const x = toX(frame, tick);
        return (
          <g key={tick}>
            <line className="axis" x1={x} x2={x} y1={bottom} y2={bottom + 3} />
            <text x={x} y={bottom + 14} textAnchor="middle">
              {formatNumber(tick)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

/** The data, and those bounds that are not so far off that the data would shrink to a line. */
function rangeOf(values: Float64Array, ghost: Float64Array | null, bounds: readonly Bound[]): Range {
  const data = extent(values, ghost ?? []) ?? { low: -1, high: 1 };
  const reach = 0.75 * (data.high - data.low);
  let range = data;
  for (const side of bounds.flatMap(({ lower, upper }) => [lower, upper])) {
    if (side === null || side < data.low - reach || side > data.high + reach) continue;
    range = union(range, { low: side, high: side });
  }
  return padded(range);
}
