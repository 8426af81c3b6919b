/**
 * The compiled problem behind the page: compiles when the text changes, solves when anything does. Knows no worker, so
 * that it runs in tests as it is.
 */
import { GraphLimitError } from '../expression';
import { compileText, type Diagnostic } from '../language';
import { NoSquaresError } from '../problem';
import { type DifferentiableSolver, type Optimality, SolverCache } from '../sensitivity';
import type { Settings, Solution, Start, Trajectory } from '../solver';
import { type Asked, askedBy, sameAsked } from './asked';
import { followed } from './branch';
import { constraintValues } from './constraint-values';
import { describeProblem } from './describe';
import { multipliersOf } from './multipliers';
import { radiusOf } from './prediction-radius';
import { Predictor } from './predictor';
import type {
  BranchEnd,
  BranchOutcome,
  CheckOutcome,
  Drawn,
  Iterate,
  Job,
  PredictionRadius,
  RadiusQuestion,
  Ranges,
  Reply,
  ShownSolution,
  Studies,
  StudyKind,
  StudyOutcome,
  Times,
} from './protocol';
import { solveByMethod } from './solve-by-method';
import { check, type Found, shownSensitivities, study } from './studies';

const settings: Partial<Settings> = { timeLimitMs: 5000 };

/** Objectives further apart than this, relatively, belong to different solutions. */
const differentBeyond = 1e-5;

/** A solve, so that it can be told whether it is still the one asked about, and repeated. */
interface Ran {
  readonly inputs: Asked;
  readonly start: Start;
  readonly solution: Solution;
}

interface Compiled {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly solver: DifferentiableSolver;
  readonly predictor: Predictor;
}

export class Engine {
  private readonly solvers = new SolverCache();
  private compiled: Compiled | null = null;
  /** Where the last solve that converged ended; with real-time iteration, the last sample. */
  private last: Trajectory | null = null;
  private ran: Ran | null = null;
  /** The last solve at rest once more, with all its iterates. */
  private traced: Ran | null = null;
  /** What the last drag has led to. */
  private dragged: { readonly inputs: Asked; readonly objective: number } | null = null;

  run(job: Job): Reply {
    const started = performance.now();
    const fresh = this.compiled?.text !== job.text;
    if (fresh) {
      const diagnostics = this.compile(job.text);
      if (!this.compiled) return { ok: false, diagnostics };
    }
    const { solver, predictor, diagnostics } = this.compiled as Compiled;
    const compiledAt = performance.now();
    const inputs = askedBy(solver.problem, job);
    const prediction = this.prediction(inputs, job);
    const solution = this.solve(solver, inputs, job.mode);
    const solvedAt = performance.now();
    const sensitivities = solution.status === 'converged' ? solver.sensitivities() : null;
    if (sensitivities && job.mode === 'rest') predictor.startFrom(inputs, solution, sensitivities);
    const times: Times = {
      compile: fresh ? compiledAt - started : 0,
      solve: solvedAt - compiledAt,
      sensitivity: performance.now() - solvedAt,
    };
    return {
      ok: true,
      problem: fresh ? describeProblem(solver.problem, solver.method) : null,
      diagnostics,
      picture: {
        solution: shownSolution(solution),
        sensitivities: sensitivities && shownSensitivities(sensitivities),
        constraints: constraintValues(solver.problem, inputs.parameters, solution),
        multipliers: solution.constraints.map(multipliersOf),
        ranges: sensitivities && job.mode === 'rest' ? solver.ranges() : [],
        prediction,
        times,
        dragged: this.otherThanDragged(inputs, solution, job.mode),
      },
    };
  }

  iterate(job: Job, index: number): Iterate | null {
    const ran = this.atRest(job);
    if (!ran || !this.compiled) return null;
    const { solver } = this.compiled;
    if (!this.traced || !sameAsked(this.traced.inputs, ran.inputs)) {
      const solution = solveByMethod(solver, ran.inputs, { ...settingsFor(ran.inputs), keepIterates: true }, ran.start);
      this.traced = { ...ran, solution };
    }
    const trajectory = this.traced.solution.iterates[index];
    if (!trajectory) return null;
    // Copied: what is answered leaves for the page.
    const x = trajectory.x.slice();
    const u = trajectory.u.slice();
    const algebraics = new Float64Array(this.traced.solution.algebraics.length).fill(Number.NaN);
    const constraints = constraintValues(solver.problem, ran.inputs.parameters, { x, u, algebraics });
    return { index, x, u, algebraics, constraints };
  }

  study(job: Job, kind: StudyKind, ranges: Ranges): StudyOutcome<Studies[StudyKind]> {
    return this.atSolution(job, (found) => study(kind, found, ranges));
  }

  check(job: Job, column: string): CheckOutcome {
    return this.atSolution(job, (found) => {
      // What is solved for the check is not the solution of the job.
      this.ran = null;
      return check(found, column);
    });
  }

  /** Leaves another solution behind than that of the job. */
  follow(job: Job, column: string, from: BranchEnd): BranchOutcome {
    if (this.compiled?.text !== job.text) this.compile(job.text);
    if (!this.compiled) return { ok: false, message: 'The text does not compile.' };
    const { solver } = this.compiled;
    this.ran = null;
    const asked = askedBy(solver.problem, job);
    return followed(solver, asked, settingsFor(asked), column, from);
  }

