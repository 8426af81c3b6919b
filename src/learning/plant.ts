/**
 * The system that a controller acts on: the dynamics of a problem with parameters of their own, sampled with the length of its
 * steps, the control held in between. Its stage cost is what closed loops are judged by,
 *
 *   h l(x, u) + s(x, u) + sum of penalties h (l1 e + l2 e^2 / 2) of violations e,
 *
 * with the weights of the text where a constraint is soft, and (0, `penalty`) where it is hard. Steps, costs and their
 * vector-Jacobian products are kernels.
 */
import { type Graph, GraphLimitError, type Node, substitute, vjp } from '../expression';
import { type Executable, GraphLowering, instantiate, Program } from '../kernel';
import type { Constraint, Problem } from '../problem';

export interface PlantOptions {
  /** [np]; as in the text if left out. */
  readonly parameters?: ArrayLike<number>;
  /** Classical Runge-Kutta steps a sample, for continuous dynamics; default 4. */
  readonly substeps?: number;
  /** Price of violated hard constraints; default 0. */
  readonly penalty?: number;
}

export type PlantResult =
  | { readonly ok: true; readonly plant: Plant }
  | { readonly ok: false; readonly message: string };

export function makePlant(problem: Problem, options: PlantOptions = {}): PlantResult {
  const message = refusal(problem);
  if (message !== null) return { ok: false, message };
  try {
    return { ok: true, plant: new Plant(problem, options) };
  } catch (error) {
    if (error instanceof GraphLimitError) return { ok: false, message: error.message };
    throw error;
  }
}

function refusal({ algebraics, signals, horizon }: Problem): string | null {
  if (algebraics.length > 0) return 'A plant with algebraic variables cannot be simulated in closed loop yet.';
  if (signals.length > 0) return 'A plant that depends on time or on signals cannot be simulated in closed loop yet.';
  if (horizon.lengths) return 'A plant needs steps of equal length: take `grid` out of the horizon.';
  return null;
}

/** Not re-entrant. */
export class Plant {
  readonly nx: number;
  readonly nu: number;
  /** The constraints that are watched. */
  readonly constraints: readonly string[];
  /** Time from sample to sample. */
  readonly samplingTime: number;
  private readonly kernel: Executable;
  private readonly buffers;
  private readonly substeps: number;

  constructor(
    readonly problem: Problem,
    { parameters, substeps = 4, penalty = 0 }: PlantOptions,
  ) {
    this.nx = problem.states.length;
    this.nu = problem.controls.length;
    this.substeps = problem.dynamics.kind === 'discrete' ? 1 : substeps;
    const watched = pathConstraints(problem);
    this.constraints = watched.map(({ name }) => name);
    const kernel = instantiate(defineKernels(problem, this.substeps, penalty, watched));
    this.kernel = kernel;
    const buffer = (name: string): Float64Array => kernel.buffer(name);
    this.buffers = {
      x: buffer('x'),
      u: buffer('u'),
      next: buffer('next'),
      seed: buffer('seed'),
      dx: buffer('dx'),
      du: buffer('du'),
      cost: buffer('cost'),
      violations: buffer('violations'),
    };
    buffer('p').set(parameters ?? problem.parameters.map(({ value }) => value));
    kernel.run('sampling');
    this.samplingTime = buffer('h')[0];
  }

  /** The next state [nx] into `next`. */
  step(x: Float64Array, u: Float64Array, next: Float64Array): void {
    this.buffers.u.set(u);
    this.buffers.next.set(x);
    for (let i = 0; i < this.substeps; i++) {
      this.buffers.x.set(this.buffers.next);
      this.kernel.run('step');
    }
    next.set(this.buffers.next);
  }

  /** Cotangent of the next state to those of x and u, added to `dx` and `du`. */
  pullStep(x: Float64Array, u: Float64Array, seed: Float64Array, dx: Float64Array, du: Float64Array): void {
    const { buffers, kernel } = this;
    const visited: Float64Array[] = [];
    buffers.u.set(u);
    buffers.next.set(x);
    for (let i = 0; i < this.substeps; i++) {
      visited.push(buffers.next.slice());
      buffers.x.set(buffers.next);
      kernel.run('step');
    }
    buffers.dx.set(seed);
    for (const at of visited.reverse()) {
      buffers.seed.set(buffers.dx);
      buffers.x.set(at);
      kernel.run('pullStep');
      add(du, buffers.du);
    }
    add(dx, buffers.dx);
  }

  /** Of a stage; u null: of the last one. */
  cost(x: Float64Array, u: Float64Array | null): number {
    this.place(x, u);
    this.kernel.run(u ? 'stageCost' : 'terminalCost');
    return this.buffers.cost[0];
  }

  /** Its gradient times `seed`, added to `dx` and `du`. */
  pullCost(seed: number, x: Float64Array, u: Float64Array | null, dx: Float64Array, du: Float64Array | null): void {
    this.place(x, u);
    this.buffers.seed[0] = seed;
    this.kernel.run(u ? 'pullStageCost' : 'pullTerminalCost');
    add(dx, this.buffers.dx);
    if (du) add(du, this.buffers.du);
  }

