/** A stored trajectory to start from: {"x": [N+1][nx], "u": [N][nu]}. */
import type { Problem } from '../problem';
import type { Trajectory } from '../solver';
import { type Complaint, complaint, Refusal } from './complaint';

export function readGuess(text: string, { states, controls, horizon }: Problem): Trajectory {
  const form = 'a guess is {"x": [N+1][states], "u": [N][controls]}, all numbers';
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    throw new Refusal([complaint('--guess: the file is not JSON', form)]);
  }
  const complaints: Complaint[] = [];
  const rows = (key: 'x' | 'u', stages: number, names: readonly { readonly name: string }[]): Float64Array => {
    const array = typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>)[key] : undefined;
    const wrong = mistakeIn(array, stages, names.length);
    if (wrong === null) return Float64Array.from((array as number[][]).flat());
    complaints.push(complaint(`--guess: \`${key}\` ${wrong}`, form));
    return new Float64Array();
  };
  const x = rows('x', horizon.steps + 1, states);
  const u = rows('u', horizon.steps, controls);
  if (complaints.length > 0) throw new Refusal(complaints);
  return { x, u };
}

/** Why this is not an array of `stages` rows of `width` numbers; null if it is one. */
function mistakeIn(array: unknown, stages: number, width: number): string | null {
  if (!Array.isArray(array)) return 'is not an array';
  if (array.length !== stages) return `has ${array.length} rows, and the problem has ${stages} stages for it`;
  for (const [k, row] of array.entries()) {
    if (!Array.isArray(row)) return `has no array in row ${k}`;
    if (row.length !== width) return `has ${row.length} entries in row ${k}, and the problem has ${width}`;
    if (!row.every((value) => typeof value === 'number' && Number.isFinite(value)))
      return `has something that is not a number in row ${k}`;
  }
  return null;
}
