/**
 * Tune the controller: its model is not the plant; learn the parameters with which the closed loop costs least, by the gradient
 * through the loop. Beside it what others need who only have the cost: finite differences, and random search.
 */
import type { Problem } from '../../problem';
import { batchesOf } from '../batches';
import { type ClosedLoop, closedLoop, type Scenario } from '../closedLoop';
import { descend } from '../descent';
import { makePlant } from '../plant';
import { tuning } from '../tuning';
import { type Axis, type ExperimentResult, type Look, pointsOf, type Switches } from './experiment';
import { byDifferences } from './finiteDifferences';
import { randomSearch } from './randomSearch';
import { type Spread, startsFrom } from './starts';

export interface TuneTask {
  readonly learned: readonly string[];
  /** The controller's at first. */
  readonly start: readonly number[];
  /** The plant's parameters that differ from the text. */
  readonly plant: ReadonlyMap<string, number>;
  /** Of the first two. */
  readonly axes: readonly [Axis, Axis];
  readonly spread: Spread;
  readonly scenarios: number;
  readonly samples: number;
  /** Standard deviations, [nx]. */
  readonly noise: readonly number[];
  readonly disturbance: readonly number[];
  readonly rate: number;
  readonly clip: number;
  /** A share of the cost at the start. */
  readonly goal: number;
  readonly steps: number;
}

/** A gradient is one more pass through the loop, backwards, which takes about as long as a simulation. */
const gradient = 1;
/** What is usual for them (Gros et al. 2020, From linear to nonlinear MPC: bridging the gap via the real-time iteration). */
const realTimeIterations = { method: 'rti', hessian: 'gauss-newton' } as const;
/** Trajectories that are drawn. */
const drawn = 3;

export function tuneController(problem: Problem, task: TuneTask, switches: Switches): ExperimentResult {
  const { seed, batch, hessian, tau, realTime } = switches;
  const warm = switches.warm || realTime;
  const { learned, start, axes, steps, samples, noise, disturbance } = task;
  const parameters = problem.parameters.map(({ name, value }) => task.plant.get(name) ?? value);
  const made = makePlant(problem, { parameters });
  if (!made.ok) return made;
  const { plant } = made;
  const method = realTime ? realTimeIterations : {};
  const found = closedLoop(problem, plant, { tuned: learned, samples, noise, disturbance, method, hessian, tau, warm });
  if (!found.ok) return found;
  const { loop } = found;

  const scenarios = startsFrom(task.spread, task.scenarios, seed).map(
    (initial, i): Scenario => ({ initial, seed: seed * task.scenarios + i }),
  );
  const objective = tuning(loop, scenarios);
  const look = lookAt(loop, scenarios.slice(0, drawn));
  const size = Math.min(batch, scenarios.length);
  const batches = () => batchesOf(scenarios.length, size, seed);
  /** In simulations of all scenarios; the loss of all of them is shown whatever the steps go by. */
  const share = size / scenarios.length;
  const work = (evaluations: number): number => (share < 1 ? 1 : 0) + share * evaluations;

  return {
    ok: true,
    experiment: {
      learned,
      axes,
      steps,
      goal: task.goal * loop.run(start, scenarios).cost,
      truth: null,
      samples: scenarios.length,
      unit: 'closed-loop simulations',
      contenders: [
        {
          name: 'gradient through the loop',
          path: () => pointsOf(descend(objective, start, { ...task, batches: batches() }), work(1 + gradient)),
          look,
        },
        {
          name: 'finite differences',
          path: () =>
            pointsOf(
              descend(byDifferences(objective), start, { ...task, batches: batches() }),
              work(1 + 2 * learned.length),
            ),
          look: null,
        },
        { name: 'random search', path: () => randomSearch(objective, start, task.rate, seed), look: null },
      ],
      plane: (values) => (first, second) => loop.run([first, second, ...values.slice(2)], scenarios).cost,
      problem,
      times: Float64Array.from({ length: samples + 1 }, (_, k) => k * plant.samplingTime),
      reference: null,
    },
  };
}

function lookAt(loop: ClosedLoop, scenarios: readonly Scenario[]): (theta: Float64Array) => Look {
  return (theta) => {
    const { x, u, violations, solveMs } = loop.run(theta, scenarios);
    const perSample = solveMs.reduce((sum, ms) => sum + ms, 0) / (solveMs.length * scenarios.length);
    const readings = [
      { name: 'largest violation of a constraint', value: Math.max(0, ...violations), unit: '' },
      { name: 'time of a solve', value: perSample, unit: 'ms' },
    ];
    return { trajectories: { x, u }, readings };
  };
}