  /** By how much each constraint is violated, [constraints]. */
  violations(x: Float64Array, u: Float64Array, target: Float64Array): void {
    this.place(x, u);
    this.kernel.run('watch');
    target.set(this.buffers.violations);
  }

  private place(x: Float64Array, u: Float64Array | null): void {
    this.buffers.x.set(x);
    if (u) this.buffers.u.set(u);
  }
}

/** What holds all along a closed loop: constraints of the second stage, or of the first where there is but one. */
function pathConstraints({ constraints, horizon }: Problem): Constraint[] {
  const stage = Math.min(1, horizon.steps - 1);
  return constraints.filter(({ from, to }) => from <= stage && stage <= to);
}

function defineKernels(problem: Problem, substeps: number, penalty: number, watched: readonly Constraint[]) {
  const { graph, horizon, cost } = problem;
  const program = new Program();
  const [x, u, p] = [problem.states, problem.controls, problem.parameters].map((list) => list.map((v) => v.symbol));
  const inputs = { x, u, p };
  const seeds = x.map((_, i) => graph.symbol(`seed${i}`));
  const places = {
    x: program.buffer('x', x.length),
    u: program.buffer('u', u.length),
    p: program.buffer('p', p.length),
  };
  const seed = program.buffer('seed', Math.max(1, x.length));
  const targets = {
    h: program.buffer('h', 1),
    next: program.buffer('next', x.length),
    dx: program.buffer('dx', x.length),
    du: program.buffer('du', u.length),
    cost: program.buffer('cost', 1),
    violations: program.buffer('violations', watched.length),
  };
  const procedure = (name: string, results: Partial<Record<keyof typeof targets, readonly Node[]>>): void => {
    program.procedure(name, () => {
      const lowering = new GraphLowering(program, graph);
      for (const key of ['x', 'u', 'p'] as const)
        inputs[key].forEach((symbol, i) => lowering.bind(symbol, program.let(places[key].at(i))));
      seeds.forEach((symbol, i) => lowering.bind(symbol, program.let(seed.at(i))));
      const wanted = Object.entries(results) as [keyof typeof targets, readonly Node[]][];
      const values = lowering.lower(wanted.flatMap(([, nodes]) => nodes));
      let from = 0;
      for (const [key, nodes] of wanted) for (const i of nodes.keys()) targets[key].at(i).set(values[from++]);
    });
  };

  const h = graph.div(horizon.duration, graph.constant(horizon.steps));
  const next =
    problem.dynamics.kind === 'discrete'
      ? problem.dynamics.rhs
      : rungeKutta(graph, problem.dynamics.rhs, x, graph.div(h, graph.constant(substeps)));
  procedure('sampling', { h: [h] });
  procedure('step', { next });
  procedure('pullStep', { dx: vjp(graph, next, seeds, x), du: vjp(graph, next, seeds, u) });

  const violations = watched.map((constraint) => violation(graph, constraint));
  const penalties = watched.map(({ soft }, i) => {
    const [l1, l2] = soft ? [soft.l1, soft.l2] : [graph.constant(0), graph.constant(penalty)];
    const quadratic = graph.mul(graph.constant(0.5), graph.mul(l2, violations[i]));
    return graph.mul(h, graph.mul(violations[i], graph.add(l1, quadratic)));
  });
  const stageCost = graph.sum([graph.mul(h, cost.integral), cost.sum, ...penalties]);
  const first = seeds.slice(0, 1);
  procedure('stageCost', { cost: [stageCost] });
  procedure('terminalCost', { cost: [cost.terminal] });
  procedure('pullStageCost', { dx: vjp(graph, [stageCost], first, x), du: vjp(graph, [stageCost], first, u) });
  procedure('pullTerminalCost', { dx: vjp(graph, [cost.terminal], first, x) });
  procedure('watch', { violations });
  return program.module();
}

/** A step of the classical method of fourth order (Hairer, Norsett & Wanner, Solving Ordinary Differential Equations I, II.1). */
function rungeKutta(graph: Graph, slope: readonly Node[], x: readonly Node[], h: Node): Node[] {
  const moved = (share: number, k: readonly Node[]): Node[] =>
    x.map((symbol, i) => graph.add(symbol, graph.mul(graph.mul(graph.constant(share), h), k[i])));
  const at = (point: readonly Node[]): Node[] =>
    substitute(graph, slope, new Map(x.map((symbol, i) => [symbol, point[i]])));
  const k1 = [...slope];
  const k2 = at(moved(1 / 2, k1));
  const k3 = at(moved(1 / 2, k2));
  const k4 = at(moved(1, k3));
  const two = graph.constant(2);
  const mean = x.map((_, i) => graph.sum([k1[i], graph.mul(two, k2[i]), graph.mul(two, k3[i]), k4[i]]));
  return moved(1 / 6, mean);
}

/** max(0, lower - c, c - upper) */
function violation(graph: Graph, { expression, lower, upper }: Constraint): Node {
  const below = lower === null ? graph.constant(0) : graph.sub(lower, expression);
  const above = upper === null ? graph.constant(0) : graph.sub(expression, upper);
  return graph.binary('max', graph.constant(0), graph.binary('max', below, above));
}

function add(target: Float64Array, values: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] += values[i];
}
