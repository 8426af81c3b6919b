/** The experiments as the page runs them: each from its seed to its loss, within the steps that it has for that. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Experiment,
  type ExperimentResult,
  landscape,
  type Point,
  type Reading,
  race,
  recoverCost,
  type Square,
  type Switches,
  squaresOf,
  tuneController,
} from '../learning';
import { networkInFront, startJax } from '../learning/jax';
import { network, recover, tune } from './experiments';
import { exampleProblem } from './testing/example';

const plain: Switches = {
  seed: 1,
  batch: Number.POSITIVE_INFINITY,
  hessian: 'exact',
  tau: null,
  warm: true,
  realTime: false,
};

function made(result: ExperimentResult): Experiment {
  if (!result.ok) throw new Error(result.message);
  return result.experiment;
}

const recovery = async (switches: Partial<Switches> = {}): Promise<Experiment> =>
  made(await recoverCost(exampleProblem(recover.example), recover.task, { ...plain, ...switches }));
const tuned = (switches: Partial<Switches> = {}): Experiment =>
  made(tuneController(exampleProblem(tune.example), tune.task, { ...plain, ...switches }));

/** The first contender's path, as far as the goal or the last step. */
async function toTheGoal({ contenders, goal, steps }: Experiment): Promise<Point> {
  for await (const point of contenders[0].path()) if (point.loss <= goal || point.step === steps) return point;
  throw new Error('a path has no end');
}

describe('the cost of an expert', () => {
  it.each<Partial<Switches>>([{}, { seed: 2 }, { tau: 1 }, { batch: 2 }, { warm: false }])(
    'is recovered from its trajectories: %j',
    async (switches) => {
      const experiment = await recovery(switches);
      const { loss, masked, values } = await toTheGoal(experiment);
      expect(loss).toBeLessThanOrEqual(experiment.goal);
      expect(masked).toBe(0);
      recover.task.truth.forEach((value, j) => {
        expect(Math.abs((values?.[j] ?? 0) / value - 1)).toBeLessThan(0.2);
      });
    },
  );

  it('is learned along the same path each time', async () => {
    const steps = async (): Promise<Point[]> => {
      const path = (await recovery({ batch: 2 })).contenders[0].path();
      const points: Point[] = [];
      while (points.length < 4) points.push((await path.next()).value);
      return points;
    };
    expect(await steps()).toEqual(await steps());
  });

  it('lies in a landscape that is lowest there, known from coarse to fine', async () => {
    const { axes, plane, truth, contenders } = await recovery();
    const floor = plane((await contenders[0].path().next()).value.theta);
    const [l, r] = truth ?? [];
    const lowest = await floor(l, r);
    expect(lowest).toBeLessThan(1e-12);
    const squares: Square[] = [];
    for await (const square of landscape(axes, floor, 4)) squares.push(square);
    expect(squares).toHaveLength(squaresOf(4));
    for (const { loss } of squares) expect(loss).toBeGreaterThan(1e-6);
    const covered = new Set<string>();
    for (const { column, row, side } of squares) if (side === 1) covered.add(`${column} ${row}`);
    expect(covered.size).toBe(16);
  });
});

describe('a controller', () => {
  it.each<Partial<Switches>>([{}, { seed: 2 }, { realTime: true }])(
    'is tuned through the closed loop: %j',
    async (switches) => {
      const experiment = tuned(switches);
      const { loss, masked } = await toTheGoal(experiment);
      expect(loss).toBeLessThanOrEqual(experiment.goal);
      expect(masked).toBe(0);
    },
  );

  it('is tuned with fewer simulations than by finite differences or at random', async () => {
    const { contenders, goal } = tuned();
    const best = contenders.map(() => Number.POSITIVE_INFINITY);
    for await (const { contender, point } of race(contenders)) {
      best[contender] = Math.min(best[contender], point.loss);
      if (best[contender] <= goal) {
        expect(contender).toBe(0);
        break;
      }
    }
    const first = await Promise.all(contenders.map(async ({ path }) => (await path().next()).value));
    // The gradients by the adjoint and by differences, at the start.
    expect(Math.abs((first[0].slope ?? 0) / (first[1].slope ?? 0) - 1)).toBeLessThan(1e-3);
  });
});

describe('a network in front of the MPC', () => {
  beforeAll(startJax);
  const inFront = async (switches: Partial<Switches> = {}): Promise<Experiment> =>
    made(await networkInFront(exampleProblem(network.example), network.task, { ...plain, ...switches }));

  it.each<Partial<Switches>>([{}, { seed: 2 }, { batch: 16 }])(
    'learns to tell it what it needs: %j',
    async (switches) => {
      const experiment = await inFront(switches);
      const { loss, masked, failed } = await toTheGoal(experiment);
      expect(loss).toBeLessThanOrEqual(experiment.goal);
      expect([masked, failed]).toEqual([0, 0]);
    },
  );

  it('does better in contexts that it has not seen, and within the limits, than the same network without the MPC', async () => {
    const { contenders, steps } = await inFront();
    const readings: (readonly Reading[])[] = [];
    for (const { path, look } of contenders)
      for await (const { step, theta } of path())
        if (step === steps / 2) {
          readings.push(look?.(theta).readings ?? []);
          break;
        }
    const [mpc, alone] = readings.map((each) => Object.fromEntries(each.map(({ name, value }) => [name, value])));
    for (const name of ['loss in unseen contexts', 'largest violation of a constraint'])
      expect(mpc[name]).toBeLessThan(alone[name] / 3);
  });
});
