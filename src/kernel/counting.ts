/**
 * A module that counts its floating-point operations as it runs: every block of statements first adds to a buffer what
 * its terms take, so that branches and loops count as they are really taken. Elementary functions count with the
 * operations they consist of, and of the two sides of a branch in them the longer one.
 */
import type { Module, RealTerm, Statement } from './ir';
import { blocksOf, visitOwn, visitReal } from './visit';

/** The buffer with the number of additions, multiplications, divisions and square roots so far. */
export const COUNT = 'counted.operations';

const COUNTED = new Set(['add', 'sub', 'mul', 'div', 'sqrt']);

/** The same module with the count. For the interpreter: its independent loops are no longer independent. */
export function counting(module: Module): Module {
  const costs = functionCosts(module);
  const counted = (statements: readonly Statement[], before = 0): Statement[] => {
    const total = statements.reduce((sum, statement) => sum + own(statement, costs), before);
    return [...(total > 0 ? [add(total)] : []), ...statements.map(inside)];
  };
  const inside = (statement: Statement): Statement => {
    switch (statement.kind) {
      case 'for':
        return { ...statement, body: counted(statement.body) };
      case 'while':
        return { ...statement, body: counted(statement.body, own(statement, costs)) };
      case 'if':
        return { ...statement, body: counted(statement.body), otherwise: counted(statement.otherwise) };
      default:
        return statement;
    }
  };
  return {
    ...module,
    buffers: [...module.buffers, { name: COUNT, length: 1 }],
    procedures: module.procedures.map((procedure) => ({ ...procedure, body: counted(procedure.body) })),
  };
}

function add(operations: number): Statement {
  const index = { kind: 'literal', value: 0 } as const;
  const first = { kind: 'load', buffer: COUNT, index } as const;
  const second = { kind: 'literal', value: operations } as const;
  return { kind: 'store', buffer: COUNT, index, value: { kind: 'binary', operation: 'add', first, second } };
}

type Costs = (name: string) => number;

/** Functions call only those defined before them, or none. */
function functionCosts({ functions }: Module): Costs {
  const known = new Map<string, number>();
  const cost: Costs = (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const code = functions.find((one) => one.name === name);
    if (!code) throw new Error(`there is no function ${name}`);
    let total = longest(code.body, cost);
    visitReal(code.result, (term) => {
      total += ofTerm(term, cost);
    });
    known.set(name, total);
    return total;
  };
  return cost;
}

function longest(statements: readonly Statement[], costs: Costs): number {
  return statements.reduce((sum, statement) => {
    const inner = blocksOf(statement).map((block) => longest(block, costs));
    return sum + own(statement, costs) + Math.max(0, ...inner);
  }, 0);
}

/** What the terms of the statement itself take, without those of statements in it. */
function own(statement: Statement, costs: Costs): number {
  let total = 0;
  visitOwn(statement, (term) => {
    total += ofTerm(term, costs);
  });
  return total;
}

function ofTerm(term: RealTerm, costs: Costs): number {
  if (term.kind === 'apply') return costs(term.function);
  return (term.kind === 'unary' || term.kind === 'binary') && COUNTED.has(term.operation) ? 1 : 0;
}
