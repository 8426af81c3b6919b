/**
 * Tokens that a regular expression cannot decide: where a line ends, what is a label, words of the horizon's list, and
 * numbers next to `..`.
 *
 * A line break ends the statement where the grammar allows a statement to end, unless the next line begins with an
 * operator that only continues an expression. Inside brackets the grammar does not allow it, so expressions go on there
 * (in a matrix the next row begins); but a line that can only be a new statement always ends the old one, so that a missing bracket costs one line.
 */
import { ExternalTokenizer, type InputStream, type Stack } from '@lezer/lr';
import {
  blank,
  constraintEnd,
  eof,
  GridWord,
  IntegratedWord,
  Label,
  lineBreak,
  Number as NumberToken,
  newline,
  rowEnd,
} from './parser.generated.terms';
import { statementWords } from './words';

const code = (character: string) => character.charCodeAt(0);
const lineFeed = code('\n');
const dot = code('.');
const zero = code('0');
const nine = code('9');

const isBlank = (c: number) => c === 32 || c === 9 || c === 13 || c === 0xa0 || c === 0xfeff;
const isDigit = (c: number) => c >= zero && c <= nine;
const isLetter = (c: number) => (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95;
const continuing = new Set([...'+*/^<>=",;)]'].map(code));

function skipBlanks(input: InputStream, offset: number): number {
  let at = offset;
  while (isBlank(input.peek(at))) at++;
  return at;
}

/** Offset of the first character after blanks, line breaks and comments. */
function nextContent(input: InputStream, offset: number): number {
  let at = offset;
  for (;;) {
    at = skipBlanks(input, at);
    const c = input.peek(at);
    if (c === lineFeed) at++;
    else if (c === code('#') || (c === code('/') && input.peek(at + 1) === code('/'))) {
      while (input.peek(at) >= 0 && input.peek(at) !== lineFeed) at++;
    } else return at;
  }
}

/** The word at the offset; longer ones than any word of the language are cut. */
function wordAt(input: InputStream, offset: number, also = -1): string {
  let word = '';
  for (let at = offset; word.length < 80; at++) {
    const c = input.peek(at);
    if (!isLetter(c) && !(word !== '' && (isDigit(c) || c === also))) break;
    word += String.fromCharCode(c);
  }
  return word;
}

/** Whether the line that starts at the offset can only be a statement of its own. */
function opensStatement(input: InputStream, offset: number): boolean {
  const word = wordAt(input, offset);
  if (word === '') return false;
  let after = skipBlanks(input, offset + word.length);
  if (statementWords.has(word)) return input.peek(after) !== code(':');
  if (input.peek(after) === code('[')) {
    while (input.peek(after) !== code(']')) {
      if (input.peek(after) < 0 || input.peek(after) === lineFeed) return false;
      after++;
    }
    after = skipBlanks(input, after + 1);
  }
  const mark = input.peek(after);
  return (mark === code("'") || mark === code('+')) && input.peek(skipBlanks(input, after + 1)) === code('=');
}

/** Whether what stands at the offset goes on with an expression that could end, or may begin with a minus. */
function continues(input: InputStream, offset: number, minusBegins: boolean): boolean {
  const first = input.peek(offset);
  if (continuing.has(first)) return true;
  if (first === code('-')) return !minusBegins;
  return wordAt(input, offset) === 'soft' && input.peek(skipBlanks(input, offset + 4)) === code('(');
}

/** Which of the tokens of a line break this one is. */
function lineBreakToken(input: InputStream, stack: Stack): number {
  if (stack.canShift(blank)) return blank;
  const end = [constraintEnd, newline].find((token) => stack.canShift(token));
  if (end !== undefined) return continues(input, nextContent(input, 1), end === constraintEnd) ? lineBreak : end;
  if (opensStatement(input, skipBlanks(input, 1))) return newline;
  return stack.canShift(rowEnd) && !continues(input, nextContent(input, 1), true) ? rowEnd : lineBreak;
}

/**
 * `newline` and `constraintEnd` end what is on the line, `rowEnd` a row of a matrix, `blank` is a line break where nothing
 * has begun, `lineBreak` is only space.
 */
export const lineEnds = new ExternalTokenizer(
  (input, stack) => {
    const { next } = input;
    if (next < 0) {
      if (stack.canShift(eof)) input.acceptToken(eof);
      return;
    }
    if (next !== lineFeed) return;
    input.acceptToken(lineBreakToken(input, stack), 1);
  },
  { contextual: true },
);

/** `name` where a colon or a stage scope (`at …`, `on …`) follows; names of constraints may contain hyphens. */
export const labels = new ExternalTokenizer(
  (input, stack) => {
    if (!isLetter(input.next) || !stack.canShift(Label)) return;
    const name = wordAt(input, 0, code('-'));
    if (name === 'at' || name === 'on') return;
    const after = skipBlanks(input, name.length);
    const following = wordAt(input, after);
    const scoped = after > name.length && (following === 'at' || following === 'on');
    if (input.peek(after) === code(':') || (scoped && isBlank(input.peek(after + 2)))) {
      input.acceptToken(Label, name.length);
    }
  },
  { contextual: true },
);

/** Words that begin an item of the horizon's list, where an integrator may stand as well. */
export const horizonWords = new ExternalTokenizer(
  (input, stack) => {
    if (!stack.canShift(GridWord)) return;
    const word = wordAt(input, 0);
    if (word === 'grid') input.acceptToken(GridWord, word.length);
    if (word === 'integrated') input.acceptToken(IntegratedWord, word.length);
  },
  { contextual: true },
);

/** 12, 1.5, .5, 2., 1e-3; the digits of `3..7` are a number of their own. */
export const numbers = new ExternalTokenizer((input) => {
  let at = 0;
  while (isDigit(input.peek(at))) at++;
  const whole = at;
  if (input.peek(at) === dot && input.peek(at + 1) !== dot) {
    at++;
    while (isDigit(input.peek(at))) at++;
    if (whole === 0 && at === 1) return;
  }
  if (at === 0) return;
  if (input.peek(at) === code('e') || input.peek(at) === code('E')) {
    const sign = input.peek(at + 1) === code('+') || input.peek(at + 1) === code('-') ? 1 : 0;
    let digits = at + 1 + sign;
    if (isDigit(input.peek(digits))) {
      while (isDigit(input.peek(digits))) digits++;
      at = digits;
    }
  }
  input.acceptToken(NumberToken, at);
});
