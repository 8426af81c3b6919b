/**
 * The parser's error nodes in plain words. The parser recovers by leaving out what it did not expect or by going on as
 * if something missing were there; what it met and what came before tell which mistake it was.
 */
import type { SyntaxNode, Tree } from '@lezer/common';
import type { Report, Span } from './diagnostics';
import { nearest } from './nearest';
import { functions, limits, statementWords, whyReserved } from './words';

/** Reports the first mistake of each line: those after it on the line are mostly its consequences. */
export function reportSyntaxErrors(tree: Tree, report: Report): void {
  const lines = new Set<number>();
  tree.iterate({
    enter(reference) {
      if (!reference.type.isError || lines.size >= limits.diagnostics) return;
      const place = placeOf(reference.node, report.text);
      const line = report.line(place.from);
      if (lines.has(line)) return;
      lines.add(line);
      const { span, message, hint } = explain(place);
      report.error(span, message, hint);
    },
  });
}

interface Place extends Span {
  readonly text: string;
  /** What the parser met; empty at the end of a line. */
  readonly met: string;
  /** What stands before it on the same line; empty at the start. */
  readonly before: string;
  readonly parent: SyntaxNode | null;
  readonly first: boolean;
}

interface Explanation {
  readonly span: Span;
  readonly message: string;
  readonly hint?: string | undefined;
}

const token = /^(?:[A-Za-z_][A-Za-z0-9_]*|\d+\.?\d*|"[^"\n]*"?|<=|>=|==|\.\.|\/\/|[^\s])/u;
const lastToken = /(?:[A-Za-z_][A-Za-z0-9_]*|[\d.]+|"[^"\n]*"|[^\s])\s*$/u;

function placeOf(node: SyntaxNode, text: string): Place {
  const lineStart = text.lastIndexOf('\n', node.from - 1) + 1;
  const wanted = text.slice(node.from, node.from + 400);
  const blanks = /^[^\S\n]*/.exec(wanted)?.[0].length ?? 0;
  const rest = wanted.slice(blanks);
  const atEnd = rest === '' || rest.startsWith('\n') || rest.startsWith('#') || rest.startsWith('//');
  const met = atEnd ? '' : (token.exec(rest)?.[0] ?? '');
  const written = text.slice(Math.max(lineStart, node.from - 400), node.from);
  const before = lastToken.exec(written)?.[0].trim() ?? '';
  if (met !== '') {
    const from = node.from + blanks;
    return { text, met, before, parent: node.parent, first: !node.prevSibling, from, to: from + met.length };
  }
  // At the end of a line the mark belongs under what the line ends with.
  const to = Math.max(lineStart, node.from - (/\s*$/.exec(written)?.[0].length ?? 0));
  return { text, met, before, parent: node.parent, first: !node.prevSibling, from: Math.max(lineStart, to - 1), to };
}

function explain(place: Place): Explanation {
  const { from, to, met, parent } = place;
  const span = { from, to };
  const rule = strangeCharacter(place) ?? openBracket(place) ?? misplacedBracket(place) ?? inStatement(place);
  if (rule) return rule;
  if (opensLine(place, parent)) return { span, ...unknownStatement(met) };
  return adjoining(place) ?? { span, ...unexpected(place) };
}

const greek =
  'α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi π pi ρ rho σ sigma τ tau φ phi χ chi ψ psi ω omega Δ Delta Φ Phi Ω Omega Σ Sigma Θ Theta Λ Lambda Γ Gamma Ψ Psi';
const replacements = new Map<string, string>([
  ...Array.from(greek.matchAll(/(\S+) (\S+)/g), (match): [string, string] => [match[1] as string, match[2] as string]),
  ['≤', '<='],
  ['≥', '>='],
  ['−', '-'],
  ['–', '-'],
  ['·', '*'],
  ['×', '*'],
  ['÷', '/'],
  ['²', '^2'],
  ['³', '^3'],
  ['’', "'"],
  ['′', "'"],
  ['“', '"'],
  ['”', '"'],
  ['∞', 'inf'],
  ['{', '('],
  ['}', ')'],
  [';', ','],
]);

