/**
 * Recover the cost: an expert has shown optimal trajectories from several initial states; learn the parameters, weights or
 * physical ones, of which they are the optimal ones.
 */
import type { Problem } from '../../problem';
import { batchesOf } from '../batches';
import { descend } from '../descent';
import { act, demonstrate, imitation } from '../imitation';
import { ocpLayer } from '../layer';
import {
  type Axis,
  type ExperimentResult,
  type Look,
  layerHere,
  type MakeLayer,
  type Point,
  pointsOf,
  rowsOf,
  type Switches,
} from './experiment';
import { type Spread, startsFrom } from './starts';

export interface RecoverTask {
  readonly learned: readonly string[];
  /** The expert's. */
  readonly truth: readonly number[];
  readonly start: readonly number[];
  /** Of the first two. */
  readonly axes: readonly [Axis, Axis];
  /** Initial states of the demonstrations. */
  readonly spread: Spread;
  readonly demonstrations: number;
  readonly rate: number;
  readonly clip: number;
  readonly goal: number;
  readonly steps: number;
}

/** Trajectories that are drawn. */
const drawn = 4;

export async function recoverCost(
  problem: Problem,
  task: RecoverTask,
  switches: Switches,
  makeLayer: MakeLayer = layerHere,
): Promise<ExperimentResult> {
  const { learned, truth, axes, goal, steps } = task;
  const inputs = [...learned, 'x0'];
  const outputs = ['x', 'u'] as const;
  const { hessian, tau, warm } = switches;
  const made = await makeLayer(problem, { inputs, outputs, hessian, tau, warm }, task.demonstrations);
  if (!made.ok) return made;
  const { layer } = made;
  // For looking on: what it solves leaves no starts behind.
  const plain = ocpLayer(problem, { inputs, outputs, tau, warm: false });
  if (!plain.ok) return plain;
  const initial = startsFrom(task.spread, task.demonstrations, switches.seed);
  const { demonstrations, times, failed } = demonstrate(plain.layer, truth, initial);
  if (failed > 0) return { ok: false, message: `The expert has no solution from ${failed} initial states.` };

  const shown = initial.slice(0, drawn);
  const look = (theta: Float64Array): Look => {
    const { outputs: seen, batch } = act(plain.layer, theta, shown);
    return { trajectories: { x: rowsOf(seen.x, batch), u: rowsOf(seen.u, batch) }, readings: [] };
  };
  const objective = imitation(layer, demonstrations);

  async function* path(): AsyncGenerator<Point, never> {
    await layer.forget();
    const batches = batchesOf(initial.length, switches.batch, switches.seed);
    const each = batches ? initial.length + switches.batch : initial.length;
    return yield* pointsOf(descend(objective, task.start, { ...task, batches }), each);
  }

  return {
    ok: true,
    experiment: {
      learned,
      truth,
      axes,
      goal,
      steps,
      samples: initial.length,
      unit: 'solves',
      contenders: [{ name: 'gradient through the layer', path, look }],
      plane: () => {
        const loss = imitation(plain.layer, demonstrations);
        return async (first, second) => (await loss(Float64Array.of(first, second))).loss;
      },
      problem,
      times,
      reference: {
        x: rowsOf(demonstrations.expert.x, initial.length),
        u: rowsOf(demonstrations.expert.u, initial.length),
      },
    },
  };
}
