/**
 * How much a procedure computes, from its code: loops are counted as often as they run. Of the two sides of an `if`
 * on reals the one with more floating-point operations counts, of a `while` one pass.
 */
import type { ConditionTerm, Index, Module, RealTerm, Statement } from './ir';
import { visitOwn } from './visit';

export interface Operations {
  /** Additions and subtractions. */
  readonly adds: number;
  readonly multiplies: number;
  /** Divisions and square roots. */
  readonly divides: number;
  /** Evaluations of elementary functions; what they consist of is not counted. */
  readonly functions: number;
  readonly loads: number;
  readonly stores: number;
}

const NONE: Operations = { adds: 0, multiplies: 0, divides: 0, functions: 0, loads: 0, stores: 0 };

/** Adds, multiplies and divides. */
export function floatingPointOperations({ adds, multiplies, divides }: Operations): number {
  return adds + multiplies + divides;
}

function sum(a: Operations, b: Operations): Operations {
  return {
    adds: a.adds + b.adds,
    multiplies: a.multiplies + b.multiplies,
    divides: a.divides + b.divides,
    functions: a.functions + b.functions,
    loads: a.loads + b.loads,
    stores: a.stores + b.stores,
  };
}

/** The operations of one run of a procedure with these arguments. */
export function countOperations(module: Module, procedure: string, ...indices: number[]): Operations {
  const bodies = new Map(module.procedures.map(({ name, body }) => [name, body]));
  const calls = new Map<string, Operations>();
  const straight = new Map<Statement, Operations>();

  function run(name: string, given: readonly number[]): Operations {
    const key = `${name}(${given.join()})`;
    const known = calls.get(key);
    if (known) return known;
    const body = bodies.get(name);
    if (!body) throw new Error(`there is no procedure ${name}`);
    const counted = block(body, [...given]);
    calls.set(key, counted);
    return counted;
  }

  const block = (statements: readonly Statement[], counters: number[]): Operations =>
    statements.reduce((total, statement) => sum(total, count(statement, counters)), NONE);

  function count(statement: Statement, counters: number[]): Operations {
    switch (statement.kind) {
      case 'assign':
      case 'store':
        return own(statement);
      case 'for': {
        let total = NONE;
        const end = evaluateIndex(statement.to, counters);
        for (let i = evaluateIndex(statement.from, counters); i < end; i++) {
          counters[statement.counter] = i;
          total = sum(total, block(statement.body, counters));
        }
        return total;
      }
      case 'if':
        return sum(own(statement), branch(statement, counters));
      case 'while':
        return sum(own(statement), block(statement.body, counters));
      case 'call':
        return run(
          statement.procedure,
          statement.indices.map((index) => evaluateIndex(index, counters)),
        );
    }
  }

  function branch(statement: Statement & { kind: 'if' }, counters: number[]): Operations {
    const { condition } = statement;
    if (condition.kind === 'compareIndex')
      return block(holds(condition, counters) ? statement.body : statement.otherwise, counters);
    const sides = [block(statement.body, counters), block(statement.otherwise, counters)];
    return floatingPointOperations(sides[0]) >= floatingPointOperations(sides[1]) ? sides[0] : sides[1];
  }

  /** What the terms of the statement itself take, without those of statements in it. */
  function own(statement: Statement): Operations {
    const known = straight.get(statement);
    if (known) return known;
    const counted = { ...NONE, stores: statement.kind === 'store' ? 1 : 0 };
    visitOwn(statement, (term) => tally(term, counted));
    straight.set(statement, counted);
    return counted;
  }

  return run(procedure, indices);
}

type Tally = { -readonly [K in keyof Operations]: number };

function tally(term: RealTerm, into: Tally): void {
  if (term.kind === 'load') into.loads++;
  if (term.kind === 'apply') into.functions++;
  if (term.kind === 'unary' && term.operation === 'sqrt') into.divides++;
  if (term.kind !== 'binary') return;
  if (term.operation === 'add' || term.operation === 'sub') into.adds++;
  if (term.operation === 'mul') into.multiplies++;
  if (term.operation === 'div') into.divides++;
}

function evaluateIndex(index: Index, counters: readonly number[]): number {
  switch (index.kind) {
    case 'literal':
      return index.value;
    case 'counter':
      return counters[index.id];
    case 'sum':
      return evaluateIndex(index.first, counters) + evaluateIndex(index.second, counters);
    case 'product':
      return evaluateIndex(index.first, counters) * index.factor;
  }
}

function holds(condition: ConditionTerm & { kind: 'compareIndex' }, counters: readonly number[]): boolean {
  const [first, second] = [evaluateIndex(condition.first, counters), evaluateIndex(condition.second, counters)];
  switch (condition.comparison) {
    case 'lt':
      return first < second;
    case 'le':
      return first <= second;
    case 'gt':
      return first > second;
    case 'ge':
      return first >= second;
    case 'eq':
      return first === second;
    case 'ne':
      return first !== second;
  }
}
