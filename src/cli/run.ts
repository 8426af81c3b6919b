/** One command from arguments to exit code. Writes nothing itself, so that tests run it as it is. */
import { readArguments, wantsJson } from './arguments';
import { type Complaint, Refusal } from './complaint';
import { help } from './help';
import { diagnosticsObject, solutionObject } from './json';
import { type Progress, silent } from './progress';
import { complaintLines, report } from './report';
import type { Style } from './style';

export interface Answer {
  /** 0 converged, 1 not converged, 2 the text or an argument is wrong. */
  readonly code: 0 | 1 | 2;
  readonly out: string;
  readonly error: string;
}

/** `progress` shows how far a long command is. The engine is loaded only when there is something to solve. */
export async function run(args: readonly string[], style: Style, progress: Progress = silent): Promise<Answer> {
  let read = { name: '', text: '' };
  try {
    const request = readArguments(args);
    if (request.command === 'help') return { code: 0, out: help, error: '' };
    if (request.command === 'gallery') {
      const { galleryObject, galleryText } = await import('./gallery');
      return { code: 0, out: request.json ? line(galleryObject()) : galleryText(style), error: '' };
    }
    const [{ readSource }, { solve }] = await Promise.all([import('./source'), import('./solve')]);
    read = readSource(request.source);
    if (request.command === 'sweep') {
      const { sweepCommand } = await import('./sweep');
      return await sweepCommand(request, read, style, progress);
    }
    const outcome = solve(request, read);
    const code = outcome.solution.status === 'converged' ? 0 : 1;
    if (request.json) return { code, out: line(solutionObject(outcome, request)), error: '' };
    const { warnings } = outcome;
    const warned = warnings.length > 0 ? complaintLines(warnings, read.name, read.text, style) : '';
    return { code, out: report(outcome, request, style), error: warned };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refused(error.complaints, args, read, style);
  }
}

function refused(
  complaints: readonly Complaint[],
  args: readonly string[],
  { name, text }: { readonly name: string; readonly text: string },
  style: Style,
): Answer {
  if (wantsJson(args)) return { code: 2, out: line(diagnosticsObject(complaints)), error: '' };
  return { code: 2, out: '', error: complaintLines(complaints, name, text, style) };
}

/** JSON.stringify writes numbers that are not finite as null. */
const line = (object: unknown): string => `${JSON.stringify(object)}\n`;
