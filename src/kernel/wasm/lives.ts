/** When the locals of a body come and go, in numbers of its statements. */
import type { Statement } from '../ir';
import { type Visitor, visit } from '../visit';

export interface Lives {
  /** The statement that gives a local its value for good. */
  readonly made: ReadonlyMap<number, number>;
  /** The statements that use such a local, in order. */
  readonly uses: ReadonlyMap<number, readonly number[]>;
  /** Of the other locals, the first and the last statement that mentions each. */
  readonly changing: ReadonlyMap<number, Span>;
}

interface Span {
  readonly first: number;
  readonly last: number;
}

export function livesOf(body: readonly Statement[]): Lives {
  const assignments = new Map<number, number>();
  visit(body, {
    statement: (one) => {
      if (one.kind === 'assign') assignments.set(one.local, (assignments.get(one.local) ?? 0) + 1);
    },
  });
  const made = new Map<number, number>();
  const uses = new Map<number, number[]>();
  const changing = new Map<number, Span>();
  let i = 0;
  const mention = (local: number): void => {
    if (!made.has(local)) {
      changing.set(local, { first: changing.get(local)?.first ?? i, last: i });
      return;
    }
    const known = uses.get(local);
    if (!known) uses.set(local, [i]);
    else if (known[known.length - 1] !== i) known.push(i);
  };
  const inside: Visitor = {
    real: (term) => {
      if (term.kind === 'local') mention(term.id);
    },
    statement: (one) => {
      if (one.kind === 'assign' && one !== body[i]) mention(one.local);
      if (one.kind === 'for') for (const { local } of one.reductions) mention(local);
    },
  };
  const single: Statement[] = [];
  for (; i < body.length; i++) {
    const statement = body[i];
    single[0] = statement;
    visit(single, inside);
    if (statement.kind !== 'assign') continue;
    const { local } = statement;
    if (assignments.get(local) === 1 && !changing.has(local)) made.set(local, i);
    else mention(local);
  }
  return { made, uses, changing };
}
