/** Bounds of controls and the lines under `subject to`, entry by entry. */
import type { Node } from '../expression';
import type { Constraint } from '../problem';
import { type Bounded, between, bounds } from './bounds';
import type { Context } from './context';
import { declared, namesOf, shapeOf } from './declarations';
import type { Span } from './diagnostics';
import { softness } from './soft';
import { type StageRange, stageRange } from './stages';
import type { ConstraintSyntax } from './syntax';
import { entryNames, isScalar } from './value';

/** @param steps null where the horizon is not known: the stages cannot be checked then. */
export function constraints(context: Context, steps: number | null): Constraint[] {
  const names = new UnusedNames();
  reportSameLabels(context);
  const found = controlBounds(context, names, steps ?? 1);
  for (const { label } of context.document.constraints) if (label) names.reserve(label.name);
  for (const syntax of context.document.constraints) {
    context.forEach(syntax.bindings, (indices) => found.push(...line(context, syntax, indices, names, steps)));
  }
  return found;
}

function reportSameLabels({ document, names, report }: Context): void {
  const taken = new Map<string, Span>();
  for (const { label } of document.constraints) {
    if (!label) continue;
    const control = names.get(label.name)?.declaration;
    if (taken.has(label.name)) report.error(label, `two constraints have the name \`${label.name}\``);
    else if (control?.kind === 'control' && control.range) {
      report.error(label, `the bounds of the control \`${label.name}\` have this name already`, 'choose another label');
    }
    taken.set(label.name, label);
  }
}

function controlBounds(context: Context, names: UnusedNames, steps: number): Constraint[] {
  return declared(context, 'control').flatMap(({ entity, syntax: { target, range } }) => {
    if (!range) return [];
    const called = `a bound of \`${target.name}\``;
    const all = between(context, shapeOf(entity), range.lower, range.upper, called, range, target.name);
    return all.flatMap((bounded) => {
      const entries = namesOf(entity).map((name) => names.name(bounded.side ? `${name}-${bounded.side}` : name));
      return split(bounded, entries, { from: 0, to: steps - 1 }, null);
    });
  });
}

/** A line under `subject to`, at one value of what is counted. */
function line(
  context: Context,
  syntax: ConstraintSyntax,
  indices: readonly number[],
  names: UnusedNames,
  steps: number | null,
): Constraint[] {
  const all = bounds(context, syntax);
  const soft = softness(context, syntax);
  return all.flatMap((bounded) => {
    const range = stageRange(context, steps === null ? null : syntax.scope, bounded.uses, steps ?? 1);
    return range ? split(bounded, entryLabels(syntax, bounded, indices, names), range, soft) : [];
  });
}

function split(bounded: Bounded, names: readonly string[], range: StageRange, soft: Constraint['soft']): Constraint[] {
  return bounded.expression.map((expression, i) => ({
    name: names[i] as string,
    expression,
    lower: (bounded.lower?.[i] as Node | undefined) ?? null,
    upper: (bounded.upper?.[i] as Node | undefined) ?? null,
    ...range,
    soft,
  }));
}

/** `label[1]`, `label[2,1]`: what `for` counts first, then the place of the entry; or the expression itself. */
function entryLabels(
  { label, scope, bindings }: ConstraintSyntax,
  { shape, text, side }: Bounded,
  indices: readonly number[],
  names: UnusedNames,
): string[] {
  const sided = (name: string) => (side ? `${name}-${side}` : name);
  const within = isScalar(shape) ? [''] : entryNames('', shape).map((name) => name.slice(1, -1));
  if (label) {
    return within.map((place) => {
      const numbers = [...indices, ...(place === '' ? [] : [place])].join(',');
      const name = sided(numbers === '' ? label.name : `${label.name}[${numbers}]`);
      return name === label.name ? name : names.name(name);
    });
  }
  const counted = new Map(bindings.map(({ name }, i) => [name, String(indices[i])]));
  const written = text.replace(/[A-Za-z_]\w*/g, (word) => counted.get(word) ?? word);
  const short = written.length > 40 ? `${written.slice(0, 39)}…` : written;
  return within.map((place) => {
    const entry = place === '' ? short : `${short}[${place}]`;
    const placed = scope?.kind === 'end' || scope?.kind === 'start' ? `${entry} at ${scope.kind}` : entry;
    return names.name(sided(placed));
  });
}

/** Names of constraints, each once: a name that is taken gets a number. */
class UnusedNames {
  private readonly counts = new Map<string, number>();

  reserve(name: string): void {
    this.counts.set(name, 1);
  }

  name(wanted: string): string {
    const count = (this.counts.get(wanted) ?? 0) + 1;
    this.counts.set(wanted, count);
    return count === 1 ? wanted : this.name(`${wanted} (${count})`);
  }
}