function strangeCharacter({ met, from, to }: Place): Explanation | null {
  if (met === '' || /^[A-Za-z0-9_"'+\-*/^<>=:,.()[\]]/.test(met)) return null;
  const character = String.fromCodePoint(met.codePointAt(0) ?? 0);
  const instead = replacements.get(character);
  const hint = instead === undefined ? undefined : `write \`${instead}\``;
  return { span: { from, to }, message: `the character \`${character}\` is not part of the language`, hint };
}

/** A bracket that is open where a line, or the text, ends. */
function openBracket({ met, parent, text, before }: Place): Explanation | null {
  if (met !== '' || before === ',' || isOperator(before)) return null;
  for (let node = parent; node; node = node.parent) {
    if (node.name !== 'Group' && node.name !== 'Call' && node.name !== 'Range' && node.name !== 'Soft') continue;
    const bracket = node.getChild('(') ?? node.getChild('[');
    if (!bracket || node.getChild(')') || node.getChild(']')) continue;
    const mark = text.slice(bracket.from, bracket.to);
    return { span: { from: bracket.from, to: bracket.to }, message: `the bracket \`${mark}\` is not closed` };
  }
  return null;
}

function misplacedBracket({ met, from, to, parent, before }: Place): Explanation | null {
  const span = { from, to };
  if ((met === ')' || met === ']') && !isOperator(before) && before !== ',') {
    return { span, message: `the bracket \`${met}\` was not opened` };
  }
  if ((met === '[' || met === ']') && parent?.name !== 'Range') {
    return { span, message: `\`${met}\` is only for ranges`, hint: 'use `(` and `)` in expressions' };
  }
  return null;
}

const rangeHint = 'a range is written `in [low, high]`';
const horizonHint = 'write `horizon 2 s in 40 steps, rk4`';

/** Mistakes that are told by the statement they are in. */
function inStatement({ met, parent, first, before, from, to, text }: Place): Explanation | null {
  const span = { from, to };
  const end = met === '' ? 'the line ends here' : `\`${met}\` stands here`;
  switch (parent?.name) {
    case 'Definition':
    case 'State':
    case 'Control':
    case 'Parameter':
    case 'Constant':
    case 'Let': {
      if (first && parent.name !== 'Definition') return null;
      if (statementWords.has(before) || parent.name === 'Definition') {
        const reason = whyReserved(met);
        if (reason !== null)
          return { span, message: `\`${met}\` cannot be a name: ${reason}`, hint: 'choose another name' };
        if (/^[0-9]/.test(met)) return { span, message: 'a name begins with a letter' };
        return { span, message: `a name is expected, but ${end}` };
      }
      const value = parent.getChild('Definition') && !parent.getChild('=') && parent.name !== 'Control';
      if (value && parent.name !== 'State') {
        const name = before === '' ? 'name' : before;
        return { span, message: `\`=\` and a value are expected after \`${name}\``, hint: `write \`${name} = …\`` };
      }
      if (met === ',') return { span, message: 'one declaration a line' };
      if (/^["“]/.test(met) === false && /^[a-z]/i.test(met) && /"[^"\n]*"?$/.test(before)) {
        return { span, message: 'the description is the last of a declaration' };
      }
      if (before === 'in') return { span, message: `a range is expected, but ${end}`, hint: rangeHint };
      return null;
    }
    case 'Title':
    case 'Source':
      return {
        span,
        message: `a text in quotation marks is expected, but ${end}`,
        hint: `write ${parent.name.toLowerCase()} "…"`,
      };
    case 'Range':
    case 'Lower':
    case 'Upper':
      return isOperator(before)
        ? null
        : { span, message: `a range has two sides with a comma between them, but ${end}`, hint: rangeHint };
    case 'Equation':
      if (parent.getChild('=')) return null;
      if (met === "'")
        return { span, message: 'only first derivatives are possible', hint: 'make the derivative a state of its own' };
      if (met === '==') return { span, message: 'an equation of the dynamics has a single `=`' };
      if (parent.getChild('Prime') || parent.getChild('Plus'))
        return { span, message: `\`=\` is expected, but ${end}` };
      return {
        span,
        message: 'an equation of the dynamics begins with the derivative or the next value of a state',
        hint: `write \`${before || 'x'}' = …\` (continuous) or \`${before || 'x'}+ = …\` (discrete)`,
      };
    case 'Cost':
      if (!first) return null;
      return costKind(span);
    case 'Minimize':
      return /^(integral|sum|terminal)$/.test(met)
        ? { span, message: `\`${met}\` begins a new cost`, hint: 'start a new line' }
        : first || before === ''
          ? costKind(span)
          : null;
    case 'SubjectTo':
      return parent.getChild('to')
        ? null
        : { span: { from: parent.from, to: parent.from + 7 }, message: '`subject` is followed by `to`' };
    case 'Scope':
      if (isOperator(before)) return null;
      if (before === 'at')
        return {
          span,
          message: '`at` is followed by `start:` or `end:`',
          hint: 'other stages are written `on 3..N-1:`',
        };
      return {
        span,
        message: `a colon is expected after the stages, but ${end}`,
        hint: 'stages are written `on 3..N-1:`, `on 5:`, `at start:` or `at end:`',
      };
    case 'Soft':
    case 'Penalty':
      return isOperator(before)
        ? null
        : { span, message: `\`soft\` is not complete: ${end}`, hint: 'write `soft(l1 = 10, l2 = 100)`' };
    case 'Horizon':
    case 'Integrator':
    case 'IntegratorName':
      return isOperator(before) ? null : { span, message: `the horizon is not complete: ${end}`, hint: horizonHint };
    case 'Guess':
    case 'Guessed':
    case 'Path':
      if (isOperator(before) || (parent.name === 'Guessed' && parent.getChild('='))) return null;
      return { span, message: `the guess is not complete: ${end}`, hint: 'write `x = 1` or `x from 0 to 1`' };
    case 'Document':
      if (text.slice(from, to) !== '' && statementWords.has(met)) {
        return { span, message: `\`${met}\` begins a new statement`, hint: 'start a new line' };
      }
      return null;
    default:
      return null;
  }
}

function costKind(span: Span): Explanation {
  return { span, message: 'each cost says what it is', hint: 'write `integral …`, `sum …` or `terminal …`' };
}

/** Whether what was met is where a statement should open. */
function opensLine({ before, first, met }: Place, parent: SyntaxNode | null): boolean {
  return met !== '' && before === '' && (parent?.name === 'Document' || (first && parent?.parent?.name === 'Document'));
}

const meant = new Map([
  ['maximize', 'write `minimize` and change the sign'],
  ['maximise', 'write `minimize` and change the sign'],
  ['param', 'did you mean `parameter`?'],
  ['const', 'did you mean `constant`?'],
  ['input', 'did you mean `control`?'],
  ['objective', 'did you mean `minimize`?'],
  ['min', 'did you mean `minimize`?'],
  ['cost', 'did you mean `minimize`?'],
  ['constraints', 'did you mean `subject to`?'],
  ['such', 'did you mean `subject to`?'],
  ['integral', 'it belongs under `minimize`'],
  ['sum', 'it belongs under `minimize`'],
  ['terminal', 'it belongs under `minimize`'],
]);

function unknownStatement(word: string): { message: string; hint?: string | undefined } {
  if (!/^[A-Za-z_]/.test(word)) return { message: `no statement begins with \`${word}\`` };
  const near = nearest(word, statementWords.keys());
  const hint = meant.get(word) ?? (near === null ? undefined : `did you mean \`${near}\`?`);
  const others = 'equations belong under `dynamics`, costs under `minimize`, constraints under `subject to`';
  return { message: `no statement begins with \`${word}\``, hint: hint ?? others };
}

const isOperator = (token: string) => /^(?:[-+*/^=<>(]|<=|>=|==)$/.test(token);
const endsOperand = (token: string) => /^(?:[A-Za-z_]\w*|[\d.]+|\))$/.test(token);
const startsOperand = (token: string) => /^[A-Za-z_\d(.]/.test(token) && token !== '..';

/** Two operands next to each other, or a prime in an expression. */
function adjoining({ before, met, from, to, text }: Place): Explanation | null {
  const span = { from, to };
  if (met === "'") return { span, message: 'a derivative stands only on the left of an equation of the dynamics' };
  if (!endsOperand(before) || !startsOperand(met)) return null;
  if (functions.has(before)) {
    return {
      span,
      message: `the argument of \`${before}\` goes into brackets`,
      hint: `write \`${before}(${met === '(' ? '…' : met})\``,
    };
  }
  const close = text.slice(0, from).endsWith(before);
  const product = `${before === ')' ? '(…)' : before}*${met === '(' ? '(…)' : met}`;
  return {
    span,
    message: close ? `a multiplication is written with \`*\`` : `an operator is missing before \`${met}\``,
    hint: `write \`${product}\` if a product is meant`,
  };
}

function unexpected({ met, before }: Place): { message: string; hint?: string } {
  if (before === '*' && met === '*') return { message: 'a power is written with `^`', hint: 'write `x^2`' };
  if (isOperator(before) || before === ',') {
    return {
      message: `an expression is expected after \`${before}\`${met === '' ? '' : `, but \`${met}\` stands here`}`,
    };
  }
  if (met === '') return { message: 'this line is not complete' };
  if (met === '=') return { message: '`=` is not expected here', hint: 'one declaration or equation a line' };
  return { message: `\`${met}\` is not expected here` };
}
