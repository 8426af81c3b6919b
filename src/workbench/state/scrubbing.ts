/** Going back and forth through the iterates of the last solve: one of them stands where its result was. */

import { LatestWins } from '../latest-wins';
import type { Iterate, Picture } from '../protocol';
import { iterateOf } from './solving';
import { resultShown, useWorkbench } from './store';

const { getState: get, setState: set } = useWorkbench;

const queue = new LatestWins(async ({ index }: Wanted) => iterateOf(index), receive);

interface Wanted {
  readonly index: number;
  readonly pictureId: number;
}

/** At rest only: what a drag passes through is gone before it could be looked at. */
export function showIterate(index: number): void {
  const { picture, scrubbed, atRest, pictureId } = get();
  if (!picture || !atRest) return;
  const solved = scrubbed?.solved ?? picture;
  // The slider follows at once, the drawing when it is there.
  set({ scrubbed: { index, solved }, before: solved });
  queue.request({ index, pictureId });
}

export function showResult(): void {
  set(resultShown);
}

function receive(iterate: Iterate | null, { pictureId }: Wanted): void {
  const { scrubbed, pictureId: now } = get();
  if (!iterate || !scrubbed || now !== pictureId) return;
  set({ picture: pictureOf(scrubbed.solved, iterate) });
}

/** Costates and multipliers are not kept on the way. */
function pictureOf(solved: Picture, { x, u, algebraics, constraints }: Iterate): Picture {
  const costates = new Float64Array(solved.solution.costates.length).fill(Number.NaN);
  const solution = { ...solved.solution, x, u, algebraics, costates };
  return { ...solved, sensitivities: null, constraints, multipliers: [], ranges: [], prediction: null, solution };
}
