/** Text -> Problem. */
import { GraphLimitError } from '../expression';
import type { Problem } from '../problem';
import { EffortError } from './arrays';
import { constraints } from './constraints';
import { Context } from './context';
import { cost } from './cost';
import { arrays, declared, defineNames, entriesOf, reportUnused } from './declarations';
import { type Diagnostic, Report } from './diagnostics';
import { dynamics } from './dynamics';
import { gridOf } from './grid';
import { guess } from './guess';
import { horizon } from './horizon';
import { parameters } from './parameters';
import { parseDocument } from './parse';
import { signals } from './signals';
import { checkSplitting, solverChoice } from './solverChoice';
import { states } from './states';
import { limits } from './words';

/** A problem with at most warnings, or everything that is wrong with the text. */
export type Compiled =
  | { readonly ok: true; readonly problem: Problem; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Never throws: whatever is wrong with the text is a diagnostic. */
export function compileText(text: string): Compiled {
  const report = new Report(text);
  const problem = compileReport(report);
  const diagnostics = report.diagnostics(limits.diagnostics);
  return problem && !report.hasErrors ? { ok: true, problem, diagnostics } : { ok: false, diagnostics };
}

function compileReport(report: Report): Problem | null {
  let context: Context | null = null;
  try {
    const document = parseDocument(report);
    if (!document) return null;
    if (document.sections.size === 0) {
      const hint = 'begin with `state x = 0`';
      if (!report.hasErrors) report.error({ from: 0, to: 0 }, 'there is no problem here yet', hint);
      return null;
    }
    context = new Context(document, report);
    return assemble(context);
  } catch (error) {
    const at = context?.at ?? { from: 0, to: 0 };
    if (error instanceof GraphLimitError) {
      report.error(at, `the expressions of the problem grow too large: more than ${limits.nodes} operations`);
    } else if (error instanceof EffortError) {
      report.error(at, `the vectors and matrices grow too large: more than ${limits.operations} entries to work out`);
    } else report.error(at, `this text cannot be compiled: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

function assemble(context: Context): Problem | null {
  const { document, report, graph } = context;
  const orderOfSignals = defineNames(context);
  const motion = dynamics(context);
  const time = horizon(context, motion.kind);
  const grid = time && gridOf(context, time);
  const x = states(context);
  if (x.length === 0 && !document.sections.has('State')) {
    const at = document.sections.get('Dynamics') ?? { from: 0, to: 0 };
    report.error(at, 'the problem has no states', 'declare one: `state x = 0`');
  }
  const parts = {
    parameters: parameters(context, grid),
    states: x,
    controls: entriesOf(context, 'control'),
    algebraics: entriesOf(context, 'algebraic'),
    arrays: arrays(context),
    dynamics: motion,
    cost: cost(context),
    constraints: constraints(context, time?.steps ?? null),
    guess: guess(context, x),
    solver: solverChoice(context),
  };
  const known = grid ? signals(context, orderOfSignals, grid) : [];
  if (time) checkIntegrator(context, time);
  if (!report.hasErrors) context.runChecks();
  if (report.hasErrors || !time) return null;
  checkSplitting(context, parts);
  if (report.hasErrors) return null;
  reportUnused(context);
  const texts = { title: document.title?.text ?? '', source: document.source?.text ?? '' };
  return { graph, ...texts, ...parts, numbers: [], signals: known, horizon: time };
}

function checkIntegrator(context: Context, { integrator }: Problem['horizon']): void {
  const { document, report } = context;
  const [first] = declared(context, 'algebraic');
  if (!first || !document.horizon || integrator.startsWith('gauss') || integrator.startsWith('radau')) return;
  const at = document.horizon.integrator ?? document.horizon;
  const message = `algebraic variables such as \`${first.syntax.target.name}\` need an implicit integrator`;
  report.error(at, message, 'write `radau 2` or `gauss-legendre 2`');
}
