/**
 * Under a mask, a local keeps its value in the lanes that are masked out, but only where somebody may still ask for it.
 *
 * The home of a local is the block of the outermost mask its values may be read under. Where a block of statements has
 * all that mentions the local, and assigns it before anything reads it, nobody outside that block ever sees the value,
 * so that the home is the masked block around it; else it is the whole body, whose mask does not change.
 */
import type { ConditionTerm, RealTerm, Statement } from '../ir';
import { blocksOf, visitOwn, visitReal } from '../visit';

interface Block {
  readonly statements: readonly Statement[];
  readonly parent: Block | null;
  readonly depth: number;
  /** The innermost masked block around it, or itself. */
  readonly masked: readonly Statement[];
}

interface Mentions {
  /** The smallest block with all of them. */
  around: Block;
  /** Where it is assigned first, if that comes before any reading. */
  readonly assigned: Block | null;
}

/** The home of each local, as the list of statements of its block. `result` is read after the body. */
export function homes(body: readonly Statement[], result: RealTerm | null): Map<number, readonly Statement[]> {
  const mentions = new Map<number, Mentions>();
  const mention = (local: number, at: Block, assigned: boolean): void => {
    const known = mentions.get(local);
    if (known) known.around = around(known.around, at);
    else mentions.set(local, { around: at, assigned: assigned ? at : null });
  };
  const walk = (block: Block): void => {
    for (const statement of block.statements) {
      visitOwn(statement, (term) => {
        if (term.kind === 'local') mention(term.id, block, false);
      });
      if (statement.kind === 'assign') mention(statement.local, block, true);
      for (const statements of blocksOf(statement))
        walk({
          statements,
          parent: block,
          depth: block.depth + 1,
          masked: isMasked(statement) ? statements : block.masked,
        });
    }
  };
  const root: Block = { statements: body, parent: null, depth: 0, masked: body };
  walk(root);
  if (result) visitReal(result, (term) => term.kind === 'local' && mention(term.id, root, false));
  return new Map(
    Array.from(mentions, ([local, { around: block, assigned }]) => [local, assigned === block ? block.masked : body]),
  );
}

function around(a: Block, b: Block): Block {
  let [first, second] = [a, b];
  while (first !== second) {
    if (first.depth >= second.depth && first.parent) first = first.parent;
    else if (second.parent) second = second.parent;
  }
  return first;
}

function isMasked(statement: Statement): boolean {
  return (statement.kind === 'if' || statement.kind === 'while') && !isUniform(statement.condition);
}

/** How many masks lie inside one another. */
export function maskDepth(statements: readonly Statement[]): number {
  let deepest = 0;
  for (const statement of statements)
    for (const block of blocksOf(statement))
      deepest = Math.max(deepest, maskDepth(block) + (isMasked(statement) ? 1 : 0));
  return deepest;
}

/** Whether the condition is the same in all lanes. */
export function isUniform(condition: ConditionTerm): boolean {
  switch (condition.kind) {
    case 'compare':
      return false;
    case 'compareIndex':
      return true;
    case 'and':
    case 'or':
      return isUniform(condition.first) && isUniform(condition.second);
    case 'not':
      return isUniform(condition.operand);
  }
}
