/** One problem for many parameters and initial states: the solver in lanes, and the ordinary one for what fails there. */
import { type Executable, hasLanes, instantiate, type LaneCount, type Module } from '../kernel';
import { elastic, type Problem } from '../problem';
import {
  compileSolver,
  defaults,
  type Inputs,
  type MethodOptions,
  methodOf,
  type Settings,
  type Solver,
  settingsOf,
} from '../solver';
import { type Ended, type LaneCode, Lanes, laneCode, type Numbered } from './lanes';

export interface BatchSettings extends Partial<Settings> {
  /** Start from a neighbour's solution, where that converges: for instances in an order in which neighbours are alike. */
  readonly warm?: boolean;
}

/** A compiled batch solver as plain data and WebAssembly code: what another thread needs to go on with it. */
export interface BatchCode {
  /** Null where the method keeps no lanes busy, or the engine has none. */
  readonly lanes: LaneCode | null;
  /** What the text asks for, and what the method insists on. */
  readonly settings: Partial<Settings>;
  readonly limits: Partial<Settings>;
}

export class BatchSolver {
  /**
   * What `options` leaves open is as the problem's text says, else the default. Throws GraphLimitError where the derivatives
   * outgrow the graph, NoSquaresError where the cost has no Gauss-Newton Hessian and that is asked for. `count`: instances
   * at once; left out, one where the dense blocks of a single one fill the vectors already, and two elsewhere.
   */
  static compile(problem: Problem, options: Partial<MethodOptions> = {}, count?: LaneCount): BatchSolver {
    const method = methodOf(problem, options);
    const modules: Module[] = [];
    const alone = compileSolver(
      problem,
      method,
      (module) => {
        modules.push(module);
        return whenNeeded(() => instantiate(module));
      },
      () => compileSolver(elastic(problem)),
    );
    // A real-time iteration is a single step: there is nothing to keep lanes busy with.
    const single = method.method === 'rti';
    const code = (): BatchCode => ({
      lanes: !single && hasLanes() ? laneCode(alone, modules[0], count ?? (alone.workspace.tiled ? 1 : 2)) : null,
      settings: settingsOf(problem),
      limits: single ? { maxIterations: 1 } : {},
    });
    return new BatchSolver(code, () => alone);
  }

  /** Goes on with what was compiled elsewhere. `compile` makes the same from the problem; most batches never need it. */
  static adopt(code: BatchCode, compile: () => BatchSolver): BatchSolver {
    return new BatchSolver(
      () => code,
      () => compile().alone,
    );
  }

  private readonly made: { code?: BatchCode; alone?: Solver; lanes?: Lanes } = {};

  private constructor(
    private readonly makeCode: () => BatchCode,
    private readonly makeAlone: () => Solver,
  ) {}

  /** For other threads. */
  get code(): BatchCode {
    this.made.code ??= this.makeCode();
    return this.made.code;
  }

  private get alone(): Solver {
    this.made.alone ??= this.makeAlone();
    return this.made.alone;
  }

  private get lanes(): Lanes | null {
    const { lanes } = this.code;
    if (lanes) this.made.lanes ??= new Lanes(lanes);
    return this.made.lanes ?? null;
  }

  /**
   * A solution for every instance, in the order in which they end. Those that do not converge in their lane are solved
   * once more by the ordinary solver, which knows further starts, and whose status and message count.
   */
  *solve(instances: Iterable<Inputs>, { warm = false, ...given }: BatchSettings = {}): Generator<Ended> {
    const { code, lanes } = this;
    const settings = { ...defaults, ...code.settings, ...given, ...code.limits };
    const numbered = number(instances);
    if (!lanes) {
      for (const { index, inputs } of numbered)
        yield { index, inputs, solution: this.alone.solve(inputs, settings, { warm }) };
      return;
    }
    for (const ended of lanes.solve(numbered, settings, warm)) {
      const { status } = ended.solution;
      const settled = status === 'converged' || status === 'time-limit';
      yield settled ? ended : { ...ended, solution: this.alone.solve(ended.inputs, settings) };
    }
  }
}

function* number(instances: Iterable<Inputs>): Generator<Numbered> {
  let index = 0;
  for (const inputs of instances) yield { index: index++, inputs };
}

/** Most batches never need the ordinary solver's code. */
function whenNeeded(make: () => Executable): Executable {
  let made: Executable | null = null;
  const executable = (): Executable => {
    made ??= make();
    return made;
  };
  return {
    buffer: (name) => executable().buffer(name),
    run: (procedure, ...indices) => executable().run(procedure, ...indices),
  };
}
