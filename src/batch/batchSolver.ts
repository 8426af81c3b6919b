/** One problem for many parameters and initial states: the solver in lanes, and the ordinary one for what fails there. */
import { compileLanes, hasLanes, instantiate, type Module } from '../kernel';
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
        return instantiate(module);
      },
      () => compileSolver(elastic(problem)),
    );
    // A real-time iteration is a single step: there is nothing to keep lanes busy with.
    if (method.method === 'rti') return new BatchSolver(alone, { maxIterations: 1 }, null, null);
    if (!hasLanes()) return new BatchSolver(alone, {}, null, null);
    const [module] = modules;
    const code = compiled ?? compileLanes(module);
    return new BatchSolver(alone, {}, new Lanes(alone, module, code), code);
  }

  private constructor(
    private readonly alone: Solver,
    private readonly limits: Partial<Settings>,
    private readonly lanes: Lanes | null,
    /** The code of the lanes, for other threads; null where there are none. */
    readonly compiled: WebAssembly.Module | null,
  ) {}

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
