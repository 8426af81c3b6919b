/** Changes to a text that leave everything else as it is written. */
import type { SyntaxNode } from '@lezer/common';
import { evaluate } from '../expression';
import { knownValues, type Problem } from '../problem';
import { compileText } from './compile';
import { parseTree } from './parse';
import { expressionNodes } from './readExpression';

/**
 * The text with the declared value of the parameter replaced; the same text where there is no such declaration. The name
 * may be that of an entry: `A[1,2]`, `r[0]`.
 */
export function setParameter(text: string, name: string, value: number): string {
  return setValue(text, 'Parameter', name, value);
}

/** The text with the initial value of the state, or of an entry of it, replaced; the same text where it has none. */
export function setInitial(text: string, name: string, value: number): string {
  return setValue(text, 'State', name, value);
}

type Statement = 'Parameter' | 'State';

function setValue(text: string, statement: Statement, name: string, value: number): string {
  if (!Number.isFinite(value)) return text;
  const [, base = '', indices] = /^(\w+)(?:\[([\d,]+)\])?$/.exec(name) ?? [];
  for (const node of parseTree(text).topNode.getChildren(statement)) {
    const declared = node.getChild('Definition')?.getChild('Name');
    if (!declared || text.slice(declared.from, declared.to) !== base || !node.getChild('=')) continue;
    const [written] = expressionNodes(node);
    if (!written) return text;
    if (indices === undefined) {
      const isArray = written.name === 'Matrix' || node.getChild('Definition')?.getChild('Shape');
      return isArray ? text : replaced(text, written, value);
    }
    const first = node.getChild('AtStages') ? 0 : 1;
    const cell = cellOf(
      written,
      indices.split(',').map((index) => Number(index) - first),
    );
    return cell ? replaced(text, cell, value) : writtenOut(text, written, statement, name, value);
  }
  return text;
}

function replaced(text: string, old: SyntaxNode, value: number): string {
  if (Number(text.slice(old.from, old.to)) === value) return text;
  return text.slice(0, old.from) + formatNumber(value) + text.slice(old.to);
}

/** The entry in a table that is written out, of which every part is an entry; indices from 0. */
function cellOf(matrix: SyntaxNode, [i = 0, j]: readonly number[]): SyntaxNode | null {
  if (matrix.name !== 'Matrix') return null;
  const rows = matrix.getChildren('Row').map(expressionNodes);
  if (!rows.flat().every(({ name }) => name === 'Number' || name === 'Signed' || name === 'Product')) return null;
  return (j === undefined ? rows.flat()[i] : rows[i]?.[j]) ?? null;
}

/** The declaration with all its entries as numbers, one of them changed; the same text where it does not compile. */
function writtenOut(text: string, old: SyntaxNode, statement: Statement, name: string, value: number): string {
  const compiled = compileText(text);
  if (!compiled.ok) return text;
  const { problem } = compiled;
  const [base] = name.split('[');
  const kind = statement === 'Parameter' ? 'parameter' : 'state';
  const array = problem.arrays.find((each) => each.kind === kind && each.name === base);
  if (!array) return text;
  const entries = (kind === 'parameter' ? problem.parameters : problem.states).slice(
    array.first,
    array.first + array.rows * array.columns,
  );
  if (!entries.some((entry) => entry.name === name)) return text;
  const values = kind === 'parameter' ? problem.parameters.map((each) => each.value) : initialValues(problem);
  const numbers = entries.map((entry, i) => (entry.name === name ? value : (values[array.first + i] as number)));
  if (!numbers.every(Number.isFinite)) return text;
  const rows = Array.from({ length: array.rows }, (_, i) =>
    numbers
      .slice(i * array.columns, (i + 1) * array.columns)
      .map(formatNumber)
      .join(', '),
  );
  return `${text.slice(0, old.from)}[${rows.join('; ')}]${text.slice(old.to)}`;
}

/** At the declared parameters; not a number where they are free. */
function initialValues(problem: Problem): number[] {
  const { graph, parameters, states } = problem;
  const point = knownValues(
    problem,
    parameters.map(({ value }) => value),
  );
  return states.map(({ initial }) =>
    initial === null ? Number.NaN : (evaluate(graph, [initial], point)[0] as number),
  );
}

/** The shortest text that is read as exactly this number; no plus signs, no negative zero. */
export function formatNumber(value: number): string {
  return value === 0 ? '0' : String(value).replace('e+', 'e');
}
