/** Where the solver starts: what the text says, else initial values for states and zero for what is free. */
import type { Control, Guess, Problem, State } from '../problem';
import type { Context } from './context';
import { declared } from './declarations';
import { fixedPlace } from './lower';
import type { Name, Path } from './syntax';

export function guess(context: Context, states: readonly State[], controls: readonly Control[]): Problem['guess'] {
  const given = new Map<string, Guess | null>();
  const variables = [...declared(context, 'state'), ...declared(context, 'control')];
  for (const { syntax } of variables) if (syntax.guess) give(context, given, syntax.target, syntax.guess);
  for (const { target, path } of context.document.guesses) give(context, given, target, path);

  const zero = context.graph.constant(0);
  return {
    states: states.map(({ name, initial }) => given.get(name) ?? { from: initial ?? zero, to: initial ?? zero }),
    controls: controls.map(({ name }) => given.get(name) ?? { from: zero, to: zero }),
    algebraics: [],
  };
}

function give(context: Context, given: Map<string, Guess | null>, target: Name, path: Path | null): void {
  const { report, names } = context;
  const { name } = target;
  const kind = names.get(name)?.kind;
  if (kind !== 'state' && kind !== 'control') {
    const near = names.nearest(name, ['state', 'control']);
    const message = `\`${name}\` is not a state or control; only these are guessed`;
    report.error(target, message, near === null ? undefined : `did you mean \`${near}\`?`);
    return;
  }
  if (given.has(name)) report.error(target, `\`${name}\` is guessed twice`);
  const place = fixedPlace('a guess');
  const from = context.lower(path?.start ?? null, place);
  const to = path && path.end === path.start ? from : context.lower(path?.end ?? null, place);
  given.set(name, from && to && { from: from.node, to: to.node });
}
