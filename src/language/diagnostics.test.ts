import { describe, expect, it } from 'vitest';
import { compileText } from './compile';
import { complaints, completed } from './testing';

/** The complaints about a complete problem with more lines. */
const about = (...lines: string[]) => complaints(completed(...lines));

/** Asserts that there is exactly one complaint, with this place, message and hint (parts of them suffice). */
function one(found: ReturnType<typeof complaints>, at: string, message: string, hint?: string) {
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ at, message: expect.stringContaining(message) });
  if (hint !== undefined) expect(found[0]?.hint).toContain(hint);
}

describe('places', () => {
  it('are lines and columns from 1, and offsets', () => {
    const text = 'title "t"\n\n  bogus\nstate x = 0';
    const found = compileText(text).diagnostics.find(({ message }) => message.includes('bogus'));
    expect(found).toMatchObject({ line: 3, column: 3, from: 13, to: 18, severity: 'error' });
  });

  it('are several at once, in order', () => {
    const found = about('let p = q1', 'let r = q2 + (', 'subject to', 'x < 1', 'parameter x = 1');
    expect(found.map(({ at }) => at)).toEqual(['q1', '(', '<', 'x']);
  });
});

describe('names', () => {
  it('are near one another', () => {
    one(
      about('state theta = 0', "dynamics theta' = 0", 'minimize sum thetta'),
      'thetta',
      '`thetta` is not defined',
      '`theta`',
    );
    one(about('minimize sum X'), 'X', '`X` is not defined', '`x`');
    one(about('minimize sum sine(x)'), 'sine', 'no function `sine`', '`sin`');
    one(about('minimize sum ln(x)'), 'ln', 'no function `ln`', '`log`');
    one(about('minimize sum foo'), 'foo', '`foo` is not defined', 'parameter foo = 1');
    one(about('minimize sum t'), 't', '`t` is not defined', '`time`');
  });

  it('are declared once, and are not words of the language', () => {
    one(about('parameter x = 1'), 'x', '`x` is declared twice: it is a state in line 4');
    one(about('let sin = 1'), 'sin', '`sin` cannot be a name: it is a function');
    one(about('parameter pi = 1'), 'pi', '`pi` cannot be a name');
    one(about('parameter inf = 1'), 'inf', '`inf` cannot be a name');
    one(about('parameter in = 1'), 'in', '`in` cannot be a name: it introduces a range');
    one(about('state control = 1'), 'control', '`control` cannot be a name: it opens a statement');
    one(about('state 2x = 1'), '2', 'a name begins with a letter');
    one(about('let = 1'), '=', 'a name is expected');
    one(about('state'), 'state', 'a name is expected, but the line ends here');
  });

  it('do not go round in circles', () => {
    one(about('let p = q', 'let q = r + 1', 'let r = 2*p'), 'p', 'p -> q -> r -> p');
    one(about('let p = p'), 'p', '`p` is defined in terms of itself');
    one(about('constant p = q', 'constant q = p'), 'p', '`p` is defined in terms of itself');
  });

  it('are said to be unused, if nothing else is wrong', () => {
    one(about('parameter p = 1'), 'p', 'the parameter `p` is never used');
    one(about('let p = x'), 'p', 'the let `p` is never used');
    one(about('control c in [0, 1]'), 'c', 'the control `c` is never used');
    expect(about('parameter p = 1')[0]?.severity).toBe('warning');
    expect(compileText(completed('parameter p = 1')).ok).toBe(true);
    expect(about('constant p = 1')).toEqual([]);
  });
});

