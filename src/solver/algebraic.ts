/**
 * Whether the algebraic equations can be met along a trajectory: at every stage the least squares
 *
 *   min over y of |g(x_k, y, u_k)|^2
 *
 * by the method of Levenberg and Marquardt (Nocedal & Wright 2006, section 10.3), from the algebraic variables there.
 */
import { evaluate, jacobian, type Node, substitute, text } from '../expression';
import { knownValues, type Problem } from '../problem';
import type { Inputs } from './solution';
import { type Path, stagePoint, type Values } from './stagePoint';

/** What is left of an equation that has no solution. */
const UNMET = 1e-6;
const MAX_ITERATIONS = 100;
const FIRST_DAMPING = 1e-3;
const LARGEST_DAMPING = 1e12;
const LONGEST_TEXT = 60;

/** The first equation that no algebraic variables near the trajectory meet, in words; null if there are some. */
export function unmetAlgebraic(problem: Problem, inputs: Inputs, path: Path): string | null {
  if (problem.algebraics.length === 0) return null;
  const constant = knownValues(problem, inputs.parameters);
  for (let k = 0; k < problem.horizon.steps; k++) {
    const left = leastResiduals(problem, stagePoint(problem, constant, path, k)).map(Math.abs);
    const largest = Math.max(...left);
    if (largest > UNMET)
      return `${equationName(problem, left.indexOf(largest))} has no solution at stage ${k} (${largest.toPrecision(3)} is left)`;
  }
  return null;
}

export function equationName({ graph, dynamics, numbers }: Problem, i: number): string {
  const values = new Map(numbers.map(({ symbol, value }) => [symbol, graph.constant(value)]));
  const [equation] = substitute(graph, [dynamics.algebraic[i]], values);
  return `the algebraic equation 0 = ${text(graph, equation, LONGEST_TEXT)}`;
}

/** g where its norm is least, [ny]. */
function leastResiduals({ graph, dynamics, algebraics }: Problem, start: Values): number[] {
  const { algebraic } = dynamics;
  const symbols = algebraics.map(({ symbol }) => symbol);
  const entries = jacobian(graph, algebraic, symbols);
  const point = new Map(start);
  const at = (y: readonly number[], nodes: readonly Node[]): number[] => {
    symbols.forEach((symbol, i) => point.set(symbol, y[i]));
    return evaluate(graph, nodes, point);
  };
  let y = symbols.map((symbol) => start.get(symbol) ?? 0);
  let g = at(y, algebraic);
  let damping = FIRST_DAMPING;
  for (let iteration = 0; iteration < MAX_ITERATIONS && damping < LARGEST_DAMPING; iteration++) {
    const slopes = at(
      y,
      entries.map(({ value }) => value),
    );
    const gradient = symbols.map(() => 0);
    const normal = symbols.map(() => symbols.map(() => 0));
    entries.forEach((a, i) => {
      gradient[a.column] += slopes[i] * g[a.row];
      entries.forEach((b, j) => {
        if (a.row === b.row) normal[a.column][b.column] += slopes[i] * slopes[j];
      });
    });
    normal.forEach((row, i) => {
      row[i] += damping * (1 + row[i]);
    });
    const step = solvePositive(normal, gradient);
    const next = y.map((value, i) => value - step[i]);
    const there = at(next, algebraic);
    if (norm(there) < norm(g)) {
      [y, g] = [next, there];
      damping /= 10;
    } else damping *= 10;
  }
  return g;
}

/** Gaussian elimination without pivoting: the matrix is symmetric positive definite. */
function solvePositive(matrix: readonly number[][], vector: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, vector[i]]);
  rows.forEach((pivot, p) => {
    rows.forEach((row, i) => {
      if (i === p) return;
      const factor = row[p] / pivot[p];
      for (let j = p; j < row.length; j++) row[j] -= factor * pivot[j];
    });
  });
  return rows.map((row, i) => row[row.length - 1] / row[i]);
}

const norm = (values: readonly number[]): number => Math.hypot(...values);
