/** Statements with other numbers for their locals and counters. */
import type { ConditionTerm, Index, RealTerm, Statement } from './ir';

export interface Renaming {
  local(id: number): number;
  counter(id: number): number;
}

export function renamed(statement: Statement, to: Renaming): Statement {
  const real = (term: RealTerm): RealTerm => renamedReal(term, to);
  const index = (term: Index): Index => renamedIndex(term, to);
  const block = (statements: readonly Statement[]): Statement[] => statements.map((inner) => renamed(inner, to));
  switch (statement.kind) {
    case 'assign': {
      const value = real(statement.value);
      return { ...statement, local: to.local(statement.local), value };
    }
    case 'store':
      return { ...statement, index: index(statement.index), value: real(statement.value) };
    case 'for':
      return {
        ...statement,
        counter: to.counter(statement.counter),
        from: index(statement.from),
        to: index(statement.to),
        reductions: statement.reductions.map((reduction) => ({ ...reduction, local: to.local(reduction.local) })),
        body: block(statement.body),
      };
    case 'if':
      return {
        ...statement,
        condition: renamedCondition(statement.condition, to),
        body: block(statement.body),
        otherwise: block(statement.otherwise),
      };
    case 'while':
      return { ...statement, condition: renamedCondition(statement.condition, to), body: block(statement.body) };
    case 'call':
      return { ...statement, indices: statement.indices.map(index) };
  }
}

function renamedReal(term: RealTerm, to: Renaming): RealTerm {
  switch (term.kind) {
    case 'literal':
      return term;
    case 'local':
      return { kind: 'local', id: to.local(term.id) };
    case 'load':
    case 'index':
      return { ...term, index: renamedIndex(term.index, to) };
    case 'unary':
      return { ...term, operand: renamedReal(term.operand, to) };
    case 'binary':
      return { ...term, first: renamedReal(term.first, to), second: renamedReal(term.second, to) };
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

function renamedIndex(index: Index, to: Renaming): Index {
  switch (index.kind) {
    case 'literal':
      return index;
    case 'counter':
      return { kind: 'counter', id: to.counter(index.id) };
    case 'sum':
      return { kind: 'sum', first: renamedIndex(index.first, to), second: renamedIndex(index.second, to) };
    case 'product':
      return { ...index, first: renamedIndex(index.first, to) };
  }
}
