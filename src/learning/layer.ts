/**
 * An optimal control problem as a layer of a network (Amos et al. 2018, Differentiable MPC; Frey et al. 2025): forward solves
 * a batch, p -> w*(p); backward is the vector-Jacobian product of that map by the implicit function theorem,
 *
 *   M(w*, p) a = -s,    p' = a' L_wp,
 *
 * one linear system with the exact KKT matrix M an instance, whatever Hessian found w* and however many inputs there are.
 * Instances that did not converge have no derivative: their outputs and gradients are zero, and they are counted.
 */
import { GraphLimitError } from '../expression';
import { discretise, NoSquaresError, NotQuadraticError, type Problem } from '../problem';
import { DifferentiableSolver, type Seed } from '../sensitivity';
import {
  defaults,
  type Inputs,
  type MethodOptions,
  methodOf,
  type PrimalDual,
  type Settings,
  type Solution,
  type Status,
  settingsOf,
} from '../solver';
import { type ColumnMap, type Columns, findColumns } from './columns';
import { type LayerArrays, OutputMap, type OutputName } from './outputs';
import { type Hessian, pullBack } from './pullback';
import { type Instance, plainSolve, type SolveBatch } from './solveBatch';
import { VisitedSolver } from './visited';

export interface LayerOptions<O extends OutputName> {
  /** Parameters and initial states by name, as in `findColumns`; in this order they are the columns of the input. */
  readonly inputs: readonly string[];
  readonly outputs: readonly O[];
  /** Values of what is no input; what is left out is as in the text. */
  readonly fixed?: Partial<Inputs>;
  /** How instances are solved; what is left open is as in the text. */
  readonly method?: Partial<MethodOptions>;
  readonly settings?: Partial<Settings>;
  /** Barrier value: larger ones smooth the kinks where constraints become active. */
  readonly tau?: number | null;
  /** That of the derivatives. Gauss-Newton ones are wrong, and are there to show how much that matters. */
  readonly hessian?: Hessian;
  /** Whether a sample starts from its last solution. */
  readonly warm?: boolean;
  /** Who solves a batch; else the layer itself, on this thread. */
  readonly solve?: SolveBatch;
}

export interface ForwardOptions {
  /** Which sample each instance is, across batches; else the number of the instance. */
  readonly samples?: ArrayLike<number>;
  /** Start one stage on from the last solution, as in closed loop. */
  readonly shift?: boolean;
  /** Where instances start, [batch], as it is, whatever their samples' last solutions; null: there, or at the guess. */
  readonly near?: readonly (PrimalDual | null)[];
}

/** What backward gives. */
export interface LayerGradient {
  /** [batch][inputs] */
  readonly inputs: Float64Array;
  /** Instances whose gradient is zero since they have none: not converged, or not a number. */
  readonly masked: number;
  /** Instances whose derivative is one of several, or of no strict minimum; these count all the same. */
  readonly doubtful: number;
  /** Why the first of the doubtful ones is. */
  readonly reason: string;
}

/** At once, or later where that is done elsewhere. */
export type Awaitable<Value> = Value | Promise<Value>;

/** A batch that has been solved, wherever. */
export interface Forward<O extends OutputName> {
  readonly batch: number;
  /** Zero where an instance did not converge. */
  readonly outputs: LayerArrays<O>;
  /** 1 where the instance converged, [batch]. */
  readonly converged: Uint8Array;
  /** How many did not. */
  readonly failed: number;
  /** Of each solve, [batch]. */
  readonly iterations: Int32Array;
  /** Cotangents of the outputs, shaped as these, to cotangents of the inputs. What is left out is zero. */
  backward(cotangents: Partial<LayerArrays<O>>): Awaitable<LayerGradient>;
}

/** A layer, wherever its batches are solved: on this thread, on others, on a GPU. */
export interface Layer<O extends OutputName> {
  /** Names of the inputs, one a column. */
  readonly inputs: readonly string[];
  /** Numbers an instance has of this output. */
  width(name: O): number;
  /** `values` [batch][inputs]. */
  forward(values: Float64Array, options?: ForwardOptions): Awaitable<Forward<O>>;
  /** Forget the solutions that samples start from. */
  forget(): Awaitable<void>;
}

export interface LayerRun<O extends OutputName> extends Forward<O> {
  readonly solutions: readonly Solution[];
  backward(cotangents: Partial<LayerArrays<O>>): LayerGradient;
}

export type LayerResult<O extends OutputName> =
  | { readonly ok: true; readonly layer: OcpLayer<O> }
  | { readonly ok: false; readonly message: string };

/** Compile the layer; says in plain words why it cannot. */
export function ocpLayer<O extends OutputName>(problem: Problem, options: LayerOptions<O>): LayerResult<O> {
  const found = columnsOf(problem, options);
  if (!found.ok) return found;
  try {
    if (options.hessian === 'gauss-newton') discretise(problem, 'gauss-newton');
    return { ok: true, layer: new OcpLayer(problem, found.columns, options) };
  } catch (error) {
    const known = [GraphLimitError, NoSquaresError, NotQuadraticError].some((kind) => error instanceof kind);
    if (known && error instanceof Error) return { ok: false, message: error.message };
    throw error;
  }
}

