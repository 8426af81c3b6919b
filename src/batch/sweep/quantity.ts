/** What a sweep keeps of each solution, by the names that people write. */
import type { Shape } from './shape';

/** A number of the solution. */
export type Real =
  | { readonly kind: 'objective' | 'iterations' | 'kkt'; readonly name: string }
  | {
      readonly kind: 'state' | 'control' | 'algebraic';
      readonly name: string;
      readonly index: number;
      readonly stage: number;
    };

/** Words about the solution: how it ended, what to do about that, which sides of the constraints are active. */
export interface Label {
  readonly kind: 'status' | 'message' | 'active';
  readonly name: string;
}

export type Quantity = Real | Label;

export const isLabel = (quantity: Quantity): quantity is Label =>
  quantity.kind === 'status' || quantity.kind === 'message' || quantity.kind === 'active';

/** Whether it has derivatives. */
export const isDifferentiable = (quantity: Quantity): quantity is Real =>
  !isLabel(quantity) && quantity.kind !== 'iterations' && quantity.kind !== 'kkt';

/** Words that are no variables. `kkt` is the largest KKT residual, u0 all controls at the start, xN all states at the end. */
export const keepWords = ['objective', 'status', 'message', 'iterations', 'kkt', 'active', 'u0', 'x0', 'xN'] as const;

/**
 * One of `keepWords`; or a state, control or algebraic variable, alone for its whole trajectory, `NAME@3` for a stage,
 * `NAME@N` for its last. Null: there is nothing of that name, or no such stage.
 */
export function quantitiesNamed(problem: Shape, word: string): Quantity[] | null {
  switch (word) {
    case 'objective':
    case 'iterations':
    case 'kkt':
    case 'status':
    case 'message':
    case 'active':
      return [{ kind: word, name: word }];
    case 'u0':
      return problem.controls.map((_, index) => variable(problem, 'control', index, 0));
    case 'x0':
      return problem.states.map((_, index) => variable(problem, 'state', index, 0));
    case 'xN':
      return problem.states.map((_, index) => variable(problem, 'state', index, problem.horizon.steps));
    default:
      return ofVariable(problem, word);
  }
}

const families = { state: 'states', control: 'controls', algebraic: 'algebraics' } as const;

function ofVariable(problem: Shape, word: string): Quantity[] | null {
  const at = word.lastIndexOf('@');
  const name = at < 0 ? word : word.slice(0, at);
  for (const kind of ['state', 'control', 'algebraic'] as const) {
    const index = problem[families[kind]].findIndex((item) => item.name === name);
    if (index < 0) continue;
    const last = lastStage(problem, kind);
    if (at < 0) return Array.from({ length: last + 1 }, (_, stage) => variable(problem, kind, index, stage));
    const written = word.slice(at + 1);
    const stage = written === 'N' ? last : /^\d+$/.test(written) ? Number(written) : last + 1;
    return stage <= last ? [variable(problem, kind, index, stage)] : null;
  }
  return null;
}

const lastStage = ({ horizon: { steps } }: Shape, kind: keyof typeof families): number =>
  kind === 'state' ? steps : steps - 1;

function variable(problem: Shape, kind: keyof typeof families, index: number, stage: number): Real {
  return { kind, name: `${problem[families[kind]][index].name}@${stage}`, index, stage };
}
