/**
 * A network in front of the MPC: an expert knows the parameters that belong to a context; learn from its first controls to
 * tell them from the context alone,
 *
 *   context --network--> parameters --MPC--> first control --loss--> distance to the expert's,
 *
 * end to end. Beside it the same network without the MPC, which maps context and state to the control itself.
 */
import { SeededRandom } from '../../batch';
import type { Problem } from '../../problem';
import { batchesOf } from '../batches';
import { descend } from '../descent';
import {
  type Axis,
  type Bundle,
  type Contender,
  type ExperimentResult,
  type Look,
  layerHere,
  type MakeLayer,
  type Point,
  pointsOf,
  type Switches,
} from '../experiments/experiment';
import { type Spread, startsFrom } from '../experiments/starts';
import { type OcpLayer, ocpLayer } from '../layer';
import { makePlant, type Plant } from '../plant';
import { type Rollout, rollout } from '../rollout';
import { answered, Distance, type Lesson, type Question } from './lessons';
import { networkAlone, networkAndMpc, type Student } from './student';

type Context = readonly number[];

export interface NetworkTask {
  /** Parameters that the network is to tell, and about what they are. */
  readonly learned: readonly string[];
  readonly nominal: readonly number[];
  /** What they are in a context. */
  readonly truth: (context: Context) => readonly number[];
  /** Entries of a context, each between 0 and 1. */
  readonly contextSize: number;
  /** Widths of the hidden layers. */
  readonly hidden: readonly number[];
  /** States in which the expert is asked. */
  readonly spread: Spread;
  readonly lessons: number;
  /** Lessons that nobody learns from. */
  readonly unseen: number;
  /** The context of the landscape, and those of the closed loops. */
  readonly shown: Context;
  readonly driven: readonly Context[];
  /** Where the loops begin, and their length. */
  readonly initial: readonly number[];
  readonly samples: number;
  /** Of the first two parameters. */
  readonly axes: readonly [Axis, Axis];
  readonly rate: number;
  readonly clip: number;
  readonly goal: number;
  readonly steps: number;
}

/** To be called when jax-js has been started. */
export async function networkInFront(
  problem: Problem,
  task: NetworkTask,
  switches: Switches,
  makeLayer: MakeLayer = layerHere,
): Promise<ExperimentResult> {
  const { learned, truth, axes, goal, steps, hidden, nominal } = task;
  const { seed, hessian, tau, warm } = switches;
  const options = { inputs: [...learned, 'x0'], outputs: ['u0'] as const };
  const trained = await makeLayer(problem, { ...options, hessian, tau, warm }, task.lessons);
  if (!trained.ok) return trained;
  const plain = ocpLayer(problem, { ...options, warm: false });
  if (!plain.ok) return plain;
  const drives = drivesOf(problem, task);
  if (!drives.ok) return drives;

  const actor = plain.layer;
  const expert = (questions: readonly Question[]): Float64Array =>
    withParameters(actor, questions, ({ context }) => truth(context));
  const taught = lessonsOf(task, task.lessons, 2 * seed, expert);
  const unseen = lessonsOf(task, task.unseen, 2 * seed + 1, expert);
  const distance = new Distance(taught);
  const common = { lessons: taught, distance, hidden, seed };

  const contender = (name: string, student: Student): Contender => ({
    name,
    path: async function* () {
      await trained.layer.forget();
      const batches = batchesOf(taught.length, switches.batch, seed);
      const path = pointsOf(descend(student.objective, student.start, { ...task, signed: true, batches }), 1);
      return yield* told(path, (theta) => student.tell(theta, task.shown));
    },
    look: (theta) => {
      const runs = drives.all((questions) => student.act(theta, questions));
      return lookOf(runs, distance.of(student.act(theta, unseen), unseen));
    },
  });
  const asked = taught.map(({ state }): Question => ({ context: task.shown, state }));
  const wanted = answered(asked, expert(asked));
  return {
    ok: true,
    experiment: {
      learned,
      truth: truth(task.shown),
      axes,
      goal,
      steps,
      samples: taught.length,
      unit: 'steps',
      contenders: [
        contender('network and MPC', networkAndMpc({ ...common, layer: trained.layer, actor, nominal })),
        contender('network alone', networkAlone(common)),
      ],
      plane:
        () =>
        (...parameters) =>
          distance.of(
            withParameters(actor, asked, () => parameters),
            wanted,
          ),
      problem,
      times: drives.times,
      reference: bundleOf(drives.all(expert)),
    },
  };
}

/** First controls, question after question, of the MPC with the parameters of each. */
function withParameters(
  layer: OcpLayer<'u0'>,
  questions: readonly Question[],
  parameters: (question: Question) => readonly number[],
): Float64Array {
  const inputs = questions.flatMap((question) => [...parameters(question), ...Array.from(question.state)]);
  return layer.forward(Float64Array.from(inputs)).outputs.u0;
}

function lessonsOf(
  { spread, contextSize }: NetworkTask,
  count: number,
  seed: number,
  expert: (questions: readonly Question[]) => Float64Array,
): Lesson[] {
  const random = new SeededRandom(seed);
  const questions = startsFrom(spread, count, seed).map((state) => ({
    state,
    context: Array.from({ length: contextSize }, () => random.uniform()),
  }));
  return answered(questions, expert(questions));
}

type Drives =
  | {
      readonly ok: true;
      readonly times: Float64Array;
      /** The closed loop in each of the contexts. */
      all(act: (questions: readonly Question[]) => Float64Array): Rollout[];
    }
  | { readonly ok: false; readonly message: string };

/** Plants that are as the truth has it, in the contexts of the closed loops. */
function drivesOf(problem: Problem, { driven, learned, truth, initial, samples }: NetworkTask): Drives {
  const plants: Plant[] = [];
  for (const context of driven) {
    const parameters = problem.parameters.map(({ name, value }) => truth(context)[learned.indexOf(name)] ?? value);
    const made = makePlant(problem, { parameters });
    if (!made.ok) return made;
    plants.push(made.plant);
  }
  return {
    ok: true,
    times: Float64Array.from({ length: samples + 1 }, (_, k) => k * plants[0].samplingTime),
    all: (act) => {
      const policy = (states: readonly Float64Array[]): Float64Array =>
        act(states.map((state, i) => ({ context: driven[i], state })));
      return rollout(plants, policy, initial, samples);
    },
  };
}

function lookOf(runs: readonly Rollout[], unseen: number): Look {
  return {
    trajectories: bundleOf(runs),
    readings: [
      { name: 'loss in unseen contexts', value: unseen, unit: '' },
      {
        name: 'cost of the closed loops',
        value: runs.reduce((sum, { cost }) => sum + cost, 0) / runs.length,
        unit: '',
      },
      {
        name: 'largest violation of a constraint',
        value: Math.max(...runs.map(({ violation }) => violation)),
        unit: '',
      },
    ],
  };
}

function bundleOf(runs: readonly Rollout[]): Bundle {
  return { x: runs.map(({ x }) => x), u: runs.map(({ u }) => u) };
}

/** The path with what the network tells in the place of its weights. */
async function* told(
  path: AsyncGenerator<Point, never>,
  tell: (theta: Float64Array) => Float64Array | null,
): AsyncGenerator<Point, never> {
  for (;;) {
    const point = (await path.next()).value;
    yield { ...point, values: tell(point.theta) };
  }
}
