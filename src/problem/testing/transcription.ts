/**
 * The optimal control problem stage by stage as numbers, straight from the expressions of the Problem: the reference
 * for what the solver's kernels make of it. A Runge-Kutta step is expanded into one expression here.
 */
import { evaluate, hessian, jacobian, type Node, type SparseEntry, substitute } from '../../expression';
import { building } from '../../expression/testing/recipes';
import { type ExplicitIntegrator, isEquality, type Problem } from '../problem';
import { integrate } from './step';

/** A constraint at one stage. */
export interface Row {
  readonly constraint: number;
  readonly value: number;
  readonly gradient: readonly number[];
  readonly lower: number | null;
  readonly upper: number | null;
  readonly isEquality: boolean;
  /** Weights l1 and l2 with the stage's weight in them. */
  readonly soft: { readonly l1: number; readonly l2: number } | null;
}

export interface StageValues {
  readonly cost: number;
  readonly gradient: readonly number[];
  /** Nothing at the last stage. */
  readonly next: readonly number[];
  readonly jacobian: readonly (readonly number[])[];
  readonly rows: readonly Row[];
}

/** An expression with its derivatives by z = (x, u). */
interface Differentiated {
  readonly value: Node;
  readonly gradient: readonly SparseEntry[];
  readonly hessian: readonly SparseEntry[];
}

export class Transcription {
  readonly nx: number;
  readonly nu: number;
  readonly N: number;
  private readonly z: readonly Node[];
  private readonly step: Node;
  private readonly stageCost: Differentiated;
  private readonly terminalCost: Differentiated;
  private readonly following: readonly Differentiated[];
  private readonly constraints: readonly Differentiated[];

  constructor(readonly problem: Problem) {
    const { graph, horizon, cost } = problem;
    this.nx = problem.states.length;
    this.nu = problem.controls.length;
    this.N = horizon.steps;
    this.z = [...problem.states, ...problem.controls].map(({ symbol }) => symbol);
    this.step = graph.div(horizon.duration, graph.constant(horizon.steps));
    this.stageCost = this.differentiate(graph.add(graph.mul(this.step, cost.integral), cost.sum));
    this.terminalCost = this.differentiate(cost.terminal);
    this.following = expandStep(problem, this.step).map((node) => this.differentiate(node));
    this.constraints = problem.constraints.map(({ expression }) => this.differentiate(expression));
  }

  /** x_0 as the problem gives it; null where it is free. */
  initial(parameters: ArrayLike<number>): (number | null)[] {
    const point = this.point(parameters, []);
    return this.problem.states.map(({ initial }) =>
      initial === null ? null : evaluate(this.problem.graph, [initial], point)[0],
    );
  }

  stage(k: number, parameters: ArrayLike<number>, z: readonly number[]): StageValues {
    const terminal = k === this.N;
    const point = this.point(parameters, z);
    const cost = terminal ? this.terminalCost : this.stageCost;
    const following = terminal ? [] : this.following;
    const weight = terminal ? 1 : this.value(this.step, point);
    const rows = this.problem.constraints.flatMap((constraint, index): Row[] => {
      if (k < constraint.from || k > constraint.to) return [];
      const bound = (node: Node | null): number | null => (node === null ? null : this.value(node, point));
      const { soft } = constraint;
      return [
        {
          constraint: index,
          value: this.value(constraint.expression, point),
          gradient: this.gradient(this.constraints[index], point, z.length),
          lower: bound(constraint.lower),
          upper: bound(constraint.upper),
          isEquality: isEquality(constraint) && soft === null,
          soft: soft && { l1: weight * this.value(soft.l1, point), l2: weight * this.value(soft.l2, point) },
        },
      ];
    });
    return {
      cost: this.value(cost.value, point),
      gradient: this.gradient(cost, point, z.length),
      next: following.map(({ value }) => this.value(value, point)),
      jacobian: following.map((f) => this.gradient(f, point, z.length)),
      rows,
    };
  }

  /** d2(L + costate'F + sum of multiplier times constraint)/dz2; the multipliers are those of `stage(k).rows`. */
  hessian(
    k: number,
    parameters: ArrayLike<number>,
    z: readonly number[],
    costate: readonly number[],
    multipliers: readonly number[],
  ): number[][] {
    const point = this.point(parameters, z);
    const total = Array.from({ length: z.length }, () => new Array<number>(z.length).fill(0));
    const add = ({ hessian: entries }: Differentiated, weight: number): void => {
      const values = evaluate(
        this.problem.graph,
        entries.map(({ value }) => value),
        point,
      );
      entries.forEach(({ row, column }, e) => {
        if (row >= z.length) return;
        total[row][column] += weight * values[e];
        if (row !== column) total[column][row] += weight * values[e];
      });
    };
    add(k === this.N ? this.terminalCost : this.stageCost, 1);
    if (k < this.N) this.following.forEach((f, i) => add(f, costate[i]));
    const present = this.problem.constraints.flatMap(({ from, to }, i) => (k < from || k > to ? [] : [i]));
    present.forEach((index, i) => add(this.constraints[index], multipliers[i]));
    return total;
  }

  private differentiate(value: Node): Differentiated {
    const { graph } = this.problem;
    return { value, gradient: jacobian(graph, [value], this.z), hessian: hessian(graph, value, this.z) };
  }

  private gradient({ gradient }: Differentiated, point: ReadonlyMap<Node, number>, length: number): number[] {
    const dense = new Array<number>(length).fill(0);
    const values = evaluate(
      this.problem.graph,
      gradient.map(({ value }) => value),
      point,
    );
    gradient.forEach(({ column }, i) => {
      if (column < length) dense[column] = values[i];
    });
    return dense;
  }

  private value(node: Node, point: ReadonlyMap<Node, number>): number {
    return evaluate(this.problem.graph, [node], point)[0];
  }

  /** Controls that the stage does not have are 0. */
  private point(parameters: ArrayLike<number>, z: readonly number[]): Map<Node, number> {
    return new Map([
      ...this.problem.parameters.map(({ symbol }, i): [Node, number] => [symbol, parameters[i]]),
      ...this.z.map((symbol, i): [Node, number] => [symbol, z[i] ?? 0]),
    ]);
  }
}

/** x_{k+1} as expressions of (x_k, u_k). */
function expandStep({ graph, dynamics, horizon, states }: Problem, step: Node): readonly Node[] {
  if (dynamics.kind === 'discrete') return dynamics.rhs;
  const symbols = states.map(({ symbol }) => symbol);
  const slope = (x: readonly Node[]): Node[] =>
    substitute(graph, dynamics.rhs, new Map(symbols.map((symbol, i) => [symbol, x[i]])));
  const length = graph.div(step, graph.constant(horizon.substeps));
  return integrate(building(graph), horizon.integrator as ExplicitIntegrator, slope, symbols, length, horizon.substeps);
}
