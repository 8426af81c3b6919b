/** Mistakes that are told by the statement they are in. */
import type { SyntaxNode } from '@lezer/common';
import type { Span } from './diagnostics';
import { type Explanation, type Mistake, metInWords, wantsOperand } from './mistake';
import { statementWords, whyReserved } from './words';

/** Null where the statement does not tell. */
export function statementMistake(mistake: Mistake): Explanation | null {
  const { parent } = mistake;
  return (parent && rules[parent.name]?.(mistake, parent)) ?? null;
}

type Rule = (mistake: Mistake, parent: SyntaxNode) => Explanation | null;

const rangeHint = 'a range is written `in [low, high]`';

const nameExpected: Rule = (mistake) => {
  const { met, span } = mistake;
  const reason = whyReserved(met);
  if (reason !== null) {
    return { span, message: `\`${met}\` cannot be a name: ${reason}`, hint: 'choose another name' };
  }
  if (/^\d/.test(met)) return { span, message: 'a name begins with a letter' };
  return { span, message: `a name is expected, but ${metInWords(mistake)}` };
};

const declaration: Rule = (mistake, parent) => {
  const { met, before, span } = mistake;
  if (statementWords.has(before)) return nameExpected(mistake, parent);
  if (before === 'in') return { span, message: `a range is expected, but ${metInWords(mistake)}`, hint: rangeHint };
  const optional = parent.name === 'State' || parent.name === 'Control' || parent.name === 'Algebraic';
  if (!optional && !parent.getChild('=')) {
    return { span, message: `\`=\` and a value are expected after \`${before}\``, hint: `write \`${before} = …\`` };
  }
  if (met === ',') return { span, message: 'one declaration a line' };
  return afterDescription(before, span);
};

/** The name of a declaration may be there, with something behind it that is no size. */
const definition: Rule = (mistake, parent) =>
  parent.getChild('Name') && parent.parent ? declaration(mistake, parent.parent) : nameExpected(mistake, parent);

const quotation: Rule = (mistake, parent) => ({
  span: mistake.span,
  message: `a text in quotation marks is expected, but ${metInWords(mistake)}`,
  hint: `write \`${parent.name.toLowerCase()} "…"\``,
});

const range: Rule = (mistake) =>
  wantsOperand(mistake.before) && mistake.before !== ','
    ? null
    : {
        span: mistake.span,
        message: `a range has two ends with a comma between them, but ${metInWords(mistake)}`,
        hint: rangeHint,
      };

const equation: Rule = (mistake, parent) => {
  const { met, before, span } = mistake;
  const equals = parent.getChild('=');
  if (equals && equals.from < span.from) return null;
  if (met === '==') return { span, message: 'an equation of the dynamics has a single `=`' };
  if (met === "'") {
    return { span, message: 'only first derivatives can be given', hint: 'make the derivative a state of its own' };
  }
  const marked = parent.getChild('Prime') ?? parent.getChild('Plus');
  if (marked) return { span, message: `\`=\` is expected, but ${metInWords(mistake)}` };
  const quotient = met === '/' && /^d./.test(before);
  const name = quotient ? before.slice(1) : before || 'x';
  return {
    span,
    message: 'an equation of the dynamics begins with the derivative or the next value of a state',
    hint: `write \`${name}' = …\` (continuous) or \`${name}+ = …\` (discrete)`,
  };
};

const costKind: Rule = ({ span, first }) =>
  first ? { span, message: 'each cost says what it is', hint: 'write `integral …`, `sum …` or `terminal …`' } : null;

const costs: Rule = (mistake, parent) => {
  const { met, span, before } = mistake;
  if (/^(?:integral|sum|terminal)$/.test(met)) {
    return { span, message: `\`${met}\` begins a new cost`, hint: 'start a new line' };
  }
  return before === '' ? costKind({ ...mistake, first: true }, parent) : null;
};

const subjectTo: Rule = (_, parent) =>
  parent.getChild('to')
    ? null
    : { span: { from: parent.from, to: parent.from + 'subject'.length }, message: '`subject` is followed by `to`' };

const scope: Rule = (mistake) => {
  const { before, span } = mistake;
  if (wantsOperand(before)) return null;
  if (before === 'at') {
    const hint = 'other stages are written `on 3..N-1:`';
    return { span, message: '`at` is followed by `start:` or `end:`', hint };
  }
  const hint = 'stages are written `on 3..N-1:`, `on 5:`, `at start:` or `at end:`';
  return { span, message: `a colon is expected after the stages, but ${metInWords(mistake)}`, hint };
};

/** A statement of a fixed form, of which a part is missing. */
const incomplete =
  (subject: string, hint: string): Rule =>
  (mistake) => {
    if (wantsOperand(mistake.before) && mistake.before !== ',' && mistake.before !== '(') return null;
    return { span: mistake.span, message: `${subject} is not complete: ${metInWords(mistake)}`, hint };
  };

const soft = incomplete('`soft`', 'write `soft(l1 = 10, l2 = 100)`');
const horizon = incomplete('the horizon', 'write `horizon 2 s in 40 steps, rk4`');
const guess = incomplete('the guess', 'write `x = 1` or `x from 0 to 1`');
const families = incomplete('`for`', 'write `for i in 1..3: …`');
const solver = incomplete('the solver', 'write `solver sqp(hessian = gauss-newton)`');

const rules: Readonly<Record<string, Rule>> = {
  Definition: definition,
  Algebraic: declaration,
  Signal: declaration,
  Parameter: declaration,
  Constant: declaration,
  Let: declaration,
  State: declaration,
  Control: declaration,
  Title: quotation,
  Source: quotation,
  Range: range,
  Lower: range,
  Upper: range,
  Equation: equation,
  Target: (mistake, { parent }) => (parent?.name === 'Guessed' ? guess : equation)(mistake, parent as SyntaxNode),
  For: families,
  Binding: families,
  Cost: costKind,
  Minimize: costs,
  SubjectTo: subjectTo,
  Scope: scope,
  Soft: soft,
  Penalty: soft,
  Horizon: horizon,
  Integrator: horizon,
  IntegratorName: horizon,
  Grid: horizon,
  Integrated: horizon,
  Solver: solver,
  Method: solver,
  Option: solver,
  Guess: guess,
  Path: guess,
  Guessed: (mistake, parent) => (parent.getChild('=') ? null : guess(mistake, parent)),
  Document: ({ met, span, before }) => {
    if (statementWords.has(met)) {
      return { span, message: `\`${met}\` begins a new statement`, hint: 'start a new line' };
    }
    return afterDescription(before, span);
  },
};

function afterDescription(before: string, span: Span): Explanation | null {
  return before.startsWith('"') ? { span, message: 'the description is the last part of a declaration' } : null;
}
