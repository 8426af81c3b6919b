/** What the colours mean. */
import type { Measure, Scale } from '../../sharing';
import { formatNumber } from '../format';
import { useIsDark } from '../state/theme';
import { gradient } from './colours';
import { units } from './weights';

interface Props {
  readonly scale: Scale;
  readonly measure: Measure;
  readonly largest: number;
}

export function Legend({ scale, measure, largest }: Props) {
  const dark = useIsDark();
  const ends: Record<Scale, string> = {
    block: 'largest of its block',
    column: 'largest of its column',
    global: `${formatNumber(largest, 3)}${units[measure]}`,
  };
  const end = ends[scale];
  return (
    <div className="legend">
      <span className="time-runs">time ↓</span>
      <span>{scale === 'global' ? `−${end}` : '−'}</span>
      <span className="ramp" style={{ background: gradient(dark ? 'dark' : 'light') }} />
      <span>+{end}</span>
    </div>
  );
}
