/** The time cursor in a chart: a line at the stage pointed at, and a dot on the trace. */
import { useTimeCursor } from '../state/time-cursor';
import { type Frame, toX, toY } from './frame';

interface Props {
  readonly frame: Frame;
  readonly t: Float64Array;
  readonly values: Float64Array;
  readonly from: number;
  readonly colour: string;
}

export function Cursor({ frame, t, values, from, colour }: Props) {
  const stage = useTimeCursor((cursor) => cursor.stage);
  if (stage === null || stage >= t.length) return null;
  const x = toX(frame, t[stage] ?? 0);
  const value = values[stage - from];
  return (
    <g>
      <line className="cursor" x1={x} x2={x} y1={frame.top} y2={frame.bottom} />
      {value !== undefined && Number.isFinite(value) && (
        <circle className="dot" cx={x} cy={toY(frame, value)} r={3.5} fill={colour} />
      )}
    </g>
  );
}
