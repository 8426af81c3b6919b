/** Which locals of a body need a variable: those not written exactly once, before every use and in a block around it. */
import type { RealTerm, Statement } from '../ir';
import { blocksOf, visitOwn, visitReal } from '../visit';

export interface Locals {
  readonly constants: ReadonlySet<number>;
  readonly written: ReadonlySet<number>;
}

export function localsOf(body: readonly Statement[], parameters: number, result: RealTerm | null): Locals {
  /** The block in which a local was written. */
  const written = new Map<number, number>();
  const variables = new Set<number>();
  /** Numbers of the blocks around. */
  const open = new Set([0]);
  let blocks = 1;

  const use = (term: RealTerm): void => {
    if (term.kind !== 'local' || term.id < parameters) return;
    const block = written.get(term.id);
    if (block === undefined || !open.has(block)) variables.add(term.id);
  };
  const walk = (statements: readonly Statement[], block: number): void => {
    for (const statement of statements) {
      visitOwn(statement, use);
      if (statement.kind === 'assign') {
        if (written.has(statement.local) || statement.local < parameters) variables.add(statement.local);
        written.set(statement.local, block);
      }
      for (const nested of blocksOf(statement)) {
        const number = blocks++;
        open.add(number);
        walk(nested, number);
        open.delete(number);
      }
    }
  };
  walk(body, 0);
  if (result) visitReal(result, use);
  const constants = new Set([...written.keys()].filter((local) => !variables.has(local)));
  return { constants, written: new Set(written.keys()) };
}
