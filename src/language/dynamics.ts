/** The equations of the dynamics: one for each state, all continuous or all discrete. */
import type { Node } from '../expression';
import type { Problem } from '../problem';
import type { Context } from './context';
import { declared } from './declarations';
import { stagePlace } from './lower';
import { kindInWords } from './names';
import type { EquationSyntax } from './syntax';

export function dynamics(context: Context): Problem['dynamics'] {
  const { document, report, graph } = context;
  const kind = document.equations.find(({ mark }) => mark)?.mark ?? 'continuous';
  const place = stagePlace('an equation');
  const rhs = new Map<string, Node | null>();

  for (const equation of document.equations) {
    const { target, mark, value } = equation;
    if (mark !== null && mark !== kind) reportMixed(context, equation, kind);
    const lowered = context.lower(value, place)?.node ?? null;
    if (!isState(context, equation)) continue;
    if (rhs.has(target.name)) report.error(target, `\`${target.name}\` has two equations`);
    else rhs.set(target.name, lowered);
  }
  const all = declared(context, 'state').map(({ syntax: { target } }) => {
    if (!rhs.has(target.name)) {
      const mark = kind === 'continuous' ? "'" : '+';
      const message = `the dynamics of \`${target.name}\` are missing`;
      report.error(target, message, `write \`${target.name}${mark} = …\` under \`dynamics\``);
    }
    return rhs.get(target.name) ?? graph.constant(0);
  });
  return { kind, rhs: all, algebraic: [] };
}

function reportMixed({ report }: Context, { target }: EquationSyntax, kind: 'continuous' | 'discrete'): void {
  const { name } = target;
  const hint = kind === 'continuous' ? `write \`${name}' = …\`` : `write \`${name}+ = …\``;
  report.error(target, `the equations are ${kind} above; a problem is either continuous or discrete`, hint);
}

function isState({ names, report }: Context, { target }: EquationSyntax): boolean {
  const entity = names.get(target.name);
  if (entity?.kind === 'state') return true;
  if (entity) {
    report.error(target, `\`${target.name}\` is ${kindInWords(entity.kind)}; only states have dynamics`);
  } else {
    const near = names.nearest(target.name, ['state']);
    const hint = near === null ? `declare it: \`state ${target.name} = 0\`` : `did you mean \`${near}\`?`;
    report.error(target, `\`${target.name}\` is not a state`, hint);
  }
  return false;
}
