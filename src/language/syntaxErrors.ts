/**
 * The parser's errors in plain words. The parser recovers by leaving out what it did not expect or by going on as if
 * something missing were there; what it met, what came before and the statement tell which mistake it was.
 */
import type { Tree } from '@lezer/common';
import type { Report } from './diagnostics';
import {
  type Explanation,
  endsOperand,
  type Mistake,
  metInWords,
  mistakeAt,
  startsOperand,
  wantsOperand,
} from './mistake';
import { nearest } from './nearest';
import { statementMistake } from './statementErrors';
import { functions, limits, statementWords } from './words';

/** Reports the first mistake of each line: those after it on the line are mostly its consequences. */
export function reportSyntaxErrors(tree: Tree, report: Report): void {
  const lines = new Set<number>();
  tree.iterate({
    enter({ type, node }) {
      if (!type.isError || lines.size >= limits.diagnostics) return;
      const mistake = mistakeAt(node, report.text);
      const line = report.line(mistake.span.from);
      if (lines.has(line)) return;
      lines.add(line);
      const { span, message, hint } = explain(mistake);
      report.syntaxError(span, message, hint);
    },
  });
}

function explain(mistake: Mistake): Explanation {
  return (
    strangeCharacter(mistake) ??
    openBracket(mistake) ??
    misplacedBracket(mistake) ??
    unknownStatement(mistake) ??
    statementMistake(mistake) ??
    adjoining(mistake) ??
    unexpected(mistake)
  );
}

const greek =
  'α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi π pi ρ rho ' +
  'σ sigma τ tau φ phi χ chi ψ psi ω omega Γ Gamma Δ Delta Θ Theta Λ Lambda Σ Sigma Φ Phi Ψ Psi Ω Omega';
const signs = '≤ <= ≥ >= − - – - · * × * ÷ / ² ^2 ³ ^3 ’ \' ′ \' “ " ” " ∞ inf √ sqrt { ( } )';
const plainly = new Map(
  Array.from(`${greek} ${signs}`.matchAll(/(\S+) (\S+)/gu), ([, sign = '', plain = '']) => [sign, plain] as const),
);

function strangeCharacter({ met, span }: Mistake): Explanation | null {
  if (met === '' || /^[\w"'+\-*/^<>=:;,.()[\]]/.test(met)) return null;
  const plain = plainly.get(met);
  const hint = plain === undefined ? undefined : `write \`${plain}\``;
  return { span, message: `the character \`${met}\` is not part of the language`, hint };
}

const bracketed = new Set(['Group', 'Call', 'Range', 'Soft', 'Matrix', 'Indexed', 'Shape', 'Target', 'Solver']);

/** A bracket that is open where a line ends. */
function openBracket({ met, parent, text, before }: Mistake): Explanation | null {
  if (met !== '' || wantsOperand(before)) return null;
  for (let node = parent; node; node = node.parent) {
    if (!bracketed.has(node.name)) continue;
    const bracket = node.getChild('(') ?? node.getChild('[');
    if (!bracket || node.getChild(')') || node.getChild(']')) continue;
    const { from, to } = bracket;
    return { span: { from, to }, message: `the bracket \`${text.slice(from, to)}\` is not closed` };
  }
  return null;
}

function misplacedBracket({ met, span, parent, before }: Mistake): Explanation | null {
  if (parent?.name === 'Range' || parent?.name === 'Lower' || parent?.name === 'Upper') return null;
  if ((met === ')' || met === ']') && !wantsOperand(before)) {
    return { span, message: `the bracket \`${met}\` was not opened` };
  }
  return null;
}

const meant = new Map([
  ['maximize', 'write `minimize` and change the sign'],
  ['maximise', 'write `minimize` and change the sign'],
  ['const', 'did you mean `constant`?'],
  ['options', 'did you mean `solver`?'],
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

/** A line that no statement begins like; the parser may have taken it for a declaration without its first word. */
function unknownStatement({ before, met, first, parent, span }: Mistake): Explanation | null {
  const here = parent?.name === 'Document' || (first && parent?.parent?.name === 'Document');
  if (met === '' || before !== '' || !here) return null;
  const near = /^[A-Za-z]/.test(met) ? nearest(met, statementWords.keys()) : null;
  const sections = 'equations belong under `dynamics`, costs under `minimize`, constraints under `subject to`';
  const hint = meant.get(met) ?? (near === null ? sections : `did you mean \`${near}\`?`);
  return { span, message: `no statement begins with \`${met}\``, hint };
}

/** Two operands next to each other. */
function adjoining({ before, met, span, text }: Mistake): Explanation | null {
  if (!endsOperand(before) || !startsOperand(met)) return null;
  const shown = met === '(' ? '(…)' : met;
  if (functions.has(before)) {
    const hint = `write \`${before}(${met === '(' ? '…' : met})\``;
    return { span, message: `the argument of \`${before}\` goes into brackets`, hint };
  }
  const touching = text.slice(0, span.from).endsWith(before);
  const message = touching ? 'a multiplication is written with `*`' : `an operator is missing before \`${met}\``;
  return { span, message, hint: `write \`${before === ')' ? '(…)' : before}*${shown}\` if a product is meant` };
}

function unexpected(mistake: Mistake): Explanation {
  const { met, before, span } = mistake;
  if (before === '*' && met === '*') return { span, message: 'a power is written with `^`', hint: 'write `x^2`' };
  if (wantsOperand(before)) {
    const but = met === '' ? '' : `, but ${metInWords(mistake)}`;
    return { span, message: `an expression is expected after \`${before}\`${but}` };
  }
  if (met === '') return { span, message: 'this line is not complete' };
  const hint = met === '=' ? 'one declaration or equation a line' : undefined;
  return { span, message: `\`${met}\` is not expected here`, hint };
}
