/** The problem of an example, by its name. */
import type { Problem } from '../../problem';
import { gallery } from '..';
import { problemOf } from './compiled';

/** Throws where the gallery has no example of that name. */
export function exampleProblem(name: string): Problem {
  const entry = gallery.find((one) => one.name === name);
  if (!entry) throw new Error(`the gallery has no ${name}`);
  return problemOf(entry.text);
}
