/** States with their initial values. */
import type { Node } from '../expression';
import type { State } from '../problem';
import type { Context } from './context';
import { declared, namesOf, shapeOf } from './declarations';
import { fixedPlace } from './places';

export function states(context: Context): State[] {
  return declared(context, 'state').flatMap(({ entity, syntax }): State[] => {
    const { target, description, initial } = syntax;
    const place = fixedPlace(`the initial value of \`${target.name}\``);
    const lowered = initial === 'free' ? null : context.shaped(initial, place, shapeOf(entity));
    if (lowered && initial !== 'free' && initial) {
      context.atDeclaredValues(lowered.entries, (...values) => {
        if (values.every(Number.isFinite)) return;
        context.report.error(initial, `the initial value of \`${target.name}\` is not a finite number`);
      });
    }
    return namesOf(entity).map((name, i) => ({
      name,
      symbol: entity.symbols[i] as Node,
      initial: lowered?.entries[i] ?? null,
      description,
    }));
  });
}