describe('what may depend on what', () => {
  it.each([
    ['minimize terminal u^2', 'u', '`u` is a control, but there is no control at the end'],
    ['minimize terminal 1 + d', 'd', '`d` uses the control `u`, but there is no control at the end'],
    ['state y = u', 'u', 'initial value of `y` can depend only on parameters'],
    ['state y = x', 'x', '`x` is a state, but the initial value of `y` can depend only on parameters'],
    ['state y = d', 'd', '`d` uses the control `u`, but the initial value'],
    ['control k in [x, 1]', 'x', '`x` is a state, but a bound of `k` can depend only on parameters'],
    ['control k in [0, u]', 'u', '`u` is a control, but a bound of `k` can depend only on parameters'],
    ['subject to x <= 1 soft(l1 = v)', 'v', '`v` is a state, but a weight can depend only on parameters'],
    ['subject to 0 <= x <= v', 'v', '`v` is a state, but a bound can depend only on parameters'],
    ['guess x = v', 'v', '`v` is a state, but a guess can depend only on parameters'],
    ['constant k = a', 'a', '`a` is a parameter, but a constant can depend only on numbers and other constants'],
    ['parameter p = x', 'x', '`x` is a state, but the value of a parameter can depend only on'],
    ['parameter p = c', 'c', '`c` is a let, but the value of a parameter'],
    ['parameter p = q', 'q', 'the parameter `q` is declared only further down'],
    [
      'subject to on a: x <= 1',
      'a',
      '`a` is a parameter, but a stage number can depend only on numbers, constants and `N`',
    ],
  ])('%s', (line, at, message) => {
    const found = about('let d = 2*u', 'let c = 1', 'parameter p0 = 1', line, 'parameter q = 1');
    expect(found).toContainEqual(expect.objectContaining({ at, message: expect.stringContaining(message) }));
  });

  it('is judged where it stands, once', () => {
    one(about('minimize terminal u + u^2').slice(0, 1), 'u', 'no control at the end');
    one(about('let d = nothing', 'minimize sum d', 'minimize terminal d'), 'nothing', 'not defined');
  });

  it('holds for the horizon', () => {
    const horizon = (line: string) => complaints(completed().replace(/horizon.*/, line));
    one(horizon('horizon x s in 5 steps'), 'x', '`x` is a state, but the duration can depend only on parameters');
    one(horizon('horizon 1 s in a steps'), 'a', '`a` is a parameter, but the number of steps can depend only on');
  });
});

describe('dynamics', () => {
  it.each([
    [['state y = 0'], 'y', 'the dynamics of `y` are missing', "y' ="],
    [["dynamics x' = 1"], 'x', '`x` has two equations', undefined],
    [["dynamics y' = 1"], 'y', '`y` is not a state', undefined],
    [["dynamics u' = 1"], 'u', '`u` is a control; only states have dynamics', undefined],
    [['state y = 0', 'dynamics y+ = 1'], 'y', 'the equations are continuous above', "y' = …"],
    [['dynamics', 'x = 1'], '=', 'begins with the derivative or the next value', "x' = …"],
    [['dynamics', 'dx/dt = 1'], '/', 'begins with the derivative or the next value', "x' = …"],
    [['dynamics', "x'' = 1"], "'", 'only first derivatives', undefined],
    [['dynamics', "x' == 1"], '==', 'a single `=`', undefined],
  ] as const)('%j', (lines, at, message, hint) => {
    const found = about(...lines);
    expect(found[0]).toMatchObject({ at, message: expect.stringContaining(message) });
    if (hint) expect(found[0]?.hint).toContain(hint);
  });

  it('have derivatives on the left only', () => {
    expect(about('dynamics', "x' = v' + 1")).toContainEqual(
      expect.objectContaining({ at: "'", message: expect.stringContaining('a derivative stands only on the left') }),
    );
  });

  it('need states', () => {
    const found = complaints('control u\nminimize sum u^2\nhorizon 3 steps');
    expect(found[0]?.message).toBe('the problem has no states');
  });
});

