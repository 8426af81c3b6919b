/** What a list of statements mentions, found in one go over them and what is inside them. */
import type { ConditionTerm, Statement } from '../ir';
import { visit } from '../visit';

export interface Uses {
  /** Buffers that are read and written, without those of procedures called. */
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
  readonly calls: readonly (Statement & { kind: 'call' })[];
  /** Conditions of choices between reals. */
  readonly choices: readonly ConditionTerm[];
}

export function usesOf(statements: readonly Statement[]): Uses {
  const [reads, writes, functions] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const calls: (Statement & { kind: 'call' })[] = [];
  const choices: ConditionTerm[] = [];
  visit(statements, {
    real: (term) => {
      if (term.kind === 'load') reads.add(term.buffer);
      else if (term.kind === 'apply') functions.add(term.function);
      else if (term.kind === 'select') choices.push(term.condition);
    },
    statement: (statement) => {
      if (statement.kind === 'store') writes.add(statement.buffer);
      else if (statement.kind === 'call') calls.push(statement);
    },
  });
  return { reads, writes, functions, calls, choices };
}
