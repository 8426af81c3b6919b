/** Text -> Problem. */
import { GraphLimitError } from '../expression';
import { noChoice, type Problem } from '../problem';
import { constraints } from './constraints';
import { Context } from './context';
import { cost } from './cost';
import { controls, defineNames, parameters, reportUnused, states } from './declarations';
import { type Diagnostic, Report } from './diagnostics';
import { dynamics } from './dynamics';
import { guess } from './guess';
import { horizon } from './horizon';
import { parseDocument } from './parse';
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
    } else report.error(at, `this text cannot be compiled: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

function assemble(context: Context): Problem | null {
  const { document, report, graph } = context;
  defineNames(context);
  const motion = dynamics(context);
  const time = horizon(context, motion.kind);
  const x = states(context);
  const u = controls(context);
  if (x.length === 0 && !document.sections.has('State')) {
    report.error(
      document.sections.get('Dynamics') ?? { from: 0, to: 0 },
      'the problem has no states',
      'declare one: `state x = 0`',
    );
  }
  const parts = {
    parameters: parameters(context),
    states: x,
    controls: u,
    algebraics: [],
    signals: [],
    arrays: [],
    solver: noChoice,
    dynamics: motion,
    cost: cost(context),
    constraints: constraints(context, time?.steps ?? null),
    guess: guess(context, x, u),
  };
  if (!report.hasErrors) context.runChecks();
  if (report.hasErrors || !time) return null;
  reportUnused(context);
  return { graph, title: document.title?.text ?? '', source: document.source?.text ?? '', ...parts, horizon: time };
}