describe('expressions', () => {
  it.each([
    ['sin x', 'x', 'the argument of `sin` goes into brackets', 'sin(x)'],
    ['2 x', 'x', 'an operator is missing before `x`', '2*x'],
    ['2x', 'x', 'a multiplication is written with `*`', '2*x'],
    ['(x)(v)', '(', 'a multiplication is written with `*`', '(…)*(…)'],
    ['x(v)', 'x', '`x` is a state, not a function', 'x*(…)'],
    ['sin', 'sin', 'the function `sin` stands here without an argument', 'sin(x)'],
    ['sin()', 'sin()', '`sin` takes one argument, but none is given', 'sin(x)'],
    ['sin(x, v)', 'sin(x, v)', '`sin` takes one argument, but 2 are given', undefined],
    ['atan2(x)', 'atan2(x)', '`atan2` takes 2 arguments, but one is given', 'atan2(y, x)'],
    ['max(x)', 'max(x)', '`max` takes 2 or more arguments', undefined],
    ['x +', '+', 'an expression is expected after `+`', undefined],
    ['x +* 2', '*', 'an expression is expected after `+`, but `*` stands here', undefined],
    ['x ** 2', '*', 'a power is written with `^`', undefined],
    ['(x + 1', '(', 'the bracket `(` is not closed', undefined],
    ['max(x, sin(v)', '(', 'the bracket `(` is not closed', undefined],
    ['x)', ')', 'the bracket `)` was not opened', undefined],
    ['x]', ']', 'the bracket `]` was not opened', undefined],
    ['[x, v', '[', 'the bracket `[` is not closed', undefined],
    ['θ + 1', 'θ', 'the character `θ` is not part of the language', 'theta'],
    ['x²', '²', 'the character `²` is not part of the language', '^2'],
    ['x · v', '·', 'the character `·` is not part of the language', '*'],
    ['x % 2', '%', 'the character `%` is not part of the language', undefined],
    ['1/0', '1/0', 'this has no finite value', undefined],
    ['x + log(-1)', 'log(-1)', 'this has no finite value', undefined],
    ['1e999', '1e999', 'this number is too large', undefined],
    ['inf*x', 'inf', '`inf` can only be a whole bound', undefined],
    ['x > 1', '>', '`>` is not expected here', undefined],
  ])('%s', (text, at, message, hint) => one(about('minimize', `sum ${text}`), at, message, hint));

  it('that are not closed cost one line', () => {
    const found = about('minimize sum (x + 1', 'dynamics', "y' = 3", 'let p = qq');
    expect(found.map(({ at }) => at)).toEqual(['(', 'y', 'qq']);
  });
});

