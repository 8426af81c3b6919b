/** How far the value of a column may move before the set of active constraints changes, on the scale of its slider. */
import type { ActiveSetChange, ActiveSetRange } from '../../../sensitivity';
import { changeWords } from '../../active-set-words';
import { formatNumber } from '../../format';

export interface Reach {
  readonly column: string;
  readonly value: number;
  /** Ends of the slider, widened to hold the value. */
  readonly low: number;
  readonly high: number;
  readonly down: End;
  readonly up: End;
  /** The shorter way as a share of the slider; infinite where nothing changes. */
  readonly tightest: number;
}

export interface End {
  /** Where the active set changes; infinite where it does not. */
  readonly at: number;
  /** Whether that lies beyond the end of the slider. */
  readonly beyond: boolean;
  /** In brief: how far, and what changes there. */
  readonly brief: string;
  readonly words: string;
}

export function reachOf(range: ActiveSetRange, value: number, ends: readonly [number, number]): Reach {
  const low = Math.min(ends[0], value);
  const high = Math.max(ends[1], value);
  const down = value - range.down;
  const up = value + range.up;
  return {
    column: range.column,
    value,
    low,
    high,
    down: { at: down, beyond: down < low, ...told('−', range.down, down, range.downEvent) },
    up: { at: up, beyond: up > high, ...told('+', range.up, up, range.upEvent) },
    tightest: Math.min(range.down, range.up) / (high - low || 1),
  };
}

function told(sign: string, length: number, at: number, event: ActiveSetChange | null): Pick<End, 'brief' | 'words'> {
  if (event === null || !Number.isFinite(length)) return { brief: 'nothing changes', words: 'nothing changes' };
  return {
    brief: `${sign}${formatNumber(length, 2)}: ${changeBrief(event)}`,
    words: `at ${formatNumber(at, 6)}: ${changeWords(event)}`,
  };
}

function changeBrief({ constraint, side, stage, becomes }: ActiveSetChange): string {
  if (isViolation(side)) return `${constraint} ${becomes === 'active' ? 'kept' : 'violated'}, stage ${stage}`;
  return `${constraint} ${becomes === 'active' ? 'meets' : 'leaves'} ${side}, stage ${stage}`;
}

/** Of a soft side: its own bound is zero. */
function isViolation(side: ActiveSetChange['side']): side is 'slackLower' | 'slackUpper' {
  return side === 'slackLower' || side === 'slackUpper';
}
