/** The seed of an adjoint: weights shaped as the solution, those that are zero left out. */
import type { Problem } from '../problem';
import type { ConstraintSeed, Seed } from '../sensitivity';
import { type MultiplierKind, multiplierKinds } from '../solver';
import { type Complaint, complaint, Refusal } from './complaint';

const form =
  'a seed is {"x": [N+1][states], "u": [N][controls], "y": [N][algebraics], "costates": [N+1][states], "objective": 1, "constraints": [{"name": ..., "upper": [...]}]}, all of it optional';

export function readSeed(text: string, { states, controls, algebraics, horizon, constraints }: Problem): Seed {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    throw new Refusal([complaint('--seed: the file is not JSON', form)]);
  }
  if (!isRecord(stored)) throw new Refusal([complaint('--seed: the file holds no object', form)]);
  const complaints: Complaint[] = [];
  const wrong = (what: string): void => {
    complaints.push(complaint(`--seed: ${what}`, form));
  };
  const matrix = (key: string, rows: number, width: number): { readonly [key: string]: Float64Array } => {
    const value = stored[key];
    if (value === undefined) return {};
    const given: unknown[] = Array.isArray(value) ? value : [];
    if (given.length === rows && given.every((row) => isNumbers(row, width)))
      return { [key === 'y' ? 'algebraics' : key]: Float64Array.from(given.flat() as number[]) };
    wrong(`\`${key}\` is not ${rows} rows of ${width} numbers`);
    return {};
  };
  const known = ['x', 'u', 'y', 'costates', 'constraints', 'objective'];
  for (const key of Object.keys(stored)) if (!known.includes(key)) wrong(`\`${key}\` is no part of a solution`);
  const N = horizon.steps;
  const seed = {
    ...matrix('x', N + 1, states.length),
    ...matrix('u', N, controls.length),
    ...matrix('y', N, algebraics.length),
    ...matrix('costates', N + 1, states.length),
  };
  const { objective = 0, constraints: weights = [] } = stored;
  if (typeof objective !== 'number') wrong('`objective` is not a number');
  const ofConstraints = (Array.isArray(weights) ? weights : [null]).flatMap((entry: unknown): ConstraintSeed[] => {
    const constraint = isRecord(entry) ? constraints.find(({ name }) => name === entry.name) : undefined;
    if (!isRecord(entry) || !constraint) {
      wrong(`an entry of \`constraints\` does not name one of the problem's`);
      return [];
    }
    const length = constraint.to - constraint.from + 1;
    for (const [kind, values] of Object.entries(entry))
      if (kind !== 'name' && !(multiplierKinds.includes(kind as MultiplierKind) && isNumbers(values, length)))
        wrong(`\`${kind}\` of ${constraint.name} is not a multiplier or violation with ${length} numbers`);
    return [entry as unknown as ConstraintSeed];
  });
  if (complaints.length > 0) throw new Refusal(complaints);
  return { ...seed, constraints: ofConstraints, objective: objective as number };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNumbers = (value: unknown, length: number): boolean =>
  Array.isArray(value) && value.length === length && value.every(Number.isFinite);
