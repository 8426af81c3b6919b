/** What is bounded and by what, read from a comparison: lower <= expression <= upper, entry by entry. */
import type { Node } from '../expression';
import type { Context } from './context';
import type { Span } from './diagnostics';
import type { Expression } from './expressionSyntax';
import { boundPlace, stagePlace } from './places';
import type { ConstraintSyntax } from './syntax';
import { bothUses, isFree, isScalar, type Lowered, type Shape, scalarShape, type Uses, varies } from './value';

/** Entries and their sides; null: no such side. The same node on both sides: an equality. */
export interface Bounded {
  readonly shape: Shape;
  readonly expression: readonly Node[];
  readonly lower: readonly Node[] | null;
  readonly upper: readonly Node[] | null;
  readonly uses: Uses;
  /** The expression as it is written, for constraints without a label. */
  readonly text: string;
  /** Which side it is, where two sides of one constraint became two. */
  readonly side: 'lower' | 'upper' | null;
}

/** Empty where there is a mistake, which is reported. */
export function bounds(context: Context, syntax: ConstraintSyntax): Bounded[] {
  const { operands, comparisons } = syntax;
  if (operands.length === 0) return [];
  if (operands.length === 1) {
    const hint = 'write `… <= 1`, `0 <= … <= 1` or `… == 0`';
    context.report.error(syntax, 'a constraint compares: the sides are missing', hint);
    return [];
  }
  const relations = new Set(comparisons.map(({ relation }) => relation));
  if (operands.length > 3 || relations.size > 1 || (operands.length === 3 && relations.has('=='))) {
    const message = 'a chain of comparisons has two sides and one direction';
    context.report.error(comparisons[1] ?? syntax, message, 'write `low <= … <= high`, or two constraints');
    return [];
  }
  const [low, high, top] = (relations.has('>=') ? [...operands].reverse() : operands) as [
    Expression,
    Expression,
    Expression | undefined,
  ];
  if (!top) return oneSided(context, syntax, low, high, relations.has('=='));
  const value = context.lower(high, stagePlace('a constraint'));
  return value ? between(context, value, low, top, 'a bound', syntax, textOf(context, high)) : [];
}

/** A value between two sides, each of which may be left out or infinite. */
export function between(
  context: Context,
  value: Lowered,
  low: Expression | null,
  high: Expression | null,
  name: string,
  span: Span,
  text: string,
): Bounded[] {
  const lower = side(context, low, name, -1);
  const upper = side(context, high, name, 1);
  if (!constrains(context, span, value.uses)) return [];
  const parts = sameShapes(context, [value, lower, upper], [span, low ?? span, high ?? span]);
  if (!parts) return [];
  const [expression, l, u] = parts as [Lowered, Lowered | null, Lowered | null];
  if (l && u) checkOrder(context, l, u, span);
  const whole = { shape: expression, uses: expression.uses, text, side: null };
  if (!l?.uses.signal && !u?.uses.signal) {
    if (!l && !u) return [];
    return [{ ...whole, expression: expression.entries, lower: l?.entries ?? null, upper: u?.entries ?? null }];
  }
  // A side that differs from stage to stage becomes part of the expression.
  return (['lower', 'upper'] as const).flatMap((which) => {
    const bound = which === 'lower' ? l : u;
    if (!bound) return [];
    const difference = minus(context, expression, bound);
    return [{ ...difference, [which]: zeros(context, expression), text, side: l && u ? which : null }];
  });
}

/** a <= b or a == b: the side in parameters only is the bound; if neither is, their difference is compared with 0. */
function oneSided(
  context: Context,
  syntax: ConstraintSyntax,
  a: Expression,
  b: Expression,
  equality: boolean,
): Bounded[] {
  const infinite = [a, b].find((operand) => infinity(operand) !== 0);
  if (infinite) {
    context.report.error(infinite, 'a side that is infinite is no constraint', 'leave it out');
    return [];
  }
  const place = stagePlace('a constraint');
  const parts = sameShapes(context, [context.lower(a, place), context.lower(b, place)], [a, b]);
  if (!parts) return [];
  const [low, high] = parts as [Lowered, Lowered];
  if (!constrains(context, syntax, bothUses(low.uses, high.uses))) return [];
  // The bounded side: the one with states or controls, the left one if both have them.
  const isUpper = isFree(low.uses);
  const [value, bound] = isUpper ? [low, high] : [high, low];
  const text = varies(low.uses) && varies(high.uses) ? textOf(context, syntax) : textOf(context, isUpper ? a : b);
  const difference = varies(bound.uses) ? minus(context, value, bound) : null;
  const limit = difference ? zeros(context, value) : bound.entries;
  return [
    {
      shape: value,
      uses: difference?.uses ?? value.uses,
      expression: difference?.expression ?? value.entries,
      lower: equality || !isUpper ? limit : null,
      upper: equality || isUpper ? limit : null,
      text,
      side: null,
    },
  ];
}

function minus({ graph }: Context, a: Lowered, b: Lowered): Omit<Bounded, 'text' | 'side'> {
  const expression = a.entries.map((entry, i) => graph.sub(entry, b.entries[i] as Node));
  return { shape: a, expression, lower: null, upper: null, uses: bothUses(a.uses, b.uses) };
}

function zeros({ graph }: Context, { entries }: Lowered): Node[] {
  return entries.map(() => graph.constant(0));
}

/** One side, where it is there and finite. */
function side(context: Context, expression: Expression | null, name: string, open: -1 | 1): Lowered | null {
  if (!expression) return null;
  const sign = infinity(expression);
  if (sign === 0) return context.lower(expression, boundPlace(name));
  const hint = 'leave an open side out, or change the sign of `inf`';
  if (sign !== open) context.report.error(expression, 'this bound can never be met', hint);
  return null;
}

/** The values with single numbers filled up to the shape of the others; null where there is a mistake. */
function sameShapes(
  context: Context,
  values: readonly (Lowered | null)[],
  spans: readonly Span[],
): (Lowered | null)[] | null {
  if (values[0] === null || (values.length === 2 && values[1] === null)) return null;
  const shape = values.find((value) => value && !isScalar(value)) ?? scalarShape;
  const fitted = values.map((value, i) => value && context.fitted(spans[i] as Span, value, shape));
  return fitted.some((value, i) => value === null && values[i] !== null) ? null : fitted;
}

function checkOrder(context: Context, lower: Lowered, upper: Lowered, span: Span): void {
  const { graph, report } = context;
  for (const [i, low] of lower.entries.entries()) {
    const high = upper.entries[i] as Node;
    if (bothUses(lower.uses, upper.uses).signal !== null) return;
    const numbers = graph.isConstant(low) && graph.isConstant(high);
    context.atDeclaredValues([low, high], (a, b) => {
      if (!((a as number) > (b as number))) return;
      const message = `the lower bound ${a} is above the upper bound ${b}`;
      if (numbers) report.error(span, message);
      else report.warning(span, `at the declared values ${message}`);
    });
  }
}

/** 1 for `inf`, -1 for `-inf`, 0 for everything else. */
function infinity(expression: Expression): -1 | 0 | 1 {
  if (expression.kind === 'name' && expression.name === 'inf') return 1;
  return expression.kind === 'negation' && infinity(expression.operand) === 1 ? -1 : 0;
}

function constrains({ report }: Context, span: Span, uses: Uses): boolean {
  if (isFree(uses)) return true;
  report.error(span, 'there is no state or control in this constraint, so nothing is constrained');
  return false;
}

function textOf({ report }: Context, { from, to }: Span): string {
  return report.text.slice(from, to).replace(/\s+/g, ' ');
}
