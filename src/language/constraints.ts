/** Bounds of controls and the lines under `subject to`, each as lower <= expression <= upper. */
import type { Node } from '../expression';
import type { Constraint } from '../problem';
import type { Context } from './context';
import { declared, symbolOf } from './declarations';
import type { Span } from './diagnostics';
import { fixedPlace, stagePlace } from './lower';
import { type Uses, varies } from './names';
import { softness } from './soft';
import { stageRange } from './stages';
import type { ConstraintSyntax, Expression } from './syntax';

/** An expression and its sides; null: no such side. */
interface Bounded {
  readonly expression: Node;
  readonly uses: Uses;
  readonly lower: Node | null;
  readonly upper: Node | null;
  /** The expression as it is written, for constraints without a label. */
  readonly text: string;
}

/** @param steps null where the horizon is not known: the stages cannot be checked then. */
export function constraints(context: Context, steps: number | null): Constraint[] {
  const found = controlBounds(context, steps ?? 1);
  const { report } = context;
  const taken = new Map<string, Span>();
  for (const { label } of context.document.constraints) {
    if (!label) continue;
    if (taken.has(label.name)) report.error(label, `two constraints have the name \`${label.name}\``);
    else if (found.some(({ name }) => name === label.name)) {
      report.error(label, `the bounds of the control \`${label.name}\` have this name already`, 'choose another label');
    }
    taken.set(label.name, label);
  }
  const unused = new UnusedNames([...found.map(({ name }) => name), ...taken.keys()]);
  for (const syntax of context.document.constraints) {
    const bounded = bound(context, syntax);
    const soft = softness(context, syntax);
    if (!bounded) continue;
    const range = stageRange(context, steps === null ? null : syntax.scope, bounded.uses, steps ?? 1);
    if (!range) continue;
    const name = syntax.label?.name ?? unused.name(bounded.text, syntax);
    const { expression, lower, upper } = bounded;
    found.push({ name, expression, lower, upper, ...range, soft });
  }
  return found;
}

function controlBounds(context: Context, steps: number): Constraint[] {
  return declared(context, 'control').flatMap(({ entity, syntax: { target, range } }) => {
    if (!range) return [];
    const [lower, upper] = sides(context, range.lower, range.upper, `a bound of \`${target.name}\``, range);
    if (lower === null && upper === null) return [];
    return [{ name: target.name, expression: symbolOf(entity), lower, upper, from: 0, to: steps - 1, soft: null }];
  });
}

/** Both sides, where they are there and finite. */
function sides(
  context: Context,
  low: Expression | null,
  high: Expression | null,
  name: string,
  span: Span,
): [Node | null, Node | null] {
  const side = (expression: Expression | null, open: -1 | 1): Node | null => {
    if (!expression) return null;
    const sign = infinity(expression);
    if (sign === 0) return context.lower(expression, fixedPlace(name))?.node ?? null;
    if (sign !== open)
      context.report.error(
        expression,
        `this bound can never be met`,
        'leave an open side out, or change the sign of `inf`',
      );
    return null;
  };
  const lower = side(low, -1);
  const upper = side(high, 1);
  if (lower !== null && upper !== null) checkOrder(context, lower, upper, span);
  return [lower, upper];
}

function checkOrder(context: Context, lower: Node, upper: Node, span: Span): void {
  const numbers = context.graph.isConstant(lower) && context.graph.isConstant(upper);
  context.atDeclaredValues([lower, upper], (low, high) => {
    if (!((low as number) > (high as number))) return;
    const message = `the lower bound ${low} is above the upper bound ${high}`;
    if (numbers) context.report.error(span, message);
    else context.report.warning(span, `at the declared values ${message}`);
  });
}

/** 1 for `inf`, -1 for `-inf`, 0 for everything else. */
function infinity(expression: Expression): -1 | 0 | 1 {
  if (expression.kind === 'name' && expression.name === 'inf') return 1;
  return expression.kind === 'negation' && infinity(expression.operand) === 1 ? -1 : 0;
}