describe('statements', () => {
  it.each([
    ['paramter p = 1', 'paramter', 'no statement begins with `paramter`', '`parameter`'],
    ['maximize', 'maximize', 'no statement begins with `maximize`', 'change the sign'],
    ['const c = 1', 'const', 'no statement begins with `const`', '`constant`'],
    ['foo bar', 'foo', 'no statement begins with `foo`', 'dynamics'],
    ['}', '}', 'not part of the language', undefined],
    ['parameter p 1', '1', '`=` and a value are expected after `p`', 'p = …'],
    ['parameter p =', '=', 'an expression is expected after `=`', undefined],
    ['parameter p = 1, q = 2', ',', 'one declaration a line', undefined],
    ['parameter p = 1 in 2', '2', 'a range', 'in [low, high]'],
    ['parameter p = 1 in [2]', ']', 'a range has two ends', 'in [low, high]'],
    ['parameter p = 1 in [2 3]', '3', 'a range has two ends', undefined],
    ['parameter p = 1 in [2, 3', '[', 'the bracket `[` is not closed', undefined],
    ['parameter p = 1 in [2, ]', '[2, ]', 'needs both ends', undefined],
    ['parameter p = 1 in [3, 2]', '[3, 2]', 'ends before it begins', undefined],
    ['parameter p = 1 "what', '"what', 'closing quotation mark', undefined],
    ['parameter p = 1 "what" in [0, 1]', 'in', 'the description is the last part', undefined],
    ['title hello', 'hello', 'a text in quotation marks is expected', 'title "…"'],
    ['title "one" title "two"', 'title', '`title` begins a new statement', undefined],
    ['let p = 1 let q = 2', 'let', '`let` begins a new statement', 'new line'],
    ['state y', 'y', 'the initial value of `y` is missing', 'state y free'],
    ['state y = 0 in [1, 2]', '[1, 2]', 'a state has no range', 'subject to'],
    ['minimize u^2', 'u', 'each cost says what it is', 'integral'],
    ['minimize sum u sum w', 'sum', '`sum` begins a new cost', 'new line'],
    ['subject x <= 1', 'subject', '`subject` is followed by `to`', undefined],
    ['guess x 3', '3', 'the guess is not complete', undefined],
    ['guess a = 3', 'a', '`a` is not a state or control', undefined],
    ['guess x = 1, x = 2', 'x', '`x` is guessed twice', undefined],
    ['horizon 1 s in 5 steps', 'horizon 1 s in 5 steps', 'the horizon is given twice', undefined],
  ])('%s', (line, at, message, hint) => {
    const found = about(line).find((complaint) => complaint.message.includes(message));
    expect(found?.at).toBe(at);
    if (hint !== undefined) expect(found?.hint).toContain(hint);
  });

  it('warn of a value outside its range', () => {
    const found = about('parameter p = 5 in [0, 1]', 'minimize sum p*u');
    one(found, '5', 'the value 5 lies outside its range from 0 to 1');
    expect(found[0]?.severity).toBe('warning');
  });

  it('warn where nothing is minimised', () => {
    const text = completed().replace(/integral.*/, '');
    const found = complaints(text);
    expect(found.map(({ severity, message }) => [severity, message])).toContainEqual([
      'warning',
      'nothing is minimised',
    ]);
    expect(compileText(text).ok).toBe(true);
  });

  it('cannot all be missing', () => {
    expect(complaints('')).toHaveLength(1);
    expect(complaints('# nothing\n\n')[0]?.message).toContain('there is no problem here yet');
  });
});

describe('constraints', () => {
  it.each([
    ['x = 1', '=', 'an equality constraint is written `==`', '`==`'],
    ['x < 1', '<', '`<` is written `<=`', '`<=`'],
    ['x => 1', '=>', '`=>` is written `>=`', '`>=`'],
    ['x ≤ 1', '≤', 'not part of the language', '`<=`'],
    ['x', 'x', 'the sides are missing', undefined],
    ['x <=', '<=', 'an expression is expected after `<=`', undefined],
    ['a <= 1', 'a <= 1', 'no state or control in this constraint', undefined],
    ['0 <= a <= 1', '0 <= a <= 1', 'no state or control in this constraint', undefined],
    ['1 <= x >= 2', '>=', 'two sides and one direction', undefined],
    ['1 <= x == 2', '==', 'two sides and one direction', undefined],
    ['1 <= x <= 2 <= 3', '<=', 'two sides and one direction', undefined],
    ['x <= inf', 'inf', 'infinite', undefined],
    ['inf <= x <= 1', 'inf', 'this bound can never be met', undefined],
    ['2 <= x <= 1', '2 <= x <= 1', 'the lower bound 2 is above the upper bound 1', undefined],
    ['at end: u <= 1', 'at end', 'the control `u` has no value at the end: its last stage is N-1 = 9', 'on 0..N-1:'],
    ['on 3..N: u <= 1', 'on 3..N', 'the control `u` has no value at the end', 'on 3..N-1:'],
    ['at start: x <= 1', 'at start', 'at stage 0 `x` is given by its initial value', 'state x free'],
    ['on 0..3: x <= 1', 'on 0..3', 'at stage 0 `x` is given by its initial value', 'begin at stage 1'],
    ['on 5..3: x <= 1', 'on 5..3', 'end before they begin', undefined],
    ['on 11: x <= 1', '11', 'a whole number from 0 to 10, but this is 11', undefined],
    ['on 1.5: x <= 1', '1.5', 'a whole number from 0 to 10', undefined],
    ['on -1..2: x <= 1', '-1', 'a whole number from 0 to 10', undefined],
    ['at middle: x <= 1', 'middle', '`at` is followed by `start:` or `end:`', 'on 3..N-1:'],
    ['at end x <= 1', 'x', 'a colon is expected after the stages', undefined],
    ['x <= 1 soft', 'soft', '`soft` is not complete', 'l1 = 10'],
    ['x <= 1 soft(l1 10)', '10', '`soft` is not complete', undefined],
    ['x <= 1 soft()', 'soft()', 'needs a weight', 'l1 = 10'],
    ['x <= 1 soft(l3 = 1)', 'l3', '`l3` is not a weight', '`l1`'],
    ['x <= 1 soft(l1 = 1, l1 = 2)', 'l1', '`l1` is given twice', undefined],
    ['x <= 1 soft(l1 = -1)', '-1', 'a weight is not negative', undefined],
    ['x <= 1 soft(l1 = 0)', 'soft(l1 = 0)', 'both weights are zero', undefined],
    ['x == 1 soft(l1 = 1)', 'soft(l1 = 1)', 'an equality cannot be soft', undefined],
  ])('%s', (line, at, message, hint) => one(about('subject to', line), at, message, hint));

  it('have different names', () => {
    one(about('subject to', 'c: x <= 1', 'c: v <= 1'), 'c', 'two constraints have the name `c`');
    const found = about('control c in [0, 1]', 'minimize sum c', 'subject to', 'c: x <= 1');
    one(found, 'c', 'the bounds of the control `c` have this name already');
  });

  it('warn where parameters make them impossible', () => {
    const found = about('subject to', 'b <= x <= a');
    one(found, 'b <= x <= a', 'at the declared values the lower bound 3 is above the upper bound 2');
    expect(found[0]?.severity).toBe('warning');
  });
});

