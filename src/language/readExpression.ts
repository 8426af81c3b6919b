/** From the syntax tree of the parser to expressions as plain data. */
import type { SyntaxNode } from '@lezer/common';
import type { Report } from './diagnostics';
import type { Expression } from './syntax';
import { limits } from './words';

const kinds = new Set(['Number', 'Name', 'Call', 'Group', 'Sum', 'Product', 'Signed', 'Power']);

/** Direct children that are expressions, in order. */
export function expressionNodes(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (kinds.has(child.name)) found.push(child);
  return found;
}

/** Null where the text cannot be read; the parser's error, or one of these here, is then reported. */
export function readExpression(node: SyntaxNode | null | undefined, report: Report, depth = 0): Expression | null {
  if (!node) return null;
  const span = { from: node.from, to: node.to };
  if (depth > limits.depth) {
    report.error(span, `this is nested more than ${limits.depth} deep`, 'name a part of it with `let`');
    return null;
  }
  const read = (child: SyntaxNode | null | undefined) => readExpression(child, report, depth + 1);

  switch (node.name) {
    case 'Number': {
      const value = Number(report.text.slice(node.from, node.to));
      if (Number.isFinite(value)) return { kind: 'number', value, ...span };
      report.error(span, 'this number is too large');
      return null;
    }
    case 'Name':
      return { kind: 'name', name: report.text.slice(node.from, node.to), ...span };
    case 'Group':
      return read(expressionNodes(node)[0]);
    case 'Signed': {
      const operand = read(expressionNodes(node)[0]);
      if (operand === null || node.getChild('Minus') === null) return operand;
      return { kind: 'negation', operand, ...span };
    }
    case 'Power': {
      const [base, exponent] = expressionNodes(node).map(read);
      return base && exponent ? { kind: 'power', base, exponent, ...span } : null;
    }
    case 'Call': {
      const [name, ...rest] = expressionNodes(node);
      const values = rest.map(read);
      if (!name || values.includes(null)) return null;
      return {
        kind: 'call',
        name: report.text.slice(name.from, name.to),
        arguments: values as Expression[],
        ...span,
      };
    }
    case 'Sum': {
      const operands = readOperands(node, 'Minus', read);
      return (
        operands && { kind: 'sum', terms: operands.map(({ marked, value }) => ({ negative: marked, value })), ...span }
      );
    }
    case 'Product': {
      const operands = readOperands(node, 'Over', read);
      return (
        operands && {
          kind: 'product',
          factors: operands.map(({ marked, value }) => ({ inverse: marked, value })),
          ...span,
        }
      );
    }
    default:
      return null;
  }
}

/** Operands of a flat chain, with whether the sign before each is the given one. */
function readOperands(
  node: SyntaxNode,
  mark: 'Minus' | 'Over',
  read: (child: SyntaxNode) => Expression | null,
): { marked: boolean; value: Expression }[] | null {
  const operands: { marked: boolean; value: Expression }[] = [];
  let marked = false;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (kinds.has(child.name)) {
      const value = read(child);
      if (value === null) return null;
      operands.push({ marked, value });
      marked = false;
    } else if (child.name === mark) marked = true;
  }
  return operands;
}
