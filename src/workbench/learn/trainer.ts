/** One experiment, trained a little at a time so that whoever asks is answered soon. */
import { gallery, layerFigure, network, recover, tune } from '../../gallery';
import { compileText } from '../../language';
import {
  type Advance,
  type Experiment,
  type ExperimentResult,
  type LayerOnThreads,
  type LayerThreads,
  type Look,
  landscape,
  type MakeLayer,
  ocpLayer,
  ocpLayerOn,
  race,
  recoverCost,
  type Square,
  type Switches,
  solutionMap,
  tuneController,
} from '../../learning';
import type { Problem } from '../../problem';
import type { LearningView } from '../../sharing';
import {
  type LayerMaps,
  type LearnInterface,
  type Mapped,
  type Mark,
  type Opened,
  type Outcome,
  type Progress,
  side,
} from './protocol';

/** A thread with fewer samples is not worth its messages: these take as long as a few solves. */
const leastShare = 8;
/** How many times as long as looking takes is left to training before the next look. */
const leisure = 3;

/** Starts so many threads for layers; null where that cannot be. */
export type StartThreads = (count: number) => LayerThreads | null;

export class Trainer implements LearnInterface {
  private threads: LayerThreads | null = null;
  /** Those of the experiment that are on the threads. */
  private readonly layers: Pick<LayerOnThreads<never>, 'close'>[] = [];
  private experiment: Experiment | null = null;
  private advances: AsyncIterator<Advance, never> | null = null;
  /** Where the contenders are. */
  private latest: Float64Array[] = [];
  /** When. */
  private lookAgain = 0;
  private squares: AsyncIterator<Square, void> | null = null;

  constructor(private readonly startThreads: StartThreads = () => null) {}

  async open(view: LearningView, threads: number): Promise<Outcome<Opened>> {
    for (const layer of this.layers.splice(0)) void layer.close();
    const result = await experimentOf(view, (text) => this.layersOn(text, threads));
    if (!result.ok) return result;
    const { experiment } = result;
    this.experiment = experiment;
    this.advances = race(experiment.contenders);
    this.squares = null;
    this.latest = [];
    this.lookAgain = 0;
    return { ok: true, value: described(experiment, this.layers.length > 0 ? (this.threads?.count ?? 1) : 1) };
  }

  /** Who makes the layers of a problem with this text. */
  private layersOn(text: string, most: number): MakeLayer {
    return async (problem, options, samples) => {
      const threads = this.threadsFor(Math.min(most, Math.floor(samples / leastShare)));
      const made = threads && (await ocpLayerOn(threads, { text, problem }, options));
      // Threads that do not start leave all to this one.
      if (!made?.ok) return ocpLayer(problem, options);
      this.layers.push(made.layer);
      return made;
    };
  }

  private threadsFor(count: number): LayerThreads | null {
    if (count <= 1) return null;
    if (this.threads?.count !== count) {
      this.threads?.close();
      this.threads = this.startThreads(count);
    }
    return this.threads;
  }

  async advance(milliseconds: number): Promise<Progress> {
    const nothing = { marks: [], now: [], spent: 0 };
    const { experiment, advances } = this;
    if (!experiment || !advances) return nothing;
    const marks = experiment.contenders.map((): Mark[] => []);
    const last = experiment.contenders.map((): Float64Array | null => null);
    const began = performance.now();
    const over = (): boolean => (milliseconds === 0 ? marks[0].length > 0 : performance.now() - began >= milliseconds);
    do {
      const { contender, point } = (await advances.next()).value;
      if (advances !== this.advances) return nothing;
      const { theta, ...mark } = point;
      marks[contender].push(mark);
      last[contender] = theta;
    } while (!over());
    const spent = performance.now() - began;
    last.forEach((theta, i) => {
      this.latest[i] = theta ?? this.latest[i];
    });
    const now = performance.now() >= this.lookAgain ? this.look() : [];
    return { marks, now, spent };
  }

  look(): readonly (Look | null)[] {
    const began = performance.now();
    const looks = (this.experiment?.contenders ?? []).map(({ look }, i) => {
      const theta = this.latest[i];
      return theta && look ? look(theta) : null;
    });
    const ended = performance.now();
    this.lookAgain = ended + leisure * (ended - began);
    return looks;
  }

  survey(values: Float64Array): void {
    const { experiment } = this;
    this.squares = experiment && landscape(experiment.axes, experiment.plane(values), side);
  }

  maps(): Outcome<LayerMaps> {
    return withExample(layerFigure.example, layerMaps);
  }

  async map(milliseconds: number): Promise<Mapped> {
    const squares: Square[] = [];
    const began = performance.now();
    do {
      const next = await this.squares?.next();
      if (!next || next.done) return { squares, done: true };
      squares.push(next.value);
    } while (performance.now() - began < milliseconds);
    return { squares, done: false };
  }
}

async function experimentOf(view: LearningView, layersOn: (text: string) => MakeLayer): Promise<ExperimentResult> {
  const { seed, batch, hessian, tau, start, solves } = view;
  const switches: Switches = {
    seed,
    batch: batch ?? Number.POSITIVE_INFINITY,
    hessian,
    tau,
    warm: start === 'warm',
    realTime: solves === 'rti',
  };
  switch (view.page) {
    case 'layer':
      return { ok: false, message: 'That is no experiment.' };
    case 'recover':
      return withExample(recover.example, (problem, text) =>
        recoverCost(problem, recover.task, switches, layersOn(text)),
      );
    case 'tune':
      return withExample(tune.example, (problem) => tuneController(problem, tune.task, switches));
    case 'network': {
      // With its library of arrays, which the other experiments do not need.
      const { networkInFront, startJax } = await import('../../learning/jax');
      await startJax();
      return withExample(network.example, (problem, text) =>
        networkInFront(problem, network.task, switches, layersOn(text)),
      );
    }
  }
}

function layerMaps(problem: Problem): Outcome<LayerMaps> {
  const { example: _, tau: smoothing, ...interval } = layerFigure;
  const curves: LayerMaps['curves'][number][] = [];
  for (const { hessian, tau } of [
    { hessian: 'exact', tau: null },
    { hessian: 'gauss-newton', tau: null },
    { hessian: 'exact', tau: smoothing },
  ] as const) {
    const result = solutionMap(problem, { ...interval, hessian, tau });
    if (!result.ok) return result;
    curves.push({ hessian, tau, map: result.map });
  }
  return { ok: true, value: { control: `${problem.controls[0]?.name}(0)`, parameter: interval.parameter, curves } };
}

type Refusal = { readonly ok: false; readonly message: string };

function withExample<Result>(name: string, use: (problem: Problem, text: string) => Result): Result | Refusal {
  const text = gallery.find((entry) => entry.name === name)?.text ?? '';
  const compiled = compileText(text);
  return compiled.ok ? use(compiled.problem, text) : { ok: false, message: `The example ${name} does not compile.` };
}

function described({ contenders, plane: _, problem, ...experiment }: Experiment, threads: number): Opened {
  const names = (of: readonly { readonly name: string }[]): string[] => of.map(({ name }) => name);
  return {
    ...experiment,
    threads,
    contenders: names(contenders),
    states: names(problem.states),
    controls: names(problem.controls),
  };
}
