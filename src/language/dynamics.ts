/** The equations of the dynamics: one for each state, all continuous or all discrete, and one for each algebraic variable. */
import type { Node } from '../expression';
import type { Problem } from '../problem';
import type { Context } from './context';
import { declared, namesOf, shapeOf } from './declarations';
import { type Entity, kindInWords } from './names';
import { stagePlace } from './places';
import type { Element, EquationSyntax } from './syntax';

const place = stagePlace('an equation');

/** Right-hand sides by the symbol of their state; null where one has a mistake. */
type RightHandSides = Map<Node, Node | null>;

export function dynamics(context: Context): Problem['dynamics'] {
  const { document, graph } = context;
  const kind = document.equations.find(({ mark }) => mark)?.mark ?? 'continuous';
  const rhs: RightHandSides = new Map();
  const algebraic: Node[] = [];

  for (const equation of document.equations) {
    const { target, mark, value, bindings } = equation;
    if (target && mark !== null && mark !== kind) reportMixed(context, target, kind);
    context.forEach(bindings, () => {
      if (target) differential(context, equation, target, rhs);
      else algebraic.push(...(context.lower(value, place)?.entries ?? []));
    });
  }
  const all = declared(context, 'state').flatMap(({ entity }) => {
    reportMissing(context, entity, rhs, kind);
    return entity.symbols.map((symbol) => rhs.get(symbol) ?? graph.constant(0));
  });
  checkAlgebraic(context, algebraic.length, kind);
  return { kind, rhs: all, algebraic };
}

function differential(context: Context, { value }: EquationSyntax, target: Element, rhs: RightHandSides): void {
  const entity = stateOf(context, target);
  const selected = entity && context.select(shapeOf(entity), target.indices, target.whole, target.name);
  if (!entity || !selected) {
    context.lower(value, place);
    return;
  }
  const lowered = context.shaped(value, place, selected);
  const names = namesOf(entity);
  for (const [i, position] of selected.positions.entries()) {
    const symbol = entity.symbols[position] as Node;
    if (rhs.has(symbol)) context.report.error(target.whole, `\`${names[position]}\` has two equations`);
    else rhs.set(symbol, lowered?.entries[i] ?? null);
  }
}

function reportMissing({ report }: Context, entity: Entity, rhs: RightHandSides, kind: string): void {
  const { target } = entity.declaration;
  const names = namesOf(entity);
  const missing = entity.symbols.findIndex((symbol) => !rhs.has(symbol));
  if (missing < 0) return;
  const name = entity.symbols.some((symbol) => rhs.has(symbol)) ? (names[missing] as string) : target.name;
  const hint = `write \`${name}${kind === 'continuous' ? "'" : '+'} = …\` under \`dynamics\``;
  report.error(target, `the dynamics of \`${name}\` are missing`, hint);
}

function reportMixed({ report }: Context, target: Element, kind: 'continuous' | 'discrete'): void {
  const name = report.text.slice(target.whole.from, target.whole.to);
  const hint = kind === 'continuous' ? `write \`${name}' = …\`` : `write \`${name}+ = …\``;
  report.error(target, `the equations are ${kind} above; a problem is either continuous or discrete`, hint);
}

function stateOf({ names, report }: Context, target: Element): Entity | null {
  const entity = names.get(target.name);
  if (entity?.kind === 'state') return entity;
  if (entity) {
    const hint = entity.kind === 'algebraic' ? 'an equation `0 = …` determines it' : undefined;
    report.error(target, `\`${target.name}\` is ${kindInWords(entity.kind)}; only states have dynamics`, hint);
  } else {
    const near = names.nearest(target.name, ['state']);
    const hint = near === null ? `declare it: \`state ${target.name} = 0\`` : `did you mean \`${near}\`?`;
    report.error(target, `\`${target.name}\` is not a state`, hint);
  }
  return null;
}

function checkAlgebraic(context: Context, equations: number, kind: 'continuous' | 'discrete'): void {
  const { report, document } = context;
  const variables = declared(context, 'algebraic');
  const count = variables.reduce((total, { entity }) => total + entity.symbols.length, 0);
  const written = document.equations.filter(({ target }) => target === null);
  const [first] = variables;
  if (kind === 'discrete' && (first || written[0])) {
    const at = first?.syntax.target ?? written[0] ?? { from: 0, to: 0 };
    report.error(at, 'only continuous dynamics have algebraic equations', 'name the expression with `let` instead');
    return;
  }
  const at = written.at(-1) ?? first?.syntax.target;
  if (!at || equations === count || report.hasErrors) return;
  const plural = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;
  const message = `${plural(equations, 'equation')} \`0 = …\` cannot determine ${plural(count, 'algebraic variable')}`;
  const hint = equations < count ? 'write one `0 = …` under `dynamics` for each' : 'declare `algebraic y` for each';
  report.error(at, message, hint);
}
