/** The time cursor in a chart: a line at the stage pointed at, and a dot on the trace. */
import { useTimeCursor } from '../state/time-cursor';
import type { Chart } from './chart';
import { type Frame, toX, toY } from './frame';

export function Cursor({ chart, frame }: { readonly chart: Chart; readonly frame: Frame }) {
  const { t, values, from, colour } = chart;
  const stage = useTimeCursor((cursor) => cursor.stage);
  if (stage === null || stage >= t.length) return null;
  const left = toX(frame, t[stage] ?? 0);
  const value = values[stage - from];
  return (
    <>
      <span className="cursor" style={{ left, top: frame.top, height: frame.bottom - frame.top }} />
      {value !== undefined && Number.isFinite(value) && (
        <span className="dot" style={{ left, top: toY(frame, value), background: colour }} />
      )}
    </>
  );
}
