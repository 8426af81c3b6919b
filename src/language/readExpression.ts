/** From the syntax tree of the parser to expressions as plain data. */
import type { SyntaxNode } from '@lezer/common';
import type { Report } from './diagnostics';
import type { Binding, Expression, Index } from './expressionSyntax';
import { limits } from './words';

const kinds = new Set([
  'Number',
  'Name',
  'Call',
  'Group',
  'Sum',
  'Product',
  'Signed',
  'Power',
  'Transpose',
  'Indexed',
  'Matrix',
]);

/** Direct children that are expressions, in order. */
export function expressionNodes(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (kinds.has(child.name)) found.push(child);
  return found;
}

type Read = (child: SyntaxNode | null | undefined) => Expression | null;

/** Null where the text cannot be read; the parser's error, or one of these here, is then reported. */
export function readExpression(node: SyntaxNode | null | undefined, report: Report, depth = 0): Expression | null {
  if (!node) return null;
  const span = { from: node.from, to: node.to };
  if (depth > limits.depth) {
    report.error(span, `this is nested more than ${limits.depth} deep`, 'name a part of it with `let`');
    return null;
  }
  const read: Read = (child) => readExpression(child, report, depth + 1);
  const text = ({ from, to }: SyntaxNode) => report.text.slice(from, to);

  switch (node.name) {
    case 'Number': {
      const value = Number(text(node));
      if (Number.isFinite(value)) return { kind: 'number', value, ...span };
      report.error(span, 'this number is too large');
      return null;
    }
    case 'Name':
      return { kind: 'name', name: text(node), ...span };
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
    case 'Transpose': {
      const operand = read(expressionNodes(node)[0]);
      return operand && { kind: 'transpose', operand, ...span };
    }
    case 'Indexed': {
      const base = read(expressionNodes(node)[0]);
      const indices = readIndices(node, report, depth + 1);
      return base && indices && { kind: 'index', base, indices, ...span };
    }
    case 'Matrix': {
      const family = readFamily(node.getChild('Family'), report, read);
      if (family) return { kind: 'matrix', rows: [[family]], ...span };
      const rows = node.getChildren('Row').map((row) => allRead(expressionNodes(row).map(read)));
      return rows.length === 0 || rows.includes(null)
        ? null
        : { kind: 'matrix', rows: rows as (readonly Expression[])[], ...span };
    }
    case 'Call': {
      const [name, ...rest] = expressionNodes(node);
      const family = readFamily(node.getChild('Family'), report, read);
      const values = family ? [family] : allRead(rest.map(read));
      return name && values ? { kind: 'call', name: text(name), arguments: values, ...span } : null;
    }
    case 'Sum': {
      const operands = readOperands(node, 'Minus', read);
      const terms = operands?.map(({ marked, value }) => ({ negative: marked, value }));
      return terms ? { kind: 'sum', terms, ...span } : null;
    }
    case 'Product': {
      const operands = readOperands(node, 'Over', read);
      const factors = operands?.map(({ marked, value }) => ({ inverse: marked, value }));
      return factors ? { kind: 'product', factors, ...span } : null;
    }
    default:
      return null;
  }
}

function allRead(values: readonly (Expression | null)[]): readonly Expression[] | null {
  return values.includes(null) ? null : (values as readonly Expression[]);
}

/** The indices of an indexed expression or an element; null where one cannot be read. */
export function readIndices(node: SyntaxNode, report: Report, depth = 0): readonly Index[] | null {
  const indices = node.getChildren('Index').map((child): Index | null => {
    const span = { from: child.from, to: child.to };
    const dots = child.getChild('..');
    const written = expressionNodes(child);
    const values = written.map((part) => readExpression(part, report, depth));
    if (values.includes(null)) return null;
    if (!dots) return values[0] ? { kind: 'one', value: values[0], ...span } : null;
    const first = written.findIndex(({ to }) => to <= dots.from);
    const last = written.findIndex(({ from }) => from >= dots.to);
    return { kind: 'range', first: values[first] ?? null, last: values[last] ?? null, ...span };
  });
  return indices.includes(null) || indices.length === 0 ? null : (indices as readonly Index[]);
}

function readFamily(node: SyntaxNode | null, report: Report, read: Read): Expression | null {
  if (!node) return null;
  const bindings = readBindings(node.getChild('For'), report);
  const value = read(expressionNodes(node)[0]);
  return bindings && value && { kind: 'family', bindings, value, from: node.from, to: node.to };
}

/** What a `for` counts through; null where it cannot be read. */
export function readBindings(node: SyntaxNode | null, report: Report): readonly Binding[] | null {
  const bindings = (node?.getChildren('Binding') ?? []).map((child): Binding | null => {
    const [name, ...ends] = expressionNodes(child);
    const [first, last] = ends.map((end) => readExpression(end, report));
    if (!name || !first || !last) return null;
    return { name: report.text.slice(name.from, name.to), from: name.from, to: name.to, first, last };
  });
  return bindings.length === 0 || bindings.includes(null) ? null : (bindings as readonly Binding[]);
}

/** Operands of a flat chain, with whether the sign before each is the given one. */
function readOperands(
  node: SyntaxNode,
  mark: 'Minus' | 'Over',
  read: Read,
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
