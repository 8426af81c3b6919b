/** Expressions in mathematics, with as few brackets as their meaning allows. */
import type { Binding, Expression, Factor, Index } from './expressionSyntax';
import { typesetName } from './typesetName';

export interface Style {
  /** The text of the problem: numbers stay as they are written. */
  readonly text: string;
  /** Stage of the names that change along the horizon; null: they are written without one. */
  readonly index: string | null;
  /** Names that change along the horizon. */
  readonly varying: ReadonlySet<string>;
  /** How `time` and `stage` are written, where they are not names of the text. */
  readonly clock: ReadonlyMap<string, string>;
}

/** How tightly it holds together: what is looser than its place needs brackets. */
const holds = { sum: 0, negation: 1, product: 2, power: 3, atom: 4 } as const;

export interface Formula {
  readonly latex: string;
  readonly hold: number;
  /** About how many characters wide it is on paper. */
  readonly width: number;
}

const atom = (latex: string, width: number): Formula => ({ latex, hold: holds.atom, width });

export function typesetExpression(expression: Expression, style: Style): Formula {
  switch (expression.kind) {
    case 'number':
      return number(style.text.slice(expression.from, expression.to));
    case 'name': {
      const { name } = expression;
      if (name === 'pi') return atom('\\pi', 1);
      if (name === 'inf') return atom('\\infty', 1);
      const clock = style.clock.get(name);
      if (clock !== undefined) return atom(clock, 1);
      const index = style.varying.has(name) ? style.index : null;
      return atom(typesetName(name, { index }), name.length + (index?.length ?? 0));
    }
    case 'call':
      return call(expression, null, style);
    case 'negation': {
      const operand = typesetExpression(expression.operand, style);
      const inner = operand.hold <= holds.negation ? bracketed(operand) : operand;
      return { latex: `-${inner.latex}`, hold: holds.negation, width: inner.width + 1 };
    }
    case 'power':
      return power(expression, style);
    case 'product':
      return product(expression.factors, style);
    case 'sum':
      return joined(sumTerms(expression, style));
    case 'transpose': {
      const operand = typesetExpression(expression.operand, style);
      const { latex, width } = operand.hold < holds.atom ? bracketed(operand) : operand;
      return { latex: `${latex}^{\\top}`, hold: holds.power, width: width + 1 };
    }
    case 'index':
      return entry(expression, style);
    case 'matrix':
      return matrix(expression.rows, style);
    case 'family': {
      const value = typesetExpression(expression.value, style);
      return atom(`${value.latex},\\; ${countedInWords(expression.bindings, style)}`, value.width + 8);
    }
  }
}

/** `i = 1, \dots, n` */
export function countedInWords(bindings: readonly Binding[], style: Style): string {
  const latex = (expression: Expression) => typesetExpression(expression, style).latex;
  return bindings
    .map(({ name, first, last }) => `${typesetName(name)} = ${latex(first)}, \\dots, ${latex(last)}`)
    .join(',\\; ');
}

/** An entry or a part of a name with a dot above the name. */
export function dottedEntry(name: string, indices: readonly Index[], style: Style): string {
  return typesetName(name, { dotted: true, entry: indices.map((index) => subscript(index, style)) });
}

function entry({ base, indices }: Expression & { kind: 'index' }, style: Style): Formula {
  const subscripts = indices.map((index) => subscript(index, style));
  const width = subscripts.join('').length;
  if (base.kind === 'name') {
    const index = style.varying.has(base.name) ? style.index : null;
    return atom(typesetName(base.name, { entry: subscripts, index }), base.name.length + width);
  }
  const inner = bracketed(typesetExpression(base, style));
  return atom(`${inner.latex}_{${subscripts.join(',')}}`, inner.width + width);
}

function subscript(index: Index, style: Style): string {
  const latex = (expression: Expression | null) => (expression ? typesetExpression(expression, style).latex : '');
  return index.kind === 'one' ? latex(index.value) : `${latex(index.first)}:${latex(index.last)}`;
}

/** Most rows and columns that are written out. */
const mostAcross = 8;

function matrix(rows: readonly (readonly Expression[])[], style: Style): Formula {
  const [first] = rows[0] ?? [];
  if (rows.length === 1 && first?.kind === 'family') {
    const value = typesetExpression(first.value, style);
    const counted = countedInWords(first.bindings, style);
    return atom(`\\bigl[${value.latex}\\bigr]_{${counted}}`, value.width + 8);
  }
  const cells = rows.map((row) => row.map((cell) => typesetExpression(cell, style)));
  const widths = (cells[0] ?? []).map((_, j) => Math.max(...cells.map((row) => row[j]?.width ?? 0)));
  const lines = shortened(
    cells.map((row) =>
      shortened(
        row.map(({ latex }) => latex),
        '\\cdots',
      ).join(' & '),
    ),
    '\\vdots',
  );
  const width = widths.slice(0, mostAcross).reduce((total, each) => total + each + 2, 2);
  return atom(`\\begin{bmatrix}${lines.join(' \\\\ ')}\\end{bmatrix}`, width);
}

