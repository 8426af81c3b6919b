/**
 * A problem apart from its numbers. What is compiled depends on the shape of the expressions, not on whether the text says
 * 9.81 or 1.62: the numbers become symbols, their values inputs of the solver, and two problems of the same `key` can be
 * solved by the same kernels.
 *
 * Within an expression equal numbers are one symbol, as they are one node; 0 and exponents stay, since they decide what
 * depends on what and how derivatives look. A number that is all of an initial value, a bound, a penalty, a guess, a
 * duration or a signal is a symbol of its own.
 */
import { type Graph, type Node, substitute } from '../expression';
import type { Constraint, Guess, Problem } from './problem';

export interface Structure {
  /** With its numbers as symbols; nodes of the same graph. */
  readonly problem: Problem;
  /** Equal for problems that differ in numbers, default values, ranges and descriptions only. */
  readonly key: string;
}

export function structureOf(problem: Problem): Structure {
  const { graph } = problem;
  const numbers = [...problem.numbers];
  const symbolFor = (value: number): Node => {
    const symbol = graph.symbol(String(value));
    numbers.push({ symbol, value });
    return symbol;
  };
  const roots = expressionsOf(problem).filter((node) => !graph.isConstant(node));
  const order = inOrder(graph, roots);
  const staying = new Set(order.filter((node) => graph.primitive(node) === 'pow').map((node) => graph.second(node)));
  const within = order.filter((node) => graph.isConstant(node) && !graph.isConstant(node, 0) && !staying.has(node));
  const symbols = new Map(within.map((node) => [node, symbolFor(graph.value(node))]));
  const images = new Map(substitute(graph, roots, symbols).map((image, i) => [roots[i], image]));
  const image = (node: Node): Node => images.get(node) ?? symbols.get(node) ?? node;
  const value = (node: Node): Node => (graph.isConstant(node) ? symbolFor(graph.value(node)) : image(node));
  const lifted = { ...mapExpressions(problem, image, value), numbers };
  return { problem: lifted, key: keyOf(lifted) };
}

/** Everything in which two problems of one structure agree, as text. */
function keyOf(problem: Problem): string {
  const { graph, parameters, numbers, states, controls, algebraics, signals, constraints, horizon, solver } = problem;
  const inputs = [parameters, states, controls, algebraics, signals];
  return JSON.stringify([
    inputs.map((list) => list.map(({ name }) => name)),
    problem.arrays,
    problem.dynamics.kind,
    states.map(({ initial }) => initial === null),
    constraints.map(({ name, from, to, lower, upper, soft }) => [
      name,
      from,
      to,
      [lower, upper, soft].map((one) => one === null),
    ]),
    [horizon.steps, horizon.integrator, horizon.substeps, horizon.quadrature, horizon.lengths === null],
    [solver.method, solver.hessian, solver.regularize, solver.globalization],
    shapeOf(
      graph,
      expressionsOf(problem),
      [...inputs, numbers].flat().map(({ symbol }) => symbol),
    ),
  ]);
}

/** The graph below the roots: a constant by its value, another node by its primitive and the places of its operands. */
function shapeOf(graph: Graph, roots: readonly Node[], symbols: readonly Node[]): unknown[] {
  const places = new Map(symbols.map((symbol, i): [Node, number] => [symbol, i]));
  const nodes = inOrder(graph, roots)
    .filter((node) => !places.has(node))
    .map((node) => {
      places.set(node, places.size);
      const below = graph.operands(node).map((operand) => places.get(operand));
      return below.length === 0 ? graph.value(node) : [graph.primitive(node), ...below];
    });
  return [symbols.length, nodes, roots.map((root) => places.get(root))];
}

/** All expressions of the problem. */
function expressionsOf(problem: Problem): Node[] {
  const found: Node[] = [];
  mapExpressions(problem, (node) => {
    found.push(node);
    return node;
  });
  return found;
}

/** The problem with its expressions, one after the other, exchanged; `value` for those free of variables. */
function mapExpressions(problem: Problem, image: (node: Node) => Node, value = image): Problem {
  const { states, signals, dynamics, cost, constraints, horizon, guess } = problem;
  const optional = (node: Node | null): Node | null => (node === null ? null : value(node));
  const ends = ({ from, to }: Guess): Guess => ({ from: value(from), to: value(to) });
  const bounds = ({ lower, upper }: Constraint): Pick<Constraint, 'lower' | 'upper'> => {
    const image = optional(lower);
    // The two sides of an equality are one node.
    return { lower: image, upper: upper === lower ? image : optional(upper) };
  };
  return {
    ...problem,
    states: states.map((state) => ({ ...state, initial: optional(state.initial) })),
    signals: signals.map((signal) => ({ ...signal, values: signal.values.map(value) })),
    dynamics: { ...dynamics, rhs: dynamics.rhs.map(image), algebraic: dynamics.algebraic.map(image) },
    cost: { integral: image(cost.integral), sum: image(cost.sum), terminal: image(cost.terminal) },
    constraints: constraints.map((constraint) => ({
      ...constraint,
      ...bounds(constraint),
      expression: image(constraint.expression),
      soft: constraint.soft && { l1: value(constraint.soft.l1), l2: value(constraint.soft.l2) },
    })),
    horizon: { ...horizon, duration: value(horizon.duration), lengths: horizon.lengths?.map(value) ?? null },
    guess: {
      states: guess.states.map(ends),
      controls: guess.controls.map(ends),
      algebraics: guess.algebraics.map(ends),
    },
  };
}

/** The nodes below the roots as a walk from the first root on meets them, operands first. */
function inOrder(graph: Graph, roots: readonly Node[]): Node[] {
  const met = new Set<Node>();
  for (const root of roots) {
    const open = [root];
    for (let node = open.at(-1); node !== undefined; node = open.at(-1)) {
      const next = met.has(node) ? undefined : graph.operands(node).find((operand) => !met.has(operand));
      if (next !== undefined) open.push(next);
      else met.add(open.pop() as Node);
    }
  }
  return [...met];
}