function bound(context: Context, syntax: ConstraintSyntax): Bounded | null {
  const { operands, comparisons } = syntax;
  if (operands.length === 0) return null;
  if (operands.length === 1) {
    context.report.error(
      syntax,
      'a constraint compares: the sides are missing',
      'write `… <= 1`, `0 <= … <= 1` or `… == 0`',
    );
    return null;
  }
  const relations = new Set(comparisons.map(({ relation }) => relation));
  if (operands.length > 3 || relations.size > 1 || (operands.length === 3 && relations.has('=='))) {
    const message = 'a chain of comparisons has two sides and one direction';
    context.report.error(comparisons[1] ?? syntax, message, 'write `low <= … <= high`, or two constraints');
    return null;
  }
  const ascending = relations.has('>=') ? [...operands].reverse() : operands;
  if (ascending.length === 3) return twoSided(context, syntax, ascending as [Expression, Expression, Expression]);
  return oneSided(context, syntax, ascending as [Expression, Expression], relations.has('=='));
}

function twoSided(
  context: Context,
  span: Span,
  [low, middle, high]: readonly [Expression, Expression, Expression],
): Bounded | null {
  const lowered = context.lower(middle, stagePlace('a constraint'));
  const [lower, upper] = sides(context, low, high, 'a bound', span);
  if (!lowered || !constrains(context, span, lowered.uses)) return null;
  return { expression: lowered.node, uses: lowered.uses, lower, upper, text: textOf(context, middle) };
}

/** a <= b or a == b: the side in parameters only is the bound; if neither is, a - b is compared with 0. */
function oneSided(
  context: Context,
  span: Span,
  [a, b]: readonly [Expression, Expression],
  equality: boolean,
): Bounded | null {
  const infinite = [a, b].find((side) => infinity(side) !== 0);
  if (infinite) {
    context.report.error(infinite, 'a side that is infinite is no constraint', 'leave it out');
    return null;
  }
  const { graph } = context;
  const place = stagePlace('a constraint');
  const low = context.lower(a, place);
  const high = context.lower(b, place);
  if (!low || !high) return null;
  if (varies(low.uses) && varies(high.uses)) {
    const zero = graph.constant(0);
    const expression = graph.sub(low.node, high.node);
    const uses = {
      parameter: null,
      fixedState: low.uses.fixedState ?? high.uses.fixedState,
      freeState: low.uses.freeState ?? high.uses.freeState,
      control: low.uses.control ?? high.uses.control,
    };
    return { expression, uses, lower: equality ? zero : null, upper: zero, text: textOf(context, span) };
  }
  const [value, bounds] = varies(low.uses) ? [low, high] : [high, low];
  if (!constrains(context, span, value.uses)) return null;
  const text = textOf(context, varies(low.uses) ? a : b);
  const isUpper = value === low;
  return {
    expression: value.node,
    uses: value.uses,
    lower: equality || !isUpper ? bounds.node : null,
    upper: equality || isUpper ? bounds.node : null,
    text,
  };
}

function constrains({ report }: Context, span: Span, uses: Uses): boolean {
  if (varies(uses)) return true;
  report.error(span, 'there is no state or control in this constraint, so nothing is constrained');
  return false;
}

function textOf({ report }: Context, { from, to }: Span): string {
  return report.text.slice(from, to).replace(/\s+/g, ' ');
}

/** What constraints without a label are called: the expression, its place if it has one, a number if need be. */
class UnusedNames {
  private readonly counts = new Map<string, number>();

  constructor(taken: Iterable<string>) {
    for (const name of taken) this.counts.set(name, 1);
  }

  name(text: string, { scope }: ConstraintSyntax): string {
    const short = text.length > 40 ? `${text.slice(0, 39)}…` : text;
    const placed = scope?.kind === 'end' || scope?.kind === 'start' ? `${short} at ${scope.kind}` : short;
    const count = (this.counts.get(placed) ?? 0) + 1;
    this.counts.set(placed, count);
    return count === 1 ? placed : `${placed} (${count})`;
  }
}
