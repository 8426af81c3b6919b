/** Every term and statement of a body, once. */
import type { ConditionTerm, RealTerm, Statement } from './ir';

export interface Visitor {
  real?(term: RealTerm): void;
  statement?(statement: Statement): void;
}

/** Calls `real` on the terms of the statement itself, without those of statements inside it. */
export function visitOwn(statement: Statement, real: (term: RealTerm) => void): void {
  const visitor = { real };
  if (statement.kind === 'assign' || statement.kind === 'store') visitReal(statement.value, visitor);
  if (statement.kind === 'if' || statement.kind === 'while') visitCondition(statement.condition, visitor);
}

/** Calls the visitor on each statement, before its parts, and on each real term in them. */
export function visit(statements: readonly Statement[], visitor: Visitor): void {
  for (const statement of statements) {
    visitor.statement?.(statement);
    if (visitor.real) visitOwn(statement, visitor.real);
    for (const block of blocksOf(statement)) visit(block, visitor);
  }
}

/** The lists of statements in a statement. */
export function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'for':
    case 'while':
      return [statement.body];
    case 'if':
      return [statement.body, statement.otherwise];
    default:
      return [];
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
