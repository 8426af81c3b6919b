/** How the status of a solve is called and what kind of news it is. */
import type { Status } from '../../solver';

export type Mood = 'good' | 'bad' | 'stopped';

export const statusWords: Record<Status, { readonly word: string; readonly mood: Mood }> = {
  converged: { word: 'Converged', mood: 'good' },
  'iteration-limit': { word: 'Iteration limit', mood: 'stopped' },
  infeasible: { word: 'Infeasible', mood: 'bad' },
  diverging: { word: 'Diverging', mood: 'bad' },
  'not-a-number': { word: 'Not a number', mood: 'bad' },
  'step-too-small': { word: 'Step too small', mood: 'bad' },
  cancelled: { word: 'Cancelled', mood: 'stopped' },
  'time-limit': { word: 'Time limit', mood: 'stopped' },
};
