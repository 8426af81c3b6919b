/** The words of the language, and what each is for. */
import type { Binary, Unary } from '../expression';

/** Words that open a statement: reserved, so that a mistake in one line cannot swallow the next. */
export const statementWords: ReadonlyMap<string, string> = new Map([
  ['title', 'the name of the problem, in quotes'],
  ['source', 'where the problem comes from, in quotes'],
  ['parameter', 'a number to vary and to differentiate by: parameter m = 0.1 in [0, 1] "mass (kg)"'],
  ['constant', 'a number that stays: constant g = 9.81'],
  ['state', 'a state and its initial value: state v = 0, or state time free'],
  ['control', 'a control and its bounds: control F in [-10, 10]'],
  ['algebraic', 'a variable that an equation `0 = …` determines: algebraic y = 1'],
  ['signal', 'a number known at every stage: signal r = sin(time), or a table signal r = [0, 0, 1]'],
  ['let', 'a name for an expression: let d = M + m'],
  ['dynamics', "section: x' = … (continuous) or x+ = … (discrete) for every state"],
  ['minimize', 'section: integral, sum and terminal costs'],
  ['minimise', 'section: integral, sum and terminal costs'],
  ['subject', 'section: subject to, the constraints'],
  ['horizon', 'duration, steps and integrator: horizon 2 s in 40 steps, rk4'],
  ['solver', 'how to solve it: solver sqp(hessian = gauss-newton)'],
  ['guess', 'section: where the solver starts: x = …, or x from … to …'],
]);

/** Reserved words that do not open a statement, and why. */
const otherReserved: ReadonlyMap<string, string> = new Map([
  ['in', 'it introduces a range'],
  ['for', 'it repeats a line: for i in 1..3: …'],
  ['pi', 'it is the number 3.14159…'],
  ['inf', 'it is infinity, for a bound that is not there'],
]);

/** Why a word cannot be a name; null: it can. */
export function whyReserved(word: string): string | null {
  if (statementWords.has(word)) return 'it opens a statement';
  const other = otherReserved.get(word);
  if (other !== undefined) return other;
  return functions.has(word) && !isArrayFunction(word) ? 'it is a function' : null;
}

export const arrayFunctions = ['sum', 'sumsq', 'dot', 'quad', 'diag', 'eye', 'zeros', 'ones'] as const;
export type ArrayFunction = (typeof arrayFunctions)[number];

/** Their names stay free for variables. */
export function isArrayFunction(word: string): word is ArrayFunction {
  return (arrayFunctions as readonly string[]).includes(word);
}

export interface LanguageFunction {
  readonly signature: string;
  readonly description: string;
  /** Number of arguments; min and max take two or more. */
  readonly least: number;
  readonly most: number;
  readonly operation: { readonly unary: Unary } | { readonly binary: Binary } | { readonly array: ArrayFunction };
}

function unary(name: Unary, description: string, argument = 'x'): [string, LanguageFunction] {
  return [name, { signature: `${name}(${argument})`, description, least: 1, most: 1, operation: { unary: name } }];
}

function array(
  name: ArrayFunction,
  signature: string,
  description: string,
  least = 1,
  most = least,
): [string, LanguageFunction] {
  return [name, { signature: `${name}(${signature})`, description, least, most, operation: { array: name } }];
}

export const functions: ReadonlyMap<string, LanguageFunction> = new Map([
  unary('sin', 'sine, in radians'),
  unary('cos', 'cosine, in radians'),
  unary('tan', 'tangent, in radians'),
  unary('asin', 'inverse sine, in [-pi/2, pi/2]'),
  unary('acos', 'inverse cosine, in [0, pi]'),
  unary('atan', 'inverse tangent, in (-pi/2, pi/2)'),
  unary('sinh', 'hyperbolic sine'),
  unary('cosh', 'hyperbolic cosine'),
  unary('tanh', 'hyperbolic tangent'),
  unary('exp', 'exponential'),
  unary('log', 'natural logarithm'),
  unary('sqrt', 'square root'),
  unary('abs', 'absolute value'),
  [
    'atan2',
    {
      signature: 'atan2(y, x)',
      description: 'angle of the point (x, y), in (-pi, pi]',
      least: 2,
      most: 2,
      operation: { binary: 'atan2' },
    },
  ],
  [
    'min',
    {
      signature: 'min(a, b, …)',
      description: 'the smallest',
      least: 2,
      most: Number.POSITIVE_INFINITY,
      operation: { binary: 'min' },
    },
  ],
  [
    'max',
    {
      signature: 'max(a, b, …)',
      description: 'the largest',
      least: 2,
      most: Number.POSITIVE_INFINITY,
      operation: { binary: 'max' },
    },
  ],
  array('sum', 'v', 'sum of the entries; sum(for i in 1..n: …) adds up expressions'),
  array('sumsq', 'v', 'sum of the squares of the entries'),
  array('dot', 'a, b', 'sum of the products of the entries', 2),
  array('quad', 'x, Q', "the quadratic form x'Qx; Q may be a vector of weights on the squares", 2),
  array('diag', 'v', 'matrix with the vector on its diagonal'),
  array('eye', 'n', 'identity matrix'),
  array('zeros', 'n, m', 'zeros: a vector, or a matrix', 1, 2),
  array('ones', 'n, m', 'ones: a vector, or a matrix', 1, 2),
]);

export const explicitIntegrators = ['rk1', 'rk2', 'rk3', 'rk4'] as const;
/** Collocation methods, with a number of stages from 1 to 4. */
export const implicitIntegrators = ['gauss-legendre', 'radau'] as const;

export const solverMethods = ['interior-point', 'sqp', 'rti', 'admm'] as const;
/** Options of the solver that are words. */
export const solverWords: ReadonlyMap<string, readonly string[]> = new Map([
  ['hessian', ['exact', 'gauss-newton']],
  ['regularize', ['none', 'mirror', 'project']],
  ['globalization', ['merit', 'full']],
]);
/** Options of the solver that are positive numbers. */
export const solverNumbers: ReadonlyMap<string, { readonly whole: boolean }> = new Map([
  ['tolerance', { whole: false }],
  ['tau', { whole: false }],
  ['iterations', { whole: true }],
]);

/** Hard limits of the language, so that no text can hang the program that reads it. */
export const limits = {
  bytes: 64 * 1024,
  states: 64,
  controls: 32,
  algebraics: 32,
  /** Their entries. */
  signals: 64,
  parameters: 256,
  steps: 500,
  substeps: 100,
  nodes: 200_000,
  /** Of a vector or matrix. */
  entries: 4096,
  /** Entries worked out while a text is compiled. */
  operations: 500_000,
  /** Brackets, signs and powers inside one another. */
  depth: 100,
  diagnostics: 50,
} as const;
