/** `costate solve`: text -> solver -> solution and derivatives, with the times each took. */
import { GraphLimitError } from '../expression';
import { compileText } from '../language';
import { NoSquaresError, NotQuadraticError, type Problem } from '../problem';
import {
  type AdjointSensitivities,
  DifferentiableSolver,
  type Optimality,
  type Sensitivities,
  type Validity,
  type ValueDerivatives,
} from '../sensitivity';
import type { Inputs, MethodOptions, Solution } from '../solver';
import type { SensitivityKind, SolveRequest } from './arguments';
import { type CheckedColumn, checkColumns } from './check';
import { type Complaint, complaint, listed, Refusal } from './complaint';
import { readGuess } from './guess';
import { inputsOf } from './inputs';
import { checkMethod, type UsedMethod, usedMethod } from './method';
import { readSeed } from './seed';
import { settingsIn } from './solverOptions';
import { readFile, type Source } from './source';

export interface Outcome {
  readonly problem: Problem;
  readonly inputs: Inputs;
  readonly method: UsedMethod;
  readonly solution: Solution;
  /** Null where they were not asked for, or the solve did not converge. */
  readonly sensitivities: Sensitivities | null;
  readonly adjoint: AdjointSensitivities | null;
  readonly value: ValueDerivatives | null;
  readonly checked: readonly CheckedColumn[] | null;
  readonly validity: Validity | null;
  /** Null where it was not asked for, or the solve ended where something is not a finite number. */
  readonly optimality: Optimality | null;
  /** Milliseconds. */
  readonly times: { readonly compileMs: number; readonly solveMs: number; readonly sensitivityMs: number };
  readonly warnings: readonly Complaint[];
}

/** Throws a Refusal where the text or an argument is wrong. */
export function solve(request: SolveRequest, source: Source): Outcome {
  const started = performance.now();
  const { problem, warnings } = compile(source.text);
  const inputs = inputsOf(problem, request.set, request.initial);
  const solver = specialise(() => DifferentiableSolver.compile(problem, request.method), request.method, source.text);
  const method = usedMethod(solver.method);
  checkMethod(request, method);
  const compiled = performance.now();
  const guess = request.guess === null ? null : readGuess(readFile('--guess', request.guess), problem);

  const seed = request.seed === null ? {} : readSeed(readFile('--seed', request.seed), problem);

  const begun = performance.now();
  const ended = solver.solve(inputs, settingsIn(request), guess ? { guess } : {});
  const solved = performance.now();
  const solution = method.method === 'rti' ? approximate(ended) : ended;
  const converged = solution.status === 'converged';
  const asks = (kind: SensitivityKind): boolean => converged && request.sensitivities === kind;
  const sensitivities = asks('forward') ? forward(solver, request) : null;
  const adjoint = asks('adjoint') ? solver.adjoint(seed) : null;
  const value = asks('value') ? solver.valueDerivatives() : null;
  const finished = performance.now();
  const validity = request.validity && converged ? solver.validity() : null;
  const finite = [solution.objective, ...Object.values(solution.kkt)].every(Number.isFinite);
  const optimality = request.optimality && finite ? solver.optimality() : null;
  // Last, since it solves again.
  const checked =
    sensitivities && request.checkFiniteDifferences
      ? checkColumns(solver, inputs, settingsIn(request), sensitivities)
      : null;
  return {
    problem,
    inputs,
    method,
    solution,
    sensitivities,
    adjoint,
    value,
    checked,
    validity,
    optimality,
    times: {
      compileMs: compiled - started,
      solveMs: solved - begun,
      sensitivityMs: sensitivities || adjoint || value ? finished - solved : 0,
    },
    warnings,
  };
}

function forward(solver: DifferentiableSolver, { sensitivityHessian }: SolveRequest): Sensitivities {
  if (sensitivityHessian === 'exact') return solver.sensitivities();
  const found = solver.gaussNewtonSensitivities();
  if (found.ok) return found.sensitivities;
  const message = `Gauss-Newton needs a cost of squares, and ${listed(found.terms)} ${found.terms.length === 1 ? 'is none' : 'are none'}`;
  throw new Refusal([complaint(message, 'write it as w*r^2, or use --sensitivity-hessian exact')]);
}

/** Throws a Refusal with the mistakes in the text. */
export function compile(text: string): { problem: Problem; warnings: readonly Complaint[] } {
  const compiled = compileText(text);
  const located = compiled.diagnostics.map(({ line, column, message, hint }) => ({
    line,
    column,
    message,
    ...(hint === undefined ? {} : { hint }),
  }));
  if (!compiled.ok) throw new Refusal(located.filter((_, i) => compiled.diagnostics[i]?.severity === 'error'));
  return { problem: compiled.problem, warnings: located };
}

/** One full step is not a solve that gave up: say what it is. */
function approximate(solution: Solution): Solution {
  if (solution.status !== 'iteration-limit') return solution;
  const message =
    'This is an approximation, not a solution: one real-time iteration, a full step from the guess. The errors say how far it is off.';
  return { ...solution, message };
}

/** The text is in order here; what can still go wrong is that no such solver can be made from it. */
export function specialise<Made>(make: () => Made, method: Partial<MethodOptions>, text: string): Made {
  try {
    return make();
  } catch (error) {
    if (error instanceof NoSquaresError) throw new Refusal([noSquares(error, method, text)]);
    if (error instanceof NotQuadraticError)
      throw new Refusal([
        complaint(`--method admm is for linear-quadratic problems, and ${error.part}`, 'leave it out'),
      ]);
    const message =
      error instanceof GraphLimitError
        ? `the expressions of the problem and their derivatives need more than ${error.limit} operations`
        : `no solver can be made for this problem: ${error instanceof Error ? error.message : String(error)}`;
    const hint = 'use a simpler integrator, fewer substeps, fewer variables or shorter formulas';
    throw new Refusal([{ line: 1, column: 1, message, hint }]);
  }
}

/** The wish for Gauss-Newton is an argument, or the `solver` line of the text. */
function noSquares({ terms }: NoSquaresError, { hessian }: Partial<MethodOptions>, text: string): Complaint {
  const message = `Gauss-Newton needs a cost of squares, and ${listed(terms)} ${terms.length === 1 ? 'is none' : 'are none'}`;
  if (hessian !== undefined) return complaint(message, 'write it as w*r^2, or use --hessian exact');
  const line = text.split('\n').findIndex((content) => /^\s*solver\b/.test(content)) + 1;
  return { line, column: 1, message, hint: 'write it as w*r^2, or write hessian = exact' };
}
