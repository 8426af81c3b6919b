/** How the status of a solve is called, what kind of news it is, and what is said about it. */
import type { MethodOptions, Status } from '../../solver';
import type { WorkbenchState } from '../state/store';

export type Mood = 'good' | 'bad' | 'stopped';

const statusWords: Record<Status, { readonly word: string; readonly mood: Mood }> = {
  converged: { word: 'Converged', mood: 'good' },
  'iteration-limit': { word: 'Iteration limit', mood: 'stopped' },
  infeasible: { word: 'Infeasible', mood: 'bad' },
  diverging: { word: 'Diverging', mood: 'bad' },
  'not-a-number': { word: 'Not a number', mood: 'bad' },
  'step-too-small': { word: 'Step too small', mood: 'bad' },
  cancelled: { word: 'Cancelled', mood: 'stopped' },
  'time-limit': { word: 'Time limit', mood: 'stopped' },
};

export interface Shown {
  readonly word: string;
  readonly mood: Mood | 'busy';
  /** Null where numbers say enough. */
  readonly message: string | null;
}

type Known = Pick<WorkbenchState, 'picture' | 'failure' | 'stale' | 'scrubbed'> & {
  readonly method: MethodOptions | null;
};

export function shown({ picture, failure, stale, scrubbed, method }: Known): Shown {
  if (failure) return { word: 'Solver restarted', mood: 'bad', message: failure };
  if (stale) {
    const message = picture
      ? 'The text does not compile yet. Below is the last solution; the list under the text says what to mend.'
      : 'The text does not compile yet; the list under the text says what to mend.';
    return { word: 'Waiting for the text', mood: 'stopped', message };
  }
  if (!picture) return { word: 'Solving', mood: 'busy', message: null };
  const { status, message, history, iterations } = picture.solution;
  if (scrubbed)
    return {
      word: `Iterate ${scrubbed.index} of ${history.length - 1}, not the solution`,
      mood: 'stopped',
      message: null,
    };
  if (method?.method === 'rti' && status === 'iteration-limit') return realTime(iterations);
  return { ...statusWords[status], message: status === 'converged' ? null : message };
}

/** One iteration a sample is what was asked for, not a limit that was met. */
function realTime(samples: number): Shown {
  const said = samples === 1 ? 'One sample of one iteration' : `${samples} samples of one iteration each`;
  const message = `${said}: near the solution, not at it. For derivatives, solve with another method in the line “solver”.`;
  return { word: 'Real-time iteration', mood: 'stopped', message };
}
