/** Statements with other numbers for their locals and counters. */
import type { ConditionTerm, Index, RealTerm, Statement } from './ir';

export interface Renaming {
  local(id: number): number;
  counter(id: number): number;
}

export function renamed(statement: Statement, to: Renaming): Statement {
  switch (statement.kind) {
    case 'assign': {
      const value = renamedReal(statement.value, to);
      return { kind: 'assign', local: to.local(statement.local), value };
    }
    case 'store': {
      const { buffer, index, value } = statement;
      return { kind: 'store', buffer, index: renamedIndex(index, to), value: renamedReal(value, to) };
    }
    case 'for':
      return {
        ...statement,
        counter: to.counter(statement.counter),
        from: renamedIndex(statement.from, to),
        to: renamedIndex(statement.to, to),
        reductions: statement.reductions.map((reduction) => ({ ...reduction, local: to.local(reduction.local) })),
        body: renamedBlock(statement.body, to),
      };
    case 'if':
      return {
        ...statement,
        condition: renamedCondition(statement.condition, to),
        body: renamedBlock(statement.body, to),
        otherwise: renamedBlock(statement.otherwise, to),
      };
    case 'while':
      return {
        ...statement,
        condition: renamedCondition(statement.condition, to),
        body: renamedBlock(statement.body, to),
      };
    case 'call':
      return { ...statement, indices: statement.indices.map((index) => renamedIndex(index, to)) };
  }
}

function renamedBlock(statements: readonly Statement[], to: Renaming): Statement[] {
  return statements.map((statement) => renamed(statement, to));
}

function renamedReal(term: RealTerm, to: Renaming): RealTerm {
  switch (term.kind) {
    case 'literal':
      return term;
    case 'local':
      return { kind: 'local', id: to.local(term.id) };
    case 'load': {
      const index = renamedIndex(term.index, to);
      return index === term.index ? term : { kind: 'load', buffer: term.buffer, index };
    }
    case 'index':
      return { kind: 'index', index: renamedIndex(term.index, to) };
    case 'unary':
      return { kind: 'unary', operation: term.operation, operand: renamedReal(term.operand, to) };
    case 'binary': {
      const first = renamedReal(term.first, to);
      return { kind: 'binary', operation: term.operation, first, second: renamedReal(term.second, to) };
    }
    case 'select':
      return {
        kind: 'select',
        condition: renamedCondition(term.condition, to),
        first: renamedReal(term.first, to),
        second: renamedReal(term.second, to),
      };
    case 'apply':
      return { ...term, operands: term.operands.map((operand) => renamedReal(operand, to)) };
  }
}

function renamedCondition(term: ConditionTerm, to: Renaming): ConditionTerm {
  switch (term.kind) {
    case 'compare':
      return { ...term, first: renamedReal(term.first, to), second: renamedReal(term.second, to) };
    case 'compareIndex':
      return { ...term, first: renamedIndex(term.first, to), second: renamedIndex(term.second, to) };
    case 'and':
    case 'or':
      return { ...term, first: renamedCondition(term.first, to), second: renamedCondition(term.second, to) };
    case 'not':
      return { kind: 'not', operand: renamedCondition(term.operand, to) };
  }
}

/** The same object where nothing is renamed: most indices of a long straight line are such. */
function renamedIndex(index: Index, to: Renaming): Index {
  switch (index.kind) {
    case 'literal':
      return index;
    case 'counter': {
      const id = to.counter(index.id);
      return id === index.id ? index : { kind: 'counter', id };
    }
    case 'sum': {
      const [first, second] = [renamedIndex(index.first, to), renamedIndex(index.second, to)];
      return first === index.first && second === index.second ? index : { kind: 'sum', first, second };
    }
    case 'product': {
      const first = renamedIndex(index.first, to);
      return first === index.first ? index : { kind: 'product', first, factor: index.factor };
    }
  }
}
