/** Every term and statement of a body, once. */
import type { ConditionTerm, RealTerm, Statement } from './ir';

export interface Visitor {
  real?(term: RealTerm): void;
  statement?(statement: Statement): void;
}

/** Calls the visitor on each statement, before its parts, and on each real term in them. */
export function visit(statements: readonly Statement[], visitor: Visitor): void {
  for (const statement of statements) {
    visitor.statement?.(statement);
    switch (statement.kind) {
      case 'assign':
      case 'store':
        visitReal(statement.value, visitor);
        break;
      case 'for':
        visit(statement.body, visitor);
        break;
      case 'if':
        visitCondition(statement.condition, visitor);
        visit(statement.body, visitor);
        visit(statement.otherwise, visitor);
        break;
      case 'while':
        visitCondition(statement.condition, visitor);
        visit(statement.body, visitor);
        break;
      case 'call':
        break;
    }
  }
}

export function visitReal(term: RealTerm, visitor: Visitor): void {
  visitor.real?.(term);
  switch (term.kind) {
    case 'unary':
      visitReal(term.operand, visitor);
      break;
    case 'binary':
      visitReal(term.first, visitor);
      visitReal(term.second, visitor);
      break;
    case 'select':
      visitCondition(term.condition, visitor);
      visitReal(term.first, visitor);
      visitReal(term.second, visitor);
      break;
    case 'apply':
      for (const operand of term.operands) visitReal(operand, visitor);
      break;
    case 'literal':
    case 'local':
    case 'load':
    case 'index':
      break;
  }
}

function visitCondition(condition: ConditionTerm, visitor: Visitor): void {
  switch (condition.kind) {
    case 'compare':
      visitReal(condition.first, visitor);
      visitReal(condition.second, visitor);
      break;
    case 'and':
    case 'or':
      visitCondition(condition.first, visitor);
      visitCondition(condition.second, visitor);
      break;
    case 'not':
      visitCondition(condition.operand, visitor);
      break;
    case 'compareIndex':
      break;
  }
}
