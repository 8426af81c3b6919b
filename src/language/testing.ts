/** Helpers of the tests: texts that are complete but for what a test is about, and numbers out of problems. */
import { evaluate, type Node } from '../expression';
import type { Constraint, Problem } from '../problem';
import { compileText } from './compile';
import type { Diagnostic } from './diagnostics';

/** A problem with the states x (fixed at 1), v (fixed at 0), z (free) and the controls u, w; more lines are added. */
export function completed(...lines: readonly string[]): string {
  return `
    parameter a = 2
    parameter b = 3
    state x = 1
    state v = 0
    state z free
    control u
    control w
    dynamics
      x' = v*a
      v' = u + w + b
      z' = 0
    minimize
      integral x^2 + u^2 + w^2
    horizon 2 s in 10 steps, rk4
    ${lines.join('\n')}
  `;
}

/** The problem of a text that must compile without any diagnostics. */
export function compiled(text: string): Problem {
  const result = compileText(text);
  if (!result.ok || result.diagnostics.length > 0) {
    throw new Error(result.diagnostics.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  }
  return result.problem;
}

/** The same, of a text with more lines. */
export const withLines = (...lines: readonly string[]): Problem => compiled(completed(...lines));

/** Value at the declared parameters and these values of states and controls. */
export function valueAt(problem: Problem, node: Node, values: Readonly<Record<string, number>> = {}): number {
  const point = new Map(problem.parameters.map(({ symbol, name, value }) => [symbol, values[name] ?? value]));
  for (const { symbol, name } of [...problem.states, ...problem.controls]) point.set(symbol, values[name] ?? 0);
  return evaluate(problem.graph, [node], point)[0] as number;
}

/** Sides of a constraint as numbers, its stages, and its expression at a point. */
export function summary(problem: Problem, { name, expression, lower, upper, from, to }: Constraint, at = {}) {
  const side = (node: Node | null) => (node === null ? null : valueAt(problem, node, at));
  return { name, value: valueAt(problem, expression, at), lower: side(lower), upper: side(upper), from, to };
}

/** What is wrong with a text, each with its place in it. */
export function complaints(text: string): (Pick<Diagnostic, 'severity' | 'message' | 'hint'> & { at: string })[] {
  return compileText(text).diagnostics.map(({ severity, message, hint, from, to }) => ({
    severity,
    message,
    hint,
    at: text.slice(from, to),
  }));
}
