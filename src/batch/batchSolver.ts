/** One problem for many parameters and initial states: the solver in lanes, and the ordinary one for what fails there. */
import { compileLanes, type Executable, hasLanes, instantiate, type Module } from '../kernel';
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
import { type Ended, Lanes, type Numbered } from './lanes';

export interface BatchSettings extends Partial<Settings> {
  /** Start from a neighbour's solution, where that converges: for instances in an order in which neighbours are alike. */
  readonly warm?: boolean;
}

export class BatchSolver {
  /**
   * What `options` leaves open is as the problem's text says, else the default. Throws GraphLimitError where the derivatives
   * outgrow the graph, NoSquaresError where the cost has no Gauss-Newton Hessian and that is asked for. `compiled`: of
   * another solver of the same problem and options.
   */
  static compile(
    problem: Problem,
    options: Partial<MethodOptions> = {},
    compiled: WebAssembly.Module | null = null,
  ): BatchSolver {
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
    if (method.method === 'rti') return new BatchSolver(alone, { maxIterations: 1 }, null, null);
    return new BatchSolver(alone, {}, hasLanes() ? modules[0] : null, compiled);
  }

  private lanes: Lanes | null = null;

  private constructor(
    private readonly alone: Solver,
    private readonly limits: Partial<Settings>,
    /** The kernels of the lanes; null where there are none. */
    private readonly module: Module | null,
    private code: WebAssembly.Module | null,
  ) {}

  /** The code of the lanes, for other threads, compiled when it is first wanted; null where there are none. */
  get compiled(): WebAssembly.Module | null {
    if (this.module) this.code ??= compileLanes(this.module);
    return this.code;
  }

  /** The code of the lanes as another thread has compiled it, before anything is solved. */
  adopt(compiled: WebAssembly.Module): void {
    this.code ??= compiled;
  }

  get problem(): Problem {
    return this.alone.problem;
  }

  /**
   * A solution for every instance, in the order in which they end. Those that do not converge in their lane are solved
   * once more by the ordinary solver, which knows further starts, and whose status and message count.
   */
  *solve(instances: Iterable<Inputs>, { warm = false, ...given }: BatchSettings = {}): Generator<Ended> {
    const settings = { ...defaults, ...settingsOf(this.problem), ...given, ...this.limits };
    const numbered = number(instances);
    if (this.module && this.compiled) this.lanes ??= new Lanes(this.alone, this.module, this.compiled);
    if (!this.lanes) {
      for (const { index, inputs } of numbered)
        yield { index, inputs, solution: this.alone.solve(inputs, settings, { warm }) };
      return;
    }
    for (const ended of this.lanes.solve(numbered, settings, warm)) {
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