/** The first and the last of a long list, with dots between them. */
function shortened(all: readonly string[], dots: string): readonly string[] {
  return all.length <= mostAcross ? all : [...all.slice(0, 3), dots, all.at(-1) ?? ''];
}

/** Terms of a sum with their signs; anything else is a sum of one term. Where lines may break. */
export function sumTerms(expression: Expression, style: Style): Formula[] {
  if (expression.kind !== 'sum') return [typesetExpression(expression, style)];
  return expression.terms.map(({ negative, value }, i) => {
    const term = typesetExpression(value, style);
    if (i === 0) return term;
    const inBrackets = term.latex.startsWith('-') || (negative && term.hold === holds.sum);
    const { latex, width } = inBrackets ? bracketed(term) : term;
    return { latex: `${negative ? '-' : '+'} ${latex}`, hold: holds.sum, width: width + 3 };
  });
}

export function joined(terms: readonly Formula[]): Formula {
  if (terms.length === 1 && terms[0]) return terms[0];
  const width = terms.reduce((total, term) => total + term.width, 0);
  return { latex: terms.map(({ latex }) => latex).join(' '), hold: holds.sum, width };
}

export function isSum({ hold }: Formula): boolean {
  return hold === holds.sum;
}

const isTall = (latex: string): boolean => /\\frac|\\sqrt|bmatrix/.test(latex);

export function bracketed({ latex, width }: Formula): Formula {
  const tall = isTall(latex);
  return atom(tall ? `\\left(${latex}\\right)` : `(${latex})`, width + 2);
}

function number(written: string): Formula {
  const [mantissa = '', exponent] = written.toLowerCase().split('e');
  const digits = mantissa.startsWith('.') ? `0${mantissa}` : mantissa.replace(/\.$/, '');
  if (exponent === undefined) return atom(digits, digits.length);
  const ten = `10^{${Number(exponent)}}`;
  if (Number(digits) === 1) return { latex: ten, hold: holds.power, width: 4 };
  return { latex: `${digits} \\cdot ${ten}`, hold: holds.product, width: digits.length + 5 };
}

function power({ base, exponent }: Expression & { kind: 'power' }, style: Style): Formula {
  const above = typesetExpression(exponent, style);
  if (base.kind === 'call' && trigonometric.has(base.name)) return call(base, above, style);
  const below = typesetExpression(base, style);
  const root = base.kind === 'call' && base.name === 'sqrt';
  const { latex, width } = below.hold < holds.atom || root ? bracketed(below) : below;
  return { latex: `${latex}^{${above.latex}}`, hold: holds.power, width: width + above.width * 0.7 };
}

/** Factors from left to right; what is divided by becomes the lower part of a fraction of all before it. */
function product(factors: readonly Factor[], style: Style): Formula {
  let upper: Formula[] = [];
  for (let i = 0; i < factors.length; ) {
    const lower: Formula[] = [];
    for (; factors[i]?.inverse; i++) lower.push(typesetExpression((factors[i] as Factor).value, style));
    if (lower.length > 0) upper = [fraction(times(upper), times(lower))];
    if (i < factors.length) upper.push(typesetExpression((factors[i++] as Factor).value, style));
  }
  return times(upper);
}

function fraction(upper: Formula, lower: Formula): Formula {
  const width = Math.max(upper.width, lower.width) + 1;
  if (upper.hold !== holds.negation) {
    return { latex: `\\frac{${upper.latex}}{${lower.latex}}`, hold: holds.product, width };
  }
  return { latex: `-\\frac{${upper.latex.slice(1)}}{${lower.latex}}`, hold: holds.negation, width };
}

function times(factors: readonly Formula[]): Formula {
  if (factors.length === 1 && factors[0]) return factors[0];
  let latex = '';
  let width = 0;
  for (const [i, factor] of factors.entries()) {
    const loose = factor.hold === holds.sum || (factor.hold === holds.negation && i > 0);
    const item = loose ? bracketed(factor) : factor;
    if (i > 0) latex += /^\d/.test(item.latex) ? ' \\cdot ' : isWord(latex, item.latex) ? '\\;' : '\\,';
    latex += item.latex;
    width += item.width + 0.3;
  }
  return { latex, hold: factors[0]?.hold === holds.negation ? holds.negation : holds.product, width };
}

