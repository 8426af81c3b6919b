/**
 * Addresses in a loop that has no other inside: those that differ by a constant are one number, which grows by the same
 * with every iteration instead of being made from the counters each time (strength reduction: Allen, Cocke & Kennedy
 * 1981; Aho, Lam, Sethi & Ullman 2006, section 9.1.4).
 */
import type { Affine } from '../affine';
import type { Index, Statement } from '../ir';
import { blocksOf, visit } from '../visit';

/** More would take registers from what is computed. */
export const MOST_RUNNING = 4;

/** Addresses without their constants, and by how many bytes they grow. */
export interface Running {
  /** What stands for them among indices. */
  readonly key: string;
  /** An index that has such an address. */
  readonly index: Index;
  readonly growth: number;
}

type Loop = Statement & { kind: 'for' };

/** Those of the loop, as they are first met; none where there is a loop or call in it. `size`: bytes of an element. */
export function runningIn({ body, counter, down }: Loop, affine: Affine, size: number): readonly Running[] {
  if (!isStraight(body)) return [];
  const found = new Map<string, Running>();
  const meet = (index: Index): void => {
    affine.set(index, size);
    const factor = affine.factorOf(counter);
    if (factor === 0) return;
    const { key } = affine;
    if (!found.has(key)) found.set(key, { key, index, growth: down ? -factor : factor });
  };
  visit(body, {
    real: (term) => {
      if (term.kind === 'load') meet(term.index);
    },
    statement: (statement) => {
      if (statement.kind === 'store') meet(statement.index);
    },
  });
  return [...found.values()].slice(0, MOST_RUNNING);
}

/** Whether there is no loop or call. */
function isStraight(statements: readonly Statement[]): boolean {
  return (
    statements.every(({ kind }) => kind !== 'for' && kind !== 'while' && kind !== 'call') &&
    statements.every((statement) => blocksOf(statement).every(isStraight))
  );
}
