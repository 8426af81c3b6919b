/** The sides of constraints: a line over the stages where they hold, dashed where they are soft, a mark where it is one stage. */
import type { Bound } from '../quantities';
import { type Frame, toX, toY } from './frame';

interface Props {
  readonly frame: Frame;
  readonly t: Float64Array;
  readonly bounds: readonly Bound[];
}

const markWidth = 14;

export function BoundLines({ frame, t, bounds }: Props) {
  return bounds.flatMap(({ label, lower, upper, from, to, soft, equality }) =>
    sides(lower, upper, equality).map(({ side, value }) => {
      const y = toY(frame, value);
      let start = toX(frame, t[from] ?? 0);
      let end = toX(frame, t[to] ?? 0);
      if (from === to) {
        start = Math.min(start, frame.right - markWidth) - (from === 0 ? 0 : markWidth / 2);
        end = start + markWidth * 1.5;
      }
      return (
        <g key={`${label} ${side}`}>
          <line className={soft ? 'bound soft' : 'bound'} x1={start} x2={end} y1={y} y2={y} />
          {!soft && side !== 'equal' && (
            <rect className="forbidden" x={start} width={end - start} y={side === 'upper' ? y - 4 : y} height={4} />
          )}
        </g>
      );
    }),
  );
}

function sides(lower: number | null, upper: number | null, equality: boolean) {
  if (equality) return upper === null ? [] : [{ side: 'equal', value: upper }];
  return [
    ...(lower === null ? [] : [{ side: 'lower', value: lower }]),
    ...(upper === null ? [] : [{ side: 'upper', value: upper }]),
  ];
}
