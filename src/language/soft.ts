/** `soft(l1 = a, l2 = b)`: the price of violating a constraint. */
import type { Node } from '../expression';
import type { Constraint } from '../problem';
import type { Context } from './context';
import { nearest } from './nearest';
import { fixedPlace } from './places';
import type { ConstraintSyntax } from './syntax';

const weights = ['l1', 'l2'] as const;
type Weight = (typeof weights)[number];

/** Null for a constraint that is not soft. */
export function softness(context: Context, { soft, comparisons }: ConstraintSyntax): Constraint['soft'] {
  if (!soft) return null;
  const { report, graph } = context;
  const given = new Map<Weight, Node | null>();
  for (const penalty of soft.penalties) {
    const name = weights.find((weight) => weight === penalty.name);
    if (!name) {
      const near = nearest(penalty.name, weights);
      const hint = near === null ? 'a soft constraint has the weights `l1` and `l2`' : `did you mean \`${near}\`?`;
      report.error(penalty, `\`${penalty.name}\` is not a weight of a soft constraint`, hint);
      continue;
    }
    if (given.has(name)) report.error(penalty, `\`${name}\` is given twice`);
    const weight = context.scalar(penalty.value, fixedPlace('a weight'));
    given.set(name, weight?.node ?? null);
    if (!weight) continue;
    context.atDeclaredValues([weight.node], (value) => {
      if (!((value as number) >= 0)) report.error(penalty.value, `a weight is not negative, but this is ${value}`);
    });
  }
  if (soft.penalties.length === 0) {
    report.error(soft, 'a soft constraint needs a weight', 'write `soft(l1 = 10)`, `soft(l2 = 100)` or both');
  }
  if (comparisons.some(({ relation }) => relation === '==')) {
    report.error(soft, 'an equality cannot be soft', 'add its square to the cost, or write it with two sides');
  }
  const l1 = given.get('l1') ?? graph.constant(0);
  const l2 = given.get('l2') ?? graph.constant(0);
  const known = [...given.values()].every((weight) => weight !== null);
  if (given.size > 0 && known && graph.isConstant(l1, 0) && graph.isConstant(l2, 0)) {
    report.error(soft, 'both weights are zero, so that the constraint would not count');
  }
  return { l1, l2 };
}