/** Whether a name of several letters is next to the gap: it needs more space than letters do. */
function isWord(before: string, after: string): boolean {
  return /\\mathit\{\w*\}$/.test(before) || after.startsWith('\\mathit');
}

const trigonometric = new Map([
  ['sin', '\\sin'],
  ['cos', '\\cos'],
  ['tan', '\\tan'],
  ['sinh', '\\sinh'],
  ['cosh', '\\cosh'],
  ['tanh', '\\tanh'],
]);
const upright = new Map([
  ...trigonometric,
  ['asin', '\\arcsin'],
  ['acos', '\\arccos'],
  ['atan', '\\arctan'],
  ['exp', '\\exp'],
  ['log', '\\log'],
  ['min', '\\min'],
  ['max', '\\max'],
]);

function call(
  { name, arguments: values }: Expression & { kind: 'call' },
  exponent: Formula | null,
  style: Style,
): Formula {
  const [inside] = values;
  if (name === 'sqrt' && inside?.kind === 'call' && inside.name === 'sumsq' && inside.arguments[0]?.kind !== 'family') {
    const norm = call(inside, null, style);
    return atom(norm.latex.replace(/\^\{2\}$/, ''), norm.width);
  }
  const ofArrays = exponent === null ? arrayCall(name, values, style) : null;
  if (ofArrays) return ofArrays;
  const inner = values.map((value) => typesetExpression(value, style));
  const width = inner.reduce((total, formula) => total + formula.width + 1, 0);
  const latex = inner.map((formula) => formula.latex).join(', ');
  if (name === 'sqrt') return atom(`\\sqrt{${latex}}`, width + 1);
  if (name === 'abs') return atom(`\\left|${latex}\\right|`, width + 1);
  const head = (upright.get(name) ?? `\\operatorname{${name}}`) + (exponent ? `^{${exponent.latex}}` : '');
  const [only] = values;
  const bare = trigonometric.has(name) && values.length === 1 && only?.kind === 'name';
  const body = bare ? ` ${latex}` : bracketed({ latex, width, hold: holds.sum }).latex;
  return { latex: head + body, hold: holds.power, width: width + name.length + 1 };
}

/** Functions of vectors and matrices; null for all others. */
function arrayCall(name: string, values: readonly Expression[], style: Style): Formula | null {
  const [first, second] = values;
  if (!first) return null;
  if (first.kind === 'family') return ofFamily(name, first, style);
  const a = typesetExpression(first, style);
  const b = second ? typesetExpression(second, style) : null;
  const width = a.width + (b?.width ?? 0) + 3;
  const [open, close] = isTall(a.latex) ? ['\\left\\lVert', '\\right\\rVert'] : ['\\lVert', '\\rVert'];
  const inBrackets = (formula: Formula) => (formula.hold < holds.atom ? bracketed(formula) : formula).latex;
  switch (name) {
    case 'sumsq':
      return { latex: `${open} ${a.latex} ${close}^{2}`, hold: holds.power, width };
    case 'quad':
      return b && { latex: `${open} ${a.latex} ${close}_{${b.latex}}^{2}`, hold: holds.power, width };
    case 'dot':
      return b && { latex: `${inBrackets(a)}^{\\top} ${inBrackets(b)}`, hold: holds.product, width };
    case 'sum':
      return { latex: `\\mathbf{1}^{\\top} ${inBrackets(a)}`, hold: holds.product, width };
    case 'eye':
      return atom(`I_{${a.latex}}`, 2);
    case 'zeros':
    case 'ones':
      return atom(`\\mathbf{${name === 'ones' ? 1 : 0}}_{${a.latex}${b ? ` \\times ${b.latex}` : ''}}`, 3);
    default:
      return null;
  }
}

function ofFamily(name: string, { bindings, value }: Expression & { kind: 'family' }, style: Style): Formula {
  const inner = typesetExpression(value, style);
  const body = (inner.hold === holds.sum ? bracketed(inner) : inner).latex;
  const latex = (expression: Expression) => typesetExpression(expression, style).latex;
  if (name !== 'sum') {
    const head = `${upright.get(name) ?? `\\operatorname{${name}}`}_{${countedInWords(bindings, style)}}`;
    return { latex: `${head} ${body}`, hold: holds.sum, width: inner.width + 8 };
  }
  const sums = bindings.map((each) => `\\sum_{${typesetName(each.name)}=${latex(each.first)}}^{${latex(each.last)}}`);
  return { latex: `${sums.join(' ')} ${body}`, hold: holds.sum, width: inner.width + 4 };
}
