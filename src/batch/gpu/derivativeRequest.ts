/** Which derivatives of a solution a device works out along with it, and where they are in the solver's memory. */
import type { Place } from '../../kernel';
import { sensitivityNames } from '../../sensitivity';
import type { Workspace } from '../../solver';

/** What is differentiated: the objective, or a variable at a stage. */
export type Differentiated =
  | { readonly kind: 'objective' }
  | {
      readonly kind: 'state' | 'control' | 'algebraic';
      /** Among its kind. */
      readonly index: number;
      readonly stage: number;
    };

export interface DerivativeRequest {
  readonly of: readonly Differentiated[];
  /** Numbers of columns: parameters in order of declaration, then fixed initial states. */
  readonly by: readonly number[];
}

/** Once a column has been solved: its entry. */
export function entryOf(w: Workspace, of: Differentiated): Place {
  if (of.kind === 'objective') return w.program.existing(sensitivityNames.objective);
  const { nx, direction, stages } = w;
  const first = { state: 0, control: nx, algebraic: nx + stages.problem.controls.length }[of.kind];
  return direction.point.at(of.stage, first + of.index);
}