describe('the horizon', () => {
  it.each([
    ['horizon 1 s in 20', '20', 'the horizon is not complete', 'horizon 2 s in 40 steps'],
    ['horizon 1 s, 20 steps', ',', 'the horizon is not complete', undefined],
    ['horizon 10 steps', 'horizon 10 steps', 'the duration is missing', 'in 10 steps'],
    ['horizon 1 s in 0 steps', '0', 'a whole number from 1 to 500, but it is 0', undefined],
    ['horizon 1 s in 501 steps', '501', 'a whole number from 1 to 500', undefined],
    ['horizon 1 s in 2.5 steps', '2.5', 'a whole number from 1 to 500', undefined],
    ['horizon -1 s in 10 steps', '-1', 'the duration must be positive, but it is -1', undefined],
    ['horizon a - 2 in 10 steps', 'a - 2', 'the duration must be positive, but it is 0', undefined],
    ['horizon 1 s in 10 steps, rk5', 'rk5', 'the integrator `rk5` is not known', 'rk1, rk2, rk3, rk4'],
    ['horizon 1 s in 10 steps, gauss 2', 'gauss', 'is not known', 'gauss-legendre'],
    ['horizon 1 s in 10 steps, radau', 'radau', '`radau` has from 1 to 4 stages', 'radau 2'],
    ['horizon 1 s in 10 steps, radau 5', '5', '`radau` has from 1 to 4 stages', undefined],
    ['horizon 1 s in 10 steps, rk4 2', '2', 'the stages of `rk4` are in its name', 'rk4 x 2'],
    ['horizon 1 s in 10 steps, rk4 x 0', '0', 'a whole number of steps', undefined],
    ['horizon 1 s in 10 steps, rk4 y 2', 'y', '`y` is not expected here', 'rk4 x 2'],
  ])('%s', (line, at, message, hint) => one(complaints(completed().replace(/horizon.*/, line)), at, message, hint));

  it('cannot be missing', () => {
    const found = complaints(completed().replace(/horizon.*/, ''));
    one(found, 'dynamics', 'the horizon is missing', 'horizon 2 s in 40 steps');
  });
});

it('an initial value is a finite number', () => {
  one(about('state y = log(a - 2)', "dynamics y' = 0"), 'log(a - 2)', 'is not a finite number');
});
