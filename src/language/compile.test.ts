import { describe, expect, it } from 'vitest';
import { isEquality } from '../problem';
import { compiled, completed, summary, valueAt, withLines } from './testing';

describe('statements', () => {
  it('may come in any order', () => {
    const problem = compiled(`
      horizon T s in steps_wanted steps
      minimize
        terminal d^2
      let d = x - e
      let e = 2*c
      dynamics
        x' = u
      control u
      state x = c
      constant steps_wanted = 4*h
      constant h = 2
      constant c = h + 1
      parameter T = 3
      title "All over the place"
      source "a test"
    `);
    expect(problem).toMatchObject({ title: 'All over the place', source: 'a test' });
    expect(problem.horizon.steps).toBe(8);
    expect(valueAt(problem, problem.cost.terminal, { x: 7 })).toBe(1);
  });

  it('may be interrupted by comments, blank lines and Windows line ends', () => {
    const text = completed('# one', '', '  // two', 'subject to # three', '', '# four', '  x <= 1 // five', '# six');
    expect(compiled(text).constraints).toHaveLength(1);
    expect(compiled(text.replaceAll('\n', '\r\n')).constraints).toHaveLength(1);
  });

  it('need no line break at the end', () => {
    expect(withLines('subject to', 'x <= 1').constraints).toHaveLength(1);
    expect(compiled(completed('subject to', 'x <= 1').trimEnd()).constraints).toHaveLength(1);
  });

  it('may have the first line of their section beside them, and more than one section', () => {
    const problem = withLines('subject to x <= 1', 'subject to', 'v <= 2', 'minimise sum u^2');
    expect(problem.constraints.map(({ name }) => name)).toEqual(['x', 'v']);
    expect(valueAt(problem, problem.cost.sum, { u: 3 })).toBe(9);
  });

  it('leave words that only matter in their place free as names', () => {
    const problem = compiled(`
      state integral = 0
      state start = 1
      control to
      let soft = integral^2
      let free = start + soft
      dynamics
        integral' = start
        start' = to
      minimize
        integral integral^2 + free
        terminal start^2 + soft
      subject to
        end at end: start <= 2
        on <= 1
      horizon 1 s in 3 steps
      let on = sum*to
      parameter sum = 2
    `);
    expect(problem.constraints.map(({ name }) => name)).toEqual(['end', 'on']);
    expect(valueAt(problem, problem.cost.integral, { integral: 2, start: 3 })).toBe(11);
  });
});

describe('parameters', () => {
  it('have values, ranges and descriptions in the order of declaration', () => {
    const { parameters } = compiled(
      completed('parameter p = 4 in [1, 9] "a thing (kg)"', 'parameter q = -1.5e2', 'let d = p*q', 'minimize sum d'),
    );
    expect(parameters.slice(2)).toMatchObject([
      { name: 'p', value: 4, range: [1, 9], description: 'a thing (kg)' },
      { name: 'q', value: -150, range: null, description: '' },
    ]);
  });

  it('may be worked out from constants and from the parameters above', () => {
    const problem = withLines(
      'parameter p = pi/2 + g in [-c, c]',
      'parameter q = 2*p',
      'constant g = c/2',
      'constant c = 10',
      'minimize sum q*u',
    );
    expect(problem.parameters.slice(2).map(({ value }) => value)).toEqual([Math.PI / 2 + 5, Math.PI + 10]);
    expect(problem.parameters[2]?.range).toEqual([-10, 10]);
    // Its value is a number from then on: q does not follow p.
    expect(valueAt(problem, problem.cost.sum, { p: 0, u: 1 })).toBe(Math.PI + 10);
  });
});

describe('states and controls', () => {
  it('have initial values in parameters, or free ones', () => {
    const problem = withLines('state y = 2*a + d "where (m)"', "dynamics y' = 0", 'let d = b');
    const [x, , z, y] = problem.states;
    expect(valueAt(problem, x?.initial as never)).toBe(1);
    expect(z?.initial).toBeNull();
    expect(valueAt(problem, y?.initial as never, { a: 5 })).toBe(13);
    expect(y?.description).toBe('where (m)');
  });

  it('may bound controls from one side or both', () => {
    const problem = withLines(
      'control c1 in [-a, a] "push (N)"',
      'control c2 in [0, inf]',
      'control c3 in [-inf, 1]',
      'control c4 in [ , 2]',
      'control c5 in [3, ]',
      'control c6 in [-inf, inf]',
      'minimize sum c1 + c2 + c3 + c4 + c5 + c6',
    );
    const at = { c1: 7 };
    expect(problem.constraints.map((constraint) => summary(problem, constraint, at))).toEqual([
      { name: 'c1', value: 7, lower: -2, upper: 2, from: 0, to: 9 },
      { name: 'c2', value: 0, lower: 0, upper: null, from: 0, to: 9 },
      { name: 'c3', value: 0, lower: null, upper: 1, from: 0, to: 9 },
      { name: 'c4', value: 0, lower: null, upper: 2, from: 0, to: 9 },
      { name: 'c5', value: 0, lower: 3, upper: null, from: 0, to: 9 },
    ]);
    expect(problem.controls[2]?.description).toBe('push (N)');
  });
});