  private atSolution<Result>(job: Job, find: (found: Found) => StudyOutcome<Result>): StudyOutcome<Result> {
    const ran = this.atRest(job);
    const solver = this.compiled?.solver;
    if (!solver || ran?.solution.status !== 'converged') return { ok: false, message: 'There is no solution here.' };
    return find({ ...ran, solver, settings: settingsFor(ran.inputs) });
  }

  examine(job: Job): Optimality | null {
    return this.atRest(job)?.solution.status === 'converged' ? (this.compiled?.solver.optimality() ?? null) : null;
  }

  /** Leaves another solution behind than that of the job. */
  radius(job: Job, question: RadiusQuestion): PredictionRadius | null {
    const compiled = this.compiledAt(job);
    if (!compiled) return null;
    this.ran = null;
    const { solver, predictor } = compiled;
    const asked = askedBy(solver.problem, job);
    return radiusOf(solver, predictor, asked, question, settingsFor(asked));
  }

  /** The problem of the job with its predictor at the solution; null where there is none. */
  private compiledAt(job: Job): Compiled | null {
    const ready = () => {
      const { compiled } = this;
      const there = compiled?.text === job.text && compiled.predictor.isAt(askedBy(compiled.solver.problem, job));
      return there ? compiled : null;
    };
    if (!ready()) this.run({ ...job, mode: 'rest' });
    return ready();
  }

  /** The solve of this job from the guess: the last one, or done now. */
  private atRest(job: Job): Ran | null {
    const solver = this.compiled?.text === job.text ? this.compiled.solver : null;
    if (!solver || !this.ran || this.ran.start.warm || !sameAsked(this.ran.inputs, askedBy(solver.problem, job)))
      this.run({ ...job, mode: 'rest' });
    return this.compiled && this.ran;
  }

  /** Null where none is asked for, or there are no derivatives where the drag began. */
  private prediction(inputs: Asked, { predicted, text, tau }: Job): Drawn | null {
    if (!predicted) return null;
    const origin = this.compiledAt({ ...predicted.from, text, tau: tau ?? null, mode: 'rest' });
    return origin?.predictor.predict(inputs, predicted.mode) ?? null;
  }

  private otherThanDragged(inputs: Asked, { status, objective }: Solution, mode: Job['mode']): number | null {
    if (status !== 'converged') return null;
    if (mode === 'drag') this.dragged = { inputs, objective };
    const { dragged } = this;
    if (!dragged || !sameAsked(dragged.inputs, inputs)) return null;
    const differs = Math.abs(dragged.objective - objective) > differentBeyond * Math.max(1e-6, Math.abs(objective));
    return differs ? dragged.objective : null;
  }

  /** Replaces what is compiled, or leaves nothing and says why. */
  private compile(text: string): readonly Diagnostic[] {
    this.compiled = null;
    this.last = null;
    this.dragged = null;
    this.ran = null;
    this.traced = null;
    const result = compileText(text);
    if (!result.ok) return result.diagnostics;
    const { problem, diagnostics } = result;
    try {
      this.compiled = {
        text,
        diagnostics,
        solver: this.solvers.solverFor(problem),
        predictor: new Predictor(problem),
      };
    } catch (error) {
      if (error instanceof GraphLimitError) return [...diagnostics, tooLarge(text)];
      if (error instanceof NoSquaresError) return [...diagnostics, noSquares(text, error)];
      throw error;
    }
    return diagnostics;
  }

  /**
   * At rest from the guess of the problem, so that the same problem shows the same solution however it was reached;
   * during a drag from where the last solve ended. If one fails the other may not.
   */
  private solve(solver: DifferentiableSolver, inputs: Asked, mode: Job['mode']): Solution {
    const last = this.last;
    const fromGuess: Start = {};
    const fromLast: Start | null = last && { guess: last, warm: mode === 'drag' };
    const starts = mode === 'drag' ? [fromLast, fromGuess] : [fromGuess, fromLast];
    let best: Ran | null = null;
    for (const start of starts) {
      if (!start || best?.solution.status === 'converged') continue;
      const solution = solveByMethod(solver, inputs, settingsFor(inputs), start);
      if (!best || solution.status === 'converged') best = { inputs, start, solution };
    }
    if (!best) throw new Error('a solve ended without a solution');
    this.ran = best;
    this.traced = null;
    const { solution } = best;
    // The arrays of the solution leave for the page; these stay.
    const goesOn = solution.status === 'converged' || solver.method.method === 'rti';
    if (goesOn) this.last = { x: solution.x.slice(), u: solution.u.slice() };
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

/** A matter of the line that asks for it. */
function noSquares(text: string, { terms }: NoSquaresError): Diagnostic {
  const asked = /^[ \t]*(solver\b[^\n#]*)/m.exec(text);
  const statement = asked?.[1]?.trimEnd() ?? '';
  const from = asked ? asked.index + asked[0].indexOf('solver') : 0;
  const before = text.slice(0, from).split('\n');
  const listed = terms.map((term) => `\`${term}\``).join(', ');
  return {
    severity: 'error',
    from,
    to: from + statement.length,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    message: `The Gauss-Newton Hessian needs a cost of squares, and ${listed} ${terms.length === 1 ? 'is none' : 'are none'}`,
    hint: 'Write the cost as w*r^2, or use hessian = exact',
  };
}

function shownSolution({ constraints: _, iterates: __, ...shown }: Solution): ShownSolution {
  return shown;
}

function settingsFor({ tau }: Asked): Partial<Settings> {
  return tau === null ? settings : { ...settings, tau };
}
