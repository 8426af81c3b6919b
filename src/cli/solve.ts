/** `costate solve`: text -> solver -> solution and derivatives, with the times each took. */
import { GraphLimitError } from '../expression';
import { compileText } from '../language';
import type { Problem } from '../problem';
import { DifferentiableSolver, type Sensitivities } from '../sensitivity';
import type { Inputs, Settings, Solution } from '../solver';
import type { SolveRequest } from './arguments';
import { type Complaint, Refusal } from './complaint';
import { readGuess } from './guess';
import { inputsOf } from './inputs';
import { readFile, type Source } from './source';

export interface Outcome {
  readonly problem: Problem;
  readonly inputs: Inputs;
  readonly solution: Solution;
  /** Null where they were not asked for, or the solve did not converge. */
  readonly sensitivities: Sensitivities | null;
  /** Milliseconds. */
  readonly times: { readonly compileMs: number; readonly solveMs: number; readonly sensitivityMs: number };
  readonly warnings: readonly Complaint[];
}

/** Throws a Refusal where the text or an argument is wrong. */
export function solve(request: SolveRequest, source: Source): Outcome {
  const started = performance.now();
  const { problem, warnings } = compile(source.text);
  const inputs = inputsOf(problem, request.set, request.initial);
  const solver = specialise(problem);
  const compiled = performance.now();
  const guess = request.guess === null ? null : readGuess(readFile('--guess', request.guess), problem);

  const begun = performance.now();
  const solution = solver.solve(inputs, settingsOf(request), guess ? { guess } : {});
  const solved = performance.now();
  const sensitivities = request.sensitivities && solution.status === 'converged' ? solver.sensitivities() : null;
  const finished = performance.now();
  return {
    problem,
    inputs,
    solution,
    sensitivities,
    times: {
      compileMs: compiled - started,
      solveMs: solved - begun,
      sensitivityMs: sensitivities ? finished - solved : 0,
    },
    warnings,
  };
}

function compile(text: string): { problem: Problem; warnings: readonly Complaint[] } {
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

/** The text is in order here; what can still go wrong is that the solver made from it outgrows its limits. */
function specialise(problem: Problem): DifferentiableSolver {
  try {
    return DifferentiableSolver.compile(problem);
  } catch (error) {
    const message =
      error instanceof GraphLimitError
        ? `the expressions of the problem and their derivatives need more than ${error.limit} operations`
        : `no solver can be made for this problem: ${error instanceof Error ? error.message : String(error)}`;
    const hint = 'use a simpler integrator, fewer substeps, fewer variables or shorter formulas';
    throw new Refusal([{ line: 1, column: 1, message, hint }]);
  }
}

function settingsOf({ tolerance, tau, maxIterations, timeLimitMs }: SolveRequest): Partial<Settings> {
  return {
    ...(tolerance === null ? {} : { tolerance }),
    ...(tau === null ? {} : { tau }),
    ...(maxIterations === null ? {} : { maxIterations }),
    ...(timeLimitMs === null ? {} : { timeLimitMs }),
  };
}
