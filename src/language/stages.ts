/** On which stages a constraint holds. */
import type { Context } from './context';
import type { Span } from './diagnostics';
import type { Expression } from './expressionSyntax';
import { kindInWords } from './names';
import { stageNumberPlace } from './places';
import type { ScopeSyntax } from './syntax';
import type { Uses } from './value';

export interface StageRange {
  readonly from: number;
  readonly to: number;
}

/**
 * What the scope says; without one 0..N-1 for constraints with a control and 1..N for those of states only.
 * Null where the constraint cannot hold there, which is reported.
 */
export function stageRange(context: Context, scope: ScopeSyntax | null, uses: Uses, steps: number): StageRange | null {
  if (!scope) return uses.control === null ? { from: 1, to: steps } : { from: 0, to: steps - 1 };
  const range = written(context, scope, steps);
  return range && possible(context, scope, range, uses, steps) ? range : null;
}

function written(context: Context, scope: ScopeSyntax, steps: number): StageRange | null {
  if (scope.kind === 'start') return { from: 0, to: 0 };
  if (scope.kind === 'end') return { from: steps, to: steps };
  const from = stage(context, scope.first, steps);
  const to = scope.last === scope.first ? from : stage(context, scope.last, steps);
  if (from === null || to === null) return null;
  if (from <= to) return { from, to };
  context.report.error(scope, `these stages end before they begin: ${from} is after ${to}`);
  return null;
}

function stage(context: Context, expression: Expression, steps: number): number | null {
  const value = context.number(expression, stageNumberPlace(steps));
  if (value === null || (Number.isInteger(value) && value >= 0 && value <= steps)) return value;
  context.report.error(expression, `a stage is a whole number from 0 to ${steps}, but this is ${value}`);
  return null;
}

function possible(
  { report, names }: Context,
  span: Span,
  { from, to }: StageRange,
  uses: Uses,
  steps: number,
): boolean {
  if (uses.control !== null && to === steps) {
    const kind = kindInWords(names.get(uses.control)?.kind ?? 'control').replace(/^an? /, '');
    const message = `the ${kind} \`${uses.control}\` has no value at the end: its last stage is N-1 = ${steps - 1}`;
    report.error(span, message, `write \`on ${from === steps ? 0 : from}..N-1:\``);
    return false;
  }
  if (from === 0 && uses.control === null && uses.freeState === null) {
    const message = `at stage 0 \`${uses.fixedState}\` is given by its initial value, so that nothing is left to constrain`;
    report.error(span, message, to > 0 ? 'begin at stage 1' : `declare \`state ${uses.fixedState} free\``);
    return false;
  }
  return true;
}
