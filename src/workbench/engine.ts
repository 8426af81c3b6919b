/**
 * The compiled problem behind the page: compiles when the text changes, solves when anything does. Knows no worker, so
 * that it runs in tests as it is.
 */
import { GraphLimitError } from '../expression';
import { compileText, type Diagnostic } from '../language';
import { DifferentiableSolver, type Sensitivities } from '../sensitivity';
import type { Inputs, Settings, Solution, Trajectory } from '../solver';
import { constraintValues } from './constraint-values';
import { describeProblem } from './describe';
import type { Job, Reply, ShownSensitivities, ShownSolution, Times } from './protocol';

const settings: Partial<Settings> = { timeLimitMs: 5000 };

/** Objectives further apart than this, relatively, belong to different solutions. */
const differentBeyond = 1e-5;

interface Compiled {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly solver: DifferentiableSolver;
}

export class Engine {
  private compiled: Compiled | null = null;
  /** Where the last solve that converged ended. */
  private last: Trajectory | null = null;
  /** What the last drag has led to. */
  private dragged: { readonly inputs: Inputs; readonly objective: number } | null = null;

  run(job: Job): Reply {
    const started = performance.now();
    const fresh = this.compiled?.text !== job.text;
    if (fresh) {
      const diagnostics = this.compile(job.text);
      if (!this.compiled) return { ok: false, diagnostics };
    }
    const { solver, diagnostics } = this.compiled as Compiled;
    const compiledAt = performance.now();
    const inputs = inputsOf(solver, job);
    const solution = this.solve(solver, inputs, job.mode);
    const solvedAt = performance.now();
    const sensitivities = solution.status === 'converged' ? solver.sensitivities() : null;
    const times: Times = {
      compile: fresh ? compiledAt - started : 0,
      solve: solvedAt - compiledAt,
      sensitivity: performance.now() - solvedAt,
    };
    return {
      ok: true,
      problem: fresh ? describeProblem(solver.problem) : null,
      diagnostics,
      picture: {
        solution: shownSolution(solution),
        sensitivities: sensitivities && shownSensitivities(sensitivities),
        constraints: constraintValues(solver.problem, inputs.parameters, solution),
        times,
        dragged: this.otherThanDragged(inputs, solution, job.mode),
      },
    };
  }

  private otherThanDragged(inputs: Inputs, { status, objective }: Solution, mode: Job['mode']): number | null {
    if (status !== 'converged') return null;
    if (mode === 'drag') this.dragged = { inputs, objective };
    const { dragged } = this;
    if (!dragged || !sameInputs(dragged.inputs, inputs)) return null;
    const differs = Math.abs(dragged.objective - objective) > differentBeyond * Math.max(1e-6, Math.abs(objective));
    return differs ? dragged.objective : null;
  }

  /** Replaces what is compiled, or leaves nothing and says why. */
  private compile(text: string): readonly Diagnostic[] {
    this.compiled = null;
    this.last = null;
    this.dragged = null;
    const result = compileText(text);
    if (!result.ok) return result.diagnostics;
    const { problem, diagnostics } = result;
    try {
      this.compiled = { text, diagnostics, solver: DifferentiableSolver.compile(problem) };
    } catch (error) {
      if (error instanceof GraphLimitError) return [...diagnostics, tooLarge(text)];
      throw error;
    }
    return diagnostics;
  }

  /**
   * At rest from the guess of the problem, so that the same problem shows the same solution however it was reached;
   * during a drag from where the last solve ended. If one fails the other may not.
   */
  private solve(solver: DifferentiableSolver, inputs: Inputs, mode: Job['mode']): Solution {
    const last = this.last;
    const fromGuess = () => solver.solve(inputs, settings);
    const fromLast = last ? () => solver.solve(inputs, settings, { guess: last, warm: mode === 'drag' }) : null;
    const attempts = mode === 'drag' ? [fromLast, fromGuess] : [fromGuess, fromLast];
    let solution: Solution | null = null;
    for (const attempt of attempts) {
      if (!attempt || solution?.status === 'converged') continue;
      const next = attempt();
      if (!solution || next.status === 'converged') solution = next;
    }
    if (!solution) throw new Error('a solve ended without a solution');
    // The arrays of the solution leave for the page; these stay.
    if (solution.status === 'converged') this.last = { x: solution.x.slice(), u: solution.u.slice() };
    return solution;
  }
}

/** The derivatives of the problem have more nodes than a graph may: a matter of the whole text. */
function tooLarge(text: string): Diagnostic {
  return {
    severity: 'error',
    from: 0,
    to: text.length,
    line: 1,
    column: 1,
    message: 'The derivatives of this problem are too large to compile',
    hint: 'Fewer substeps, fewer states or shorter expressions will help',
  };
}

function shownSolution({ constraints: _, ...shown }: Solution): ShownSolution {
  return shown;
}

function shownSensitivities({ dcostates: _, dconstraints: __, ...shown }: Sensitivities): ShownSensitivities {
  return shown;
}

function sameInputs(a: Inputs, b: Inputs): boolean {
  const same = (x: Float64Array, y: Float64Array) => x.every((value, i) => Object.is(value, y[i]));
  return same(a.parameters, b.parameters) && same(a.initial, b.initial);
}

function inputsOf(solver: DifferentiableSolver, job: Job): Inputs {
  const { parameters, states } = solver.problem;
  return {
    parameters: Float64Array.from(parameters, ({ name, value }) => job.parameters.get(name) ?? value),
    initial: Float64Array.from(states, ({ name, initial }) =>
      initial === null ? Number.NaN : (job.initial.get(name) ?? Number.NaN),
    ),
  };
}
