/** The same code with its terms or its variables replaced. */
import type { ConditionTerm, RealTerm, Statement } from '../ir';

export interface Rewrite {
  read(local: number): RealTerm;
  write(local: number, value: RealTerm): Statement;
  /** Of a term whose parts are rewritten already. */
  result?(term: RealTerm): RealTerm;
}

export function rewriteReal(term: RealTerm, rewrite: Rewrite): RealTerm {
  const real = (part: RealTerm): RealTerm => rewriteReal(part, rewrite);
  const result = rewrite.result ?? ((made: RealTerm): RealTerm => made);
  switch (term.kind) {
    case 'local':
      return rewrite.read(term.id);
    case 'literal':
    case 'load':
    case 'index':
      return result(term);
    case 'unary':
      return result({ ...term, operand: real(term.operand) });
    case 'binary':
      return result({ ...term, first: real(term.first), second: real(term.second) });
    case 'select': {
      const condition = rewriteCondition(term.condition, rewrite);
      return result({ ...term, condition, first: real(term.first), second: real(term.second) });
    }
    case 'apply':
      return result({ ...term, operands: term.operands.map(real) });
  }
}

export function rewriteCondition(term: ConditionTerm, rewrite: Rewrite): ConditionTerm {
  switch (term.kind) {
    case 'compare':
      return { ...term, first: rewriteReal(term.first, rewrite), second: rewriteReal(term.second, rewrite) };
    case 'compareIndex':
      return term;
    case 'and':
    case 'or':
      return { ...term, first: rewriteCondition(term.first, rewrite), second: rewriteCondition(term.second, rewrite) };
    case 'not':
      return { ...term, operand: rewriteCondition(term.operand, rewrite) };
  }
}

export function rewriteStatements(statements: readonly Statement[], rewrite: Rewrite): Statement[] {
  return statements.map((code) => rewriteStatement(code, rewrite));
}

function rewriteStatement(code: Statement, rewrite: Rewrite): Statement {
  const block = (inner: readonly Statement[]): Statement[] => rewriteStatements(inner, rewrite);
  switch (code.kind) {
    case 'assign':
      return rewrite.write(code.local, rewriteReal(code.value, rewrite));
    case 'store':
      return { ...code, value: rewriteReal(code.value, rewrite) };
    case 'for':
      return { ...code, body: block(code.body) };
    case 'if': {
      const condition = rewriteCondition(code.condition, rewrite);
      return { ...code, condition, body: block(code.body), otherwise: block(code.otherwise) };
    }
    case 'while':
      return { ...code, condition: rewriteCondition(code.condition, rewrite), body: block(code.body) };
    case 'call':
      return code;
  }
}
