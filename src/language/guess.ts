/** Where the solver starts: what the text says, else initial values for states and zero for what is free. */
import type { Node } from '../expression';
import type { Guess, Problem, State } from '../problem';
import type { Context } from './context';
import { declared, shapeOf } from './declarations';
import { fixedPlace } from './places';
import type { Element, Path } from './syntax';

/** By the symbol of what is guessed; null where a guess has a mistake. */
type Given = Map<Node, Guess | null>;

const kinds = ['state', 'control', 'algebraic'] as const;

export function guess(context: Context, states: readonly State[]): Problem['guess'] {
  const given: Given = new Map();
  for (const kind of kinds) {
    for (const { syntax } of declared(context, kind)) {
      const { target } = syntax;
      if (syntax.guess) give(context, given, { ...target, indices: [], whole: target }, syntax.guess);
    }
  }
  for (const { target, path } of context.document.guesses) give(context, given, target, path);

  const zero = context.graph.constant(0);
  const same = (node: Node): Guess => ({ from: node, to: node });
  const ofKind = (kind: (typeof kinds)[number]) =>
    declared(context, kind)
      .flatMap(({ entity }) => entity.symbols)
      .map((symbol) => given.get(symbol) ?? same(zero));
  return {
    states: states.map(({ symbol, initial }) => given.get(symbol) ?? same(initial ?? zero)),
    controls: ofKind('control'),
    algebraics: ofKind('algebraic'),
  };
}

function give(context: Context, given: Given, target: Element, path: Path | null): void {
  const { report, names } = context;
  const { name } = target;
  const entity = names.get(name);
  if (!entity || !kinds.some((kind) => kind === entity.kind)) {
    const near = names.nearest(name, kinds);
    const message = `\`${name}\` is not a state or control; only these are guessed`;
    report.error(target, message, near === null ? undefined : `did you mean \`${near}\`?`);
    return;
  }
  const selected = context.select(shapeOf(entity), target.indices, target.whole, name);
  if (!selected) return;
  const place = fixedPlace('a guess');
  const from = context.shaped(path?.start ?? null, place, selected);
  const to = path && path.end === path.start ? from : context.shaped(path?.end ?? null, place, selected);
  for (const [i, position] of selected.positions.entries()) {
    const symbol = entity.symbols[position] as Node;
    if (given.has(symbol)) report.error(target.whole, `\`${name}\` is guessed twice`);
    given.set(symbol, from && to && { from: from.entries[i] as Node, to: to.entries[i] as Node });
  }
}
