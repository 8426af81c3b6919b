/** The problem of a text that is known to compile. */
import { compileText } from '../../language';
import type { Problem } from '../../problem';

/** Throws what the diagnostics say. */
export function problemOf(text: string): Problem {
  const compiled = compileText(text);
  if (!compiled.ok) throw new Error(compiled.diagnostics.map(({ message }) => message).join('\n'));
  return compiled.problem;
}
