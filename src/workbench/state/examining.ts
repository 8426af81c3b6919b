/** The optimality report of the solution on screen: made when it is asked for, dropped when there is another solution. */
import { create } from 'zustand';
import type { Optimality } from '../../sensitivity';
import { Examiner } from '../runtime-examiner';
import { jobAtRest } from './solving';
import { useWorkbench } from './store';

export type Examined =
  | { readonly stage: 'none' | 'running' }
  | { readonly stage: 'done'; readonly report: Optimality }
  | { readonly stage: 'failed'; readonly message: string };

export const useExamined = create<Examined>(() => ({ stage: 'none' }));

const examiner = new Examiner();
/** Counts examinations. */
let last = 0;
const put = (examined: Examined) => useExamined.setState(examined, true);

useWorkbench.subscribe((now, before) => {
  const another = now.pictureId !== before.pictureId || now.text !== before.text;
  if (another && useExamined.getState().stage !== 'none') stopExamining();
});

export async function examine(): Promise<void> {
  const mine = ++last;
  put({ stage: 'running' });
  const outcome = await examiner.examine(jobAtRest());
  if (mine !== last) return;
  put(outcome.ok ? { stage: 'done', report: outcome.report } : { stage: 'failed', message: outcome.message });
}

export function stopExamining(): void {
  last++;
  if (useExamined.getState().stage === 'running') examiner.cancel();
  put({ stage: 'none' });
}
