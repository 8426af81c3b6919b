/** Every term and statement of a body, once. */
import type { ConditionTerm, RealTerm, Statement } from './ir';

type OnReal = (term: RealTerm) => void;

export interface Visitor {
  real?: OnReal;
  statement?(statement: Statement): void;
}

/** Calls `real` on the terms of the statement itself, without those of statements inside it. */
export function visitOwn(statement: Statement, real: OnReal): void {
  if (statement.kind === 'assign' || statement.kind === 'store') visitReal(statement.value, real);
  if (statement.kind === 'if' || statement.kind === 'while') visitCondition(statement.condition, real);
}

/** Calls the visitor on each statement, before its parts, and on each real term in them. */
export function visit(statements: readonly Statement[], visitor: Visitor): void {
  const { real } = visitor;
  // Counted, as iterators would be made by the thousand.
  for (let i = 0; i < statements.length; i++) {
    const statement = statements[i];
    visitor.statement?.(statement);
    if (real) visitOwn(statement, real);
    if (hasBlocks(statement)) for (const block of blocksOf(statement)) visit(block, visitor);
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

function hasBlocks({ kind }: Statement): boolean {
  return kind !== 'assign' && kind !== 'store' && kind !== 'call';
}

export function visitReal(term: RealTerm, real: OnReal): void {
  real(term);
  switch (term.kind) {
    case 'unary':
      visitReal(term.operand, real);
      break;
    case 'binary':
      visitReal(term.first, real);
      visitReal(term.second, real);
      break;
    case 'select':
      visitCondition(term.condition, real);
      visitReal(term.first, real);
      visitReal(term.second, real);
      break;
    case 'apply':
      for (const operand of term.operands) visitReal(operand, real);
      break;
    case 'literal':
    case 'local':
    case 'load':
    case 'index':
      break;
  }
}

function visitCondition(condition: ConditionTerm, real: OnReal): void {
  switch (condition.kind) {
    case 'compare':
      visitReal(condition.first, real);
      visitReal(condition.second, real);
      break;
    case 'and':
    case 'or':
      visitCondition(condition.first, real);
      visitCondition(condition.second, real);
      break;
    case 'not':
      visitCondition(condition.operand, real);
      break;
    case 'compareIndex':
      break;
  }
}