describe('dynamics', () => {
  it('follow the order of the states, not of the lines', () => {
    const problem = withLines();
    expect(problem.dynamics.kind).toBe('continuous');
    const values = problem.dynamics.rhs.map((node) => valueAt(problem, node, { v: 5, u: 1, w: 1 }));
    expect(values).toEqual([10, 5, 0]);
  });

  it('may be discrete', () => {
    const problem = compiled('state x = 0\ncontrol u\ndynamics\n x+ = x + u\nminimize sum u^2\nhorizon 7 steps');
    expect(problem.dynamics.kind).toBe('discrete');
    expect(problem.horizon).toMatchObject({ steps: 7, integrator: 'rk4', substeps: 1 });
    expect(valueAt(problem, problem.horizon.duration)).toBe(7);
  });
});

describe('costs', () => {
  it('are added up by kind', () => {
    const problem = withLines(
      'minimize',
      'integral 1',
      'sum u',
      'sum 2*u',
      'terminal x',
      'terminal d',
      'let d = v + 1',
    );
    const { integral, sum, terminal } = problem.cost;
    expect(valueAt(problem, integral, { x: 2, u: 3 })).toBe(14);
    expect(valueAt(problem, sum, { u: 3 })).toBe(9);
    expect(valueAt(problem, terminal, { x: 2, v: 4 })).toBe(7);
  });

  it('are the constant 0 where there are none', () => {
    const { graph, cost } = withLines();
    expect(graph.isConstant(cost.sum, 0) && graph.isConstant(cost.terminal, 0)).toBe(true);
  });
});

describe('constraints', () => {
  const constraint = (line: string, ...more: string[]) => {
    const problem = withLines(...more, 'subject to', line);
    const [first] = problem.constraints;
    if (!first) throw new Error('no constraint');
    return { ...summary(problem, first, { x: 5, v: 7, u: 11, z: 13 }), equality: isEquality(first) };
  };

  it.each([
    ['x <= 4', { value: 5, lower: null, upper: 4 }],
    ['x >= 4', { value: 5, lower: 4, upper: null }],
    ['4 <= x', { value: 5, lower: 4, upper: null }],
    ['4 >= x', { value: 5, lower: null, upper: 4 }],
    ['-a <= x <= 2*a', { value: 5, lower: -2, upper: 4 }],
    ['2*a >= x >= -a', { value: 5, lower: -2, upper: 4 }],
    ['-inf <= x <= 4', { value: 5, lower: null, upper: 4 }],
    ['4 <= x <= inf', { value: 5, lower: 4, upper: null }],
    ['x <= v', { value: -2, lower: null, upper: 0 }],
    ['x >= v', { value: 2, lower: null, upper: 0 }],
    ['x + 1 <= a*v', { value: -8, lower: null, upper: 0 }],
  ])('%s', (line, expected) => {
    expect(constraint(line)).toMatchObject({ ...expected, equality: false, from: 1, to: 10 });
  });

  it.each([
    ['x == 4', { value: 5, lower: 4, upper: 4 }],
    ['a == x', { value: 5, lower: 2, upper: 2 }],
    ['x == v', { value: -2, lower: 0, upper: 0 }],
    ['a <= x <= a', { value: 5, lower: 2, upper: 2 }],
  ])('%s is an equality', (line, expected) => {
    expect(constraint(line)).toMatchObject({ ...expected, equality: true });
  });

  it('hold on the stages where all they name exists', () => {
    expect(constraint('x <= 4')).toMatchObject({ from: 1, to: 10 });
    expect(constraint('u <= 4')).toMatchObject({ from: 0, to: 9 });
    expect(constraint('x + u <= 4')).toMatchObject({ from: 0, to: 9 });
    expect(constraint('d <= 4', 'let d = e + x', 'let e = 2*u')).toMatchObject({ from: 0, to: 9 });
    expect(constraint('z <= 4')).toMatchObject({ from: 1, to: 10 });
  });

  it.each([
    ['at start: z >= 1', '', 0, 0],
    ['at end: x == 1', '', 10, 10],
    ['on 5: x <= 1', '', 5, 5],
    ['on 3..7: x <= 1', '', 3, 7],
    ['on 3..N-1: x <= 1', '', 3, 9],
    ['on N/2 .. N: x <= 1', '', 5, 10],
    ['on c..2*c+1: x <= 1', '', 3, 7],
    ['on 0..4: x + z <= 1', '', 0, 4],
    ['on (1+1)..N-1: u <= 1', '', 2, 9],
  ])('hold where they say: %s', (line, _, from, to) => {
    expect(constraint(line, 'constant c = 3')).toMatchObject({ from, to });
  });

  it.each(['reach-1 at end: x == 1', 'reach-1: at end: x == 1', 'at end: reach-1: x == 1', 'reach-1   at end :x == 1'])(
    'have names: %s',
    (line) => {
      expect(constraint(line)).toMatchObject({ name: 'reach-1', from: 10, to: 10, value: 5, lower: 1 });
    },
  );

  it('may have any word as their name', () => {
    const names = ['terminal', 'horizon', 'state', 'end', 'soft', 'x', 'in', 'guess', 'a_b-c'];
    const problem = withLines('subject to', ...names.map((name) => `${name}: x <= 1`));
    expect(problem.constraints.map(({ name }) => name)).toEqual(names);
  });

  it('are named after what they bound where they have no name', () => {
    const problem = withLines('subject to', 'x <= 1', 'x >= 0', '-1 <= x +  2*v <= 1', 'at end: v == 0', 'u <= v');
    expect(problem.constraints.map(({ name }) => name)).toEqual(['x', 'x (2)', 'x + 2*v', 'v at end', 'u <= v']);
  });

  it('begin a new line with a minus', () => {
    const problem = withLines('subject to', 'x <= 1', '-1 <= v', '- 2 <= z');
    expect(problem.constraints).toHaveLength(3);
  });

  it('may be soft', () => {
    const problem = withLines(
      'subject to',
      'one: x <= 1 soft(l1 = a, l2 = 2*b)',
      'two: x >= 0',
      '  soft(l2 = 4)',
      'three: -1 <= x <= 1 soft(l1 = 3)',
      'four: x <= 7',
    );
    const weights = problem.constraints.map(
      ({ soft }) => soft && [valueAt(problem, soft.l1), valueAt(problem, soft.l2)],
    );
    expect(weights).toEqual([[2, 6], [0, 4], [3, 0], null]);
  });
});

