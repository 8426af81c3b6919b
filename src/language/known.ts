/** The problem of a text that has been compiled before, by another thread. */
import type { Problem } from '../problem';
import { compileText } from './compile';

export function knownProblem(text: string): Problem {
  const compiled = compileText(text);
  if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message ?? 'the text is wrong');
  return compiled.problem;
}
