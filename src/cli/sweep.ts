/** `costate sweep`: many instances of a problem on all cores, or on the GPU. */
import { writeFileSync } from 'node:fs';
import { BatchSolver, derivativeName, type SweepTable } from '../batch';
import { complaint, Refusal } from './complaint';
import type { Progress } from './progress';
import { complaintLines } from './report';
import type { Answer } from './run';
import { compile, specialise } from './solve';
import type { Source } from './source';
import type { Style } from './style';
import type { SweepRequest } from './sweepArguments';
import { runSweep } from './sweepBackend';
import { indicesOf } from './sweepIndices';
import { planOf } from './sweepPlan';
import { type SweepOutcome, sweepCsv, sweepObject, sweepReport } from './sweepReport';
import { sweepThreads, threadCode } from './sweepThreads';

/** Throws a Refusal where the text or an argument is wrong. */
export async function sweepCommand(
  request: SweepRequest,
  source: Source,
  style: Style,
  progress: Progress,
): Promise<Answer> {
  const began = performance.now();
  // Goes on beside what follows.
  void threadCode();
  const { problem, warnings } = compile(source.text);
  const plan = planOf(request, problem, source);
  const batch = specialise(() => BatchSolver.compile(problem, request.method), request.method, source.text);
  const pool = await sweepThreads(request.workers);
  const interrupt = new AbortController();
  const onInterrupt = (): void => interrupt.abort();
  process.once('SIGINT', onInterrupt);
  const onRows = (table: SweepTable): void => progress.show(table.done, table.count, unconverged(table));
  const ran = await runSweep(request, problem, plan, pool, { signal: interrupt.signal, onRows, code: batch.code });
  process.off('SIGINT', onInterrupt);
  pool.close();
  progress.clear();

  const { quantities, sensitivities } = plan.keep;
  const asked = [
    ...quantities.map(({ name }) => name).filter((name) => name !== 'message' || request.keep.includes(name)),
    ...(sensitivities?.of ?? []).flatMap((of) => plan.samples.names.map((by) => derivativeName(of.name, by))),
  ];
  const outcome: SweepOutcome = {
    title: problem.title,
    plan,
    ...ran,
    asked,
    indices: indicesOf(request, plan, ran.found, asked),
    ms: performance.now() - began,
  };
  if (request.out !== null) write(request.out, outcome);
  const code = ran.found.statuses().get('converged') === ran.found.count ? 0 : 1;
  if (request.json) return { code, out: `${JSON.stringify(sweepObject(outcome))}\n`, error: '' };
  const error = warnings.length > 0 ? complaintLines(warnings, source.name, source.text, style) : '';
  return { code, out: sweepReport(outcome, request, style), error };
}

function unconverged(table: SweepTable): string {
  const count = table.done - (table.statuses().get('converged') ?? 0);
  return count === 0 ? '' : `${count} not converged`;
}

function write(path: string, outcome: SweepOutcome): void {
  const text = /\.csv$/i.test(path) ? sweepCsv(outcome) : `${JSON.stringify(sweepObject(outcome))}\n`;
  try {
    writeFileSync(path, text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Refusal([complaint(`--out: ${path} cannot be written: ${why}`, 'give another path')]);
  }
}