describe('the horizon', () => {
  const horizon = (line: string) => {
    const problem = compiled(completed().replace(/horizon.*/, line));
    const { duration, steps, integrator, substeps } = problem.horizon;
    return [valueAt(problem, duration), steps, integrator, substeps];
  };

  it.each([
    ['horizon 2 s in 10 steps, rk4', [2, 10, 'rk4', 1]],
    ['horizon 2 in 10 steps', [2, 10, 'rk4', 1]],
    ['horizon a*b min in 1 step, rk1 x 3', [6, 1, 'rk1', 3]],
    ['horizon 30*a s in 2*5 steps, rk2', [60, 10, 'rk2', 1]],
    ['horizon 1 s in 500 steps, rk3 * 2', [1, 500, 'rk3', 2]],
    ['horizon 1 s in 5 steps, RK4', [1, 5, 'rk4', 1]],
    ['horizon 1 s in 5 steps, gauss-legendre 2', [1, 5, 'gauss-legendre-2', 1]],
    ['horizon 1 s in 5 steps, radau 4 x 3', [1, 5, 'radau-4', 3]],
  ])('%s', (line, expected) => expect(horizon(line)).toEqual(expected));
});

describe('the guess', () => {
  const guess = (...lines: string[]) => {
    const problem = withLines(...lines);
    const numbers = ({ from, to }: { from: never; to: never }) => [valueAt(problem, from), valueAt(problem, to)];
    return [...problem.guess.states, ...problem.guess.controls].map((path) => numbers(path as never));
  };

  it('is the initial value of states, and zero for what is free, where nothing is said', () => {
    expect(guess()).toEqual([
      [1, 1],
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });

  it('takes values and lines, separated by commas or line breaks', () => {
    const expected = [
      [1, 4],
      [2, 2],
      [9, 9],
      [0, 3],
      [5, 5],
    ];
    expect(guess('guess x from 1 to 2*a, v = a, z = 9, u from 0 to b, w = 5')).toEqual(expected);
    expect(guess('guess', 'x from 1 to 2*a', 'v = a', 'z = 9,', 'u from 0 to b', 'w = 5')).toEqual(expected);
  });

  it('may stand with the declaration', () => {
    const [, , , y] = guess('state y free guess 3 "why"', "dynamics y' = 0");
    expect(y).toEqual([3, 3]);
    const all = guess('control c in [0, 1] guess from 0 to a', 'minimize sum c');
    expect(all.at(-1)).toEqual([0, 2]);
  });
});
