/** What is to be said of a training: whether the stated loss was reached, and what was left out on the way. */
import { formatNumber } from '../format';
import type { Mark, Opened } from './protocol';

export interface Verdict {
  /** The first step at which the loss was there; null: not yet. */
  readonly reached: number | null;
  readonly words: string;
}

export function verdictOf(marks: readonly Mark[], { goal, steps }: Pick<Opened, 'goal' | 'steps'>): Verdict {
  const reached = marks.find((mark) => isThere(mark, goal))?.step ?? null;
  const last = marks.at(-1);
  const outcome =
    reached !== null
      ? `The stated loss was reached at step ${reached}.`
      : (last?.step ?? 0) >= steps
        ? `Not reached within the ${steps} steps it has for that; the best loss was ${formatNumber(lowest(marks), 3)}.`
        : '';
  return { reached, words: [outcome, ...(last ? omissions(last) : [])].filter((words) => words !== '').join(' ') };
}

/** Of the last step. */
function omissions({ failed, masked, doubtful }: Mark): string[] {
  return [
    failed > 0 ? `${failed} solves have failed in this step and are left out.` : '',
    masked > failed ? `${masked - failed} solutions have no derivative and are left out of the gradient.` : '',
    doubtful > 0 ? `${doubtful} derivatives are not to be trusted.` : '',
  ];
}

/** A loss from which samples are left out does not count. */
function isThere({ loss, failed }: Mark, goal: number): boolean {
  return loss <= goal && failed === 0;
}

/** Of all steps whose loss is a number. */
export function lowest(marks: readonly Mark[]): number {
  return marks.reduce((least, { loss }) => (loss < least ? loss : least), Number.POSITIVE_INFINITY);
}

/** What someone needed for the stated loss, or that it is not there yet. */
export function needOf(marks: readonly Mark[], goal: number, unit: string): string {
  const there = marks.find((mark) => isThere(mark, goal));
  const work = there?.work ?? marks.at(-1)?.work ?? 0;
  return there ? `${formatNumber(work, 3)} ${unit}` : `not after ${formatNumber(work, 3)}`;
}