/** Where the numbers of the inputs belong in an instance. */
export function columnsOf(problem: Problem, { inputs, fixed }: Pick<LayerOptions<never>, 'inputs' | 'fixed'>): Columns {
  return findColumns(problem, inputs, {
    parameters: fixed?.parameters ?? Float64Array.from(problem.parameters, ({ value }) => value),
    initial: fixed?.initial ?? new Float64Array(problem.states.length).fill(Number.NaN),
  });
}

export class OcpLayer<O extends OutputName> implements Layer<O> {
  /** Has the derivatives; a point that was found otherwise is taken up here. */
  private readonly exact: VisitedSolver;
  private readonly outputs: OutputMap<O>;
  private readonly settings: Settings;
  private readonly solveBatch: SolveBatch;
  /** Ends of a solve that leave a point to go on with: a real-time iteration need not have converged. */
  private readonly usable: readonly Status[];
  private readonly hessian: Hessian;
  private readonly warm: boolean;
  /** The inputs among all columns of a derivative, once these are known. */
  private among: Int32Array | null = null;
  /** The last solution of each sample. */
  private readonly last = new Map<number, PrimalDual>();

  constructor(
    readonly problem: Problem,
    private readonly columns: ColumnMap,
    options: LayerOptions<O>,
  ) {
    const settings = { ...defaults, ...settingsOf(problem), ...options.settings };
    this.settings = { ...settings, tau: options.tau ?? settings.tau };
    this.exact = new VisitedSolver(
      DifferentiableSolver.compile(problem, { method: 'interior-point', hessian: 'exact' }),
    );
    this.outputs = new OutputMap(problem, options.outputs);
    const method = methodOf(problem, options.method);
    this.usable = method.method === 'rti' ? ['converged', 'iteration-limit'] : ['converged'];
    this.solveBatch = options.solve ?? plainSolve(problem, method, this.exact);
    this.hessian = options.hessian ?? 'exact';
    this.warm = options.warm ?? true;
  }

  get inputs(): readonly string[] {
    return this.columns.names;
  }

  width(name: O): number {
    return this.outputs.width(name);
  }

  forget(): void {
    this.last.clear();
  }

  forward(values: Float64Array, { samples, shift = false, near }: ForwardOptions = {}): LayerRun<O> {
    const batch = samples?.length ?? Math.floor(values.length / this.columns.count);
    const sampleOf = (i: number): number => samples?.[i] ?? i;
    const last = (i: number): PrimalDual | undefined => (this.warm ? this.last.get(sampleOf(i)) : undefined);
    const instances = this.inputsOf(values, batch).map(
      (inputs, i): Instance =>
        near?.[i] ? { inputs, near: near[i], shift: false } : { inputs, near: last(i) ?? null, shift },
    );
    const solutions = this.solveBatch(instances, this.settings);
    const outputs = this.outputs.zeros(batch);
    const converged = Uint8Array.from(solutions, ({ status }) => (this.usable.includes(status) ? 1 : 0));
    solutions.forEach((solution, i) => {
      if (!converged[i]) return;
      this.outputs.write(outputs, i, solution);
      if (this.warm) this.last.set(sampleOf(i), solution);
    });
    const points = solutions.map((solution, i) => (converged[i] ? solution : null));
    return {
      batch,
      outputs,
      converged,
      failed: points.filter((point) => point === null).length,
      iterations: Int32Array.from(solutions, ({ iterations }) => iterations),
      solutions,
      backward: (cotangents) =>
        this.pullInstances(
          instances.map(({ inputs }) => inputs),
          points,
          cotangents,
        ),
    };
  }

  /** Backward at solutions [batch] that were found elsewhere; null: there is none. */
  pullback(
    values: Float64Array,
    points: readonly (PrimalDual | null)[],
    cotangents: Partial<LayerArrays<O>>,
  ): LayerGradient {
    return this.pullInstances(this.inputsOf(values, points.length), points, cotangents);
  }

  private inputsOf(values: Float64Array, batch: number): Inputs[] {
    return Array.from({ length: batch }, (_, i) => this.columns.instance(values, i * this.columns.count));
  }

  private pullInstances(
    instances: readonly Inputs[],
    points: readonly (PrimalDual | null)[],
    cotangents: Partial<LayerArrays<O>>,
  ): LayerGradient {
    const { count } = this.columns;
    const inputs = new Float64Array(instances.length * count);
    let [masked, doubtful, reason] = [0, 0, ''];
    instances.forEach((instance, i) => {
      const point = points[i];
      if (!point) masked++;
      const seed = point && this.outputs.seed(cotangents, i);
      if (!seed) return;
      const pulled = this.pull(instance, point, inputs.subarray(i * count, (i + 1) * count), seed);
      if (pulled === null) masked++;
      else if (pulled !== '') {
        doubtful++;
        reason ||= pulled;
      }
    });
    return { inputs, masked, doubtful, reason };
  }

  /** The gradient of one instance into `target`: why it is doubtful, else empty; null where there is none. */
  private pull(inputs: Inputs, point: PrimalDual, target: Float64Array, seed: Seed): string | null {
    if (!this.exact.visit(inputs, point, this.settings)) return null;
    const { gradient, columns, valid, reason } = pullBack(this.exact.solver, seed, this.hessian);
    this.among ??= this.columns.among(columns);
    const chosen = Float64Array.from(this.among, (j) => gradient[j]);
    if (!chosen.every(Number.isFinite)) return null;
    target.set(chosen);
    return valid ? '' : reason;
  }
}
