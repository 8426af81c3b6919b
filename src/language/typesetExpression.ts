/** Expressions in mathematics, with as few brackets as their meaning allows. */
import type { Expression, Factor } from './syntax';
import { typesetName } from './typesetName';

export interface Style {
  /** The text of the problem: numbers stay as they are written. */
  readonly text: string;
  /** Stage of the names that change along the horizon; null: they are written without one. */
  readonly index: string | null;
  /** Names that change along the horizon. */
  readonly varying: ReadonlySet<string>;
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
  }
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

export function bracketed({ latex, width }: Formula): Formula {
  const tall = /\\frac|\\sqrt/.test(latex);
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
