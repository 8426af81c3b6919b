/** What can be found out about a solution beyond its derivatives; each takes from milliseconds to seconds. */
import { type DifferentiableSolver, differenceColumn, directions, type Sensitivities } from '../sensitivity';
import type { Inputs, Settings, Solution, Start } from '../solver';
import { describeProblem } from './describe';
import type { CheckOutcome, Ranges, ShownSensitivities, Studies, StudyKind, StudyOutcome } from './protocol';
import { rangesOf } from './sensitivities/weights';
import { solveByMethod } from './solve-by-method';

/** The solution, the solver that has just found it, and how it did. */
export interface Found {
  readonly solver: DifferentiableSolver;
  readonly inputs: Inputs;
  readonly settings: Partial<Settings>;
  readonly start: Start;
  readonly solution: Pick<Solution, 'x' | 'u'>;
}

/** Differences need more digits than a solution that is looked at. */
const checkTolerance = 1e-10;

type Study<Kind extends StudyKind> = (found: Found, ranges: Ranges) => StudyOutcome<Studies[Kind]>;

const studies: { readonly [Kind in StudyKind]: Study<Kind> } = {
  value: ({ solver }) => found(solver.valueDerivatives()),
  validity: ({ solver }) => found(solver.validity()),
  exact: ({ solver }) => found(shownSensitivities(solver.sensitivities())),
  'gauss-newton': ({ solver }) => {
    const result = solver.gaussNewtonSensitivities();
    return result.ok ? found(shownSensitivities(result.sensitivities)) : result;
  },
  directions: ({ solver, solution: trajectory }, changed) => {
    const sensitivities = solver.sensitivities();
    const { columns } = sensitivities;
    const ends = rangesOf(describeProblem(solver.problem, solver.method), columns, changed);
    const ranges = ends.map(([low, high]) => high - low);
    return found(directions(sensitivities, { scaling: 'range', values: [], ranges, trajectory }));
  },
};

/** `ranges`: of sliders, where the user has changed them. */
export function study(kind: StudyKind, about: Found, ranges: Ranges): StudyOutcome<Studies[StudyKind]> {
  return studies[kind](about, ranges);
}

/** One column by finite differences; leaves the solver at another solution. */
export function check({ solver, inputs, settings, start }: Found, column: string): CheckOutcome {
  const tight = { ...settings, tolerance: checkTolerance };
  const resolve = (at: Inputs, from: Start) => solveByMethod(solver, at, tight, from.guess ? from : start);
  const result = differenceColumn(solver.problem, resolve, inputs, column);
  return result.ok ? found(result.difference) : result;
}

function found<Result>(value: Result): { readonly ok: true; readonly value: Result } {
  return { ok: true, value };
}

export function shownSensitivities({ dconstraints: _, ...shown }: Sensitivities): ShownSensitivities {
  return shown;
}
