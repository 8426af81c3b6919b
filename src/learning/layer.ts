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
import { type ColumnMap, findColumns } from './columns';
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

export interface LayerRun<O extends OutputName> {
  readonly batch: number;
  /** Zero where an instance did not converge. */
  readonly outputs: LayerArrays<O>;
  /** 1 where the instance converged, [batch]. */
  readonly converged: Uint8Array;
  /** How many did not. */
  readonly failed: number;
  readonly solutions: readonly Solution[];
  /** Cotangents of the outputs, shaped as these, to cotangents of the inputs. What is left out is zero. */
  backward(cotangents: Partial<LayerArrays<O>>): LayerGradient;
}

export type LayerResult<O extends OutputName> =
  | { readonly ok: true; readonly layer: OcpLayer<O> }
  | { readonly ok: false; readonly message: string };

/** Compile the layer; says in plain words why it cannot. */
export function ocpLayer<O extends OutputName>(problem: Problem, options: LayerOptions<O>): LayerResult<O> {
  const base = {
    parameters: options.fixed?.parameters ?? Float64Array.from(problem.parameters, ({ value }) => value),
    initial: options.fixed?.initial ?? new Float64Array(problem.states.length).fill(Number.NaN),
  };
  const found = findColumns(problem, options.inputs, base);
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

export class OcpLayer<O extends OutputName> {
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

  /** Names of the inputs, one a column. */
  get inputs(): readonly string[] {
    return this.columns.names;
  }

  /** Numbers an instance has of this output. */
  width(name: O): number {
    return this.outputs.width(name);
  }

  /** Forget the solutions that samples start from. */
  forget(): void {
    this.last.clear();
  }

  /** `values` [batch][inputs]. */
  forward(values: Float64Array, options: ForwardOptions = {}): LayerRun<O> {
    const instances = this.instances(values, options);
    return this.finish(instances, this.solveBatch(instances, this.settings), options);
  }

  /** The same solved elsewhere, say on a pool of threads. */
  async forwardOn(
    solve: (...batch: Parameters<SolveBatch>) => Promise<readonly Solution[]>,
    values: Float64Array,
    options: ForwardOptions = {},
  ): Promise<LayerRun<O>> {
    const instances = this.instances(values, options);
    return this.finish(instances, await solve(instances, this.settings), options);
  }

  private instances(values: Float64Array, { samples, shift = false }: ForwardOptions): Instance[] {
    const { count } = this.columns;
    const batch = samples?.length ?? Math.floor(values.length / count);
    return Array.from({ length: batch }, (_, i) => {
      const near = this.warm ? this.last.get(samples?.[i] ?? i) : undefined;
      return { inputs: this.columns.instance(values, i * count), near: near ?? null, shift };
    });
  }

  private finish(
    instances: readonly Instance[],
    solutions: readonly Solution[],
    { samples }: ForwardOptions,
  ): LayerRun<O> {
    const batch = instances.length;
    const outputs = this.outputs.zeros(batch);
    const converged = Uint8Array.from(solutions, ({ status }) => (this.usable.includes(status) ? 1 : 0));
    solutions.forEach((solution, i) => {
      if (!converged[i]) return;
      this.outputs.write(outputs, i, solution);
      if (this.warm) this.last.set(samples?.[i] ?? i, solution);
    });
    return {
      batch,
      outputs,
      converged,
      failed: batch - converged.reduce((sum, one) => sum + one, 0),
      solutions,
      backward: (cotangents) =>
        this.backward(
          instances.map(({ inputs }) => inputs),
          solutions,
          converged,
          cotangents,
        ),
    };
  }

  private backward(
    instances: readonly Inputs[],
    solutions: readonly Solution[],
    converged: Uint8Array,
    cotangents: Partial<LayerArrays<O>>,
  ): LayerGradient {
    const { count } = this.columns;
    const inputs = new Float64Array(instances.length * count);
    let [masked, doubtful, reason] = [0, 0, ''];
    instances.forEach((instance, i) => {
      const seed = converged[i] ? this.outputs.seed(cotangents, i) : null;
      if (!seed) {
        masked += 1 - converged[i];
        return;
      }
      const pulled = this.pull(instance, solutions[i], inputs.subarray(i * count, (i + 1) * count), seed);
      if (pulled === null) masked++;
      else if (pulled !== '') {
        doubtful++;
        reason ||= pulled;
      }
    });
    return { inputs, masked, doubtful, reason };
  }

  /** The gradient of one instance into `target`: why it is doubtful, else empty; null where there is none. */
  private pull(inputs: Inputs, solution: Solution, target: Float64Array, seed: Seed): string | null {
    if (!this.exact.visit(inputs, solution, this.settings)) return null;
    const { gradient, columns, valid, reason } = pullBack(this.exact.solver, seed, this.hessian);
    this.among ??= this.columns.among(columns);
    const chosen = Float64Array.from(this.among, (j) => gradient[j]);
    if (!chosen.every(Number.isFinite)) return null;
    target.set(chosen);
    return valid ? '' : reason;
  }
}
