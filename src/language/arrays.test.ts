import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setInitial, setParameter } from './edit';
import { compiled, complaints, valueAt } from './testing';

/** A problem with vectors and matrices, and more lines. */
const around = (...lines: readonly string[]) => `
  constant n = 3
  parameter A = [1, 2; 3, 4]
  parameter B[2,n] = [1, 0, 2
                      0, 1, 3]
  parameter w[n] = 1 in [0, 2]
  parameter s = 2
  state x[2] = [0; s]
  state q[n] free
  control u[n] in [-w, 2]
  dynamics
    x' = A*x + B*u
    for i in 1..n: q[i]' = w[i]*u[i]
  minimize
    integral sumsq(u) + sumsq(q)
  horizon 2 s in 4 steps
  ${lines.join('\n')}
`;
const point = { 'x[1]': 2, 'x[2]': 3, 'q[1]': 5, 'q[2]': 7, 'q[3]': 11, 'u[1]': 13, 'u[2]': 17, 'u[3]': 19 };
const problem = compiled(around());

/** Value of an expression text at the point. */
function resultOf(text: string): number {
  const of = compiled(around(`minimize sum ${text}`));
  return valueAt(of, of.cost.sum, point);
}

const messages = (...lines: readonly string[]) => complaints(around(...lines)).map(({ message }) => message);

describe('entries', () => {
  it('are named row by row', () => {
    expect(problem.parameters.map(({ name, value }) => [name, value])).toEqual([
      ...[
        ['A[1,1]', 1],
        ['A[1,2]', 2],
        ['A[2,1]', 3],
        ['A[2,2]', 4],
      ],
      ...[
        ['B[1,1]', 1],
        ['B[1,2]', 0],
        ['B[1,3]', 2],
        ['B[2,1]', 0],
        ['B[2,2]', 1],
        ['B[2,3]', 3],
      ],
      ...[
        ['w[1]', 1],
        ['w[2]', 1],
        ['w[3]', 1],
        ['s', 2],
      ],
    ]);
    expect(problem.states.map(({ name }) => name)).toEqual(['x[1]', 'x[2]', 'q[1]', 'q[2]', 'q[3]']);
    expect(problem.controls.map(({ name }) => name)).toEqual(['u[1]', 'u[2]', 'u[3]']);
    expect(problem.parameters[11]?.range).toEqual([0, 2]);
    expect(problem.arrays).toEqual([
      { name: 'A', kind: 'parameter', rows: 2, columns: 2, first: 0 },
      { name: 'B', kind: 'parameter', rows: 2, columns: 3, first: 4 },
      { name: 'w', kind: 'parameter', rows: 3, columns: 1, first: 10 },
      { name: 'x', kind: 'state', rows: 2, columns: 1, first: 0 },
      { name: 'q', kind: 'state', rows: 3, columns: 1, first: 2 },
      { name: 'u', kind: 'control', rows: 3, columns: 1, first: 0 },
    ]);
  });

  it('have dynamics, initial values and bounds of their own', () => {
    expect(problem.dynamics.rhs.map((node) => valueAt(problem, node, point))).toEqual([59, 92, 13, 17, 19]);
    expect(problem.states.map(({ initial }) => initial && valueAt(problem, initial))).toEqual([0, 2, null, null, null]);
    expect(
      problem.constraints.map(({ name, lower }) => [name, valueAt(problem, lower as never, { 'w[2]': 4 })]),
    ).toEqual([
      ['u[1]', -1],
      ['u[2]', -4],
      ['u[3]', -1],
    ]);
  });

  it('may be of any size that is a constant, and take their size from a literal', () => {
    const { states } = compiled(`
      constant m = 2*2
      state p[m] = 0
      state r = [1, 2, 3]
      control a
      dynamics
        p' = ones(m)*a
        r' = zeros(3)
      minimize sum a^2
      horizon 1 s in 2 steps`);
    expect(states.map(({ name }) => name)).toEqual(['p[1]', 'p[2]', 'p[3]', 'p[4]', 'r[1]', 'r[2]', 'r[3]']);
  });
});

describe('expressions', () => {
  it.each([
    ["x'*x", 13],
    ['dot(x, x)', 13],
    ['sumsq(x)', 13],
    ["x'*A*x", 4 + 12 + 18 + 36],
    ['quad(x, A)', 70],
    ['quad(x, [10; 100])', 940],
    ['quad(q, 2)', 2 * (25 + 49 + 121)],
    ['sum(A*x)', 26],
    ["(A'*x)[1]", 11],
    ["A'[1,2]", 3],
    ['A[2,1]', 3],
    ['sum(A[2,..])', 7],
    ['sum(A[..,2])', 6],
    ['sum(q[2..3])', 18],
    ['sum(q[2..])', 18],
    ['q[n]', 11],
    ['sum([x; q]) - sum(q)', 5],
    ['sum([x, x]*x)', 25],
    ['sum(2*x/4 - x + 1)', -0.5],
    ['sum(sin(0*x))', 0],
    ['sum(max(x, 2.5))', 5.5],
    ['max(q)', 11],
    ['min(for i in 1..n: q[i] - u[i])', -10],
    ['sum(diag(x)*x)', 13],
    ['sum(eye(2)*x + zeros(2) + ones(2))', 7],
    ['sum(ones(2,2)*x)', 10],
    ['sum(for i in 1..n: i*q[i])', 52],
    ['sum(for i in 1..n, j in i..n: q[j])', 5 + 14 + 33],
    ['sumsq([for i in 1..2: i*x[i]])', 40],
    ['[for i in 1..2: A[i,..]][2,1]', 3],
  ])('%s', (text, expected) => {
    expect(resultOf(text)).toBeCloseTo(expected, 12);
  });

  it('agree with matrix algebra by hand', () => {
    const entries = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 4 });
    const literal = (m: readonly number[]) => `[${m[0]}, ${m[1]}; ${m[2]}, ${m[3]}]`;
    fc.assert(
      fc.property(entries, entries, (a, b) => {
        const text = `([1, 10]*(${literal(a)}*${literal(b)}' - ${literal(a)})*[1; 100])`;
        const at = (m: readonly number[], i: number, j: number) => m[2 * i + j] as number;
        let total = 0;
        for (const [i, left] of [1, 10].entries()) {
          for (const [j, right] of [1, 100].entries()) {
            const product = at(a, i, 0) * at(b, j, 0) + at(a, i, 1) * at(b, j, 1);
            total += left * right * (product - at(a, i, j));
          }
        }
        expect(resultOf(`${text} + 0*s`)).toBe(total);
      }),
      { numRuns: 30 },
    );
  });

  it('go on over lines inside brackets, where a line is a row', () => {
    const { parameters } = compiled(
      around('parameter M = [', '  1, 2 # one', '', '  -3,', '  4 +', '  1', ']', 'minimize sum sum(M*x)'),
    );
    expect(parameters.slice(-4).map(({ name, value }) => [name, value])).toEqual([
      ['M[1,1]', 1],
      ['M[1,2]', 2],
      ['M[2,1]', -3],
      ['M[2,2]', 5],
    ]);
  });
});

describe('constraints', () => {
  const names = (...lines: readonly string[]) =>
    compiled(around('subject to', ...lines))
      .constraints.slice(3)
      .map(({ name, from, to }) => `${name} ${from}..${to}`);

  it('hold entry by entry', () => {
    expect(names('room: -1 <= x <= [2; 3]')).toEqual(['room[1] 1..4', 'room[2] 1..4']);
    expect(names('x <= 1')).toEqual(['x[1] 1..4', 'x[2] 1..4']);
    expect(names('at end: x == [1; 0]')).toEqual(['x[1] at end 4..4', 'x[2] at end 4..4']);
  });

  it('come in families, on one line or in a block', () => {
    expect(names('for i in 1..2: x[i] <= i', 'x[1] >= 0')).toEqual(['x[1] 1..4', 'x[2] 1..4', 'x[1] (2) 1..4']);
    const block = ['for i in 1..2', '  near: x[i] <= i', '  for j in 2..3: both: q[j] + x[i] <= j', 'last: u[1] <= 1'];
    expect(names(...block)).toEqual([
      ...['near[1] 1..4', 'near[2] 1..4'],
      ...['both[1,2] 1..4', 'both[1,3] 1..4', 'both[2,2] 1..4', 'both[2,3] 1..4'],
      'last 0..3',
    ]);
  });
});

describe('guesses', () => {
  it('may be of vectors and entries', () => {
    const { guess, graph } = compiled(around('guess x from [1; 2] to 3, q[2] = 4, u = [1, 2, 3]'));
    const numbers = [...guess.states, ...guess.controls].map(({ from, to }) => [graph.value(from), graph.value(to)]);
    expect(numbers).toEqual([
      [1, 3],
      [2, 3],
      [0, 0],
      [4, 4],
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });
});

describe('mistakes', () => {
  it.each([
    ['let d = A*u', '`A` is 2x2 and `u` has 3 entries: they cannot be multiplied'],
    ['let d = x + q', '`x` has 2 entries and `q` has 3 entries: they cannot be added'],
    ['let d = x - A', '`x` has 2 entries and `A` is 2x2: they cannot be subtracted'],
    ['let d = x*x', '`x` has 2 entries and `x` has 2 entries: they cannot be multiplied'],
    ['let d = 1/x', '`x` has 2 entries: only a single number can be divided by'],
    ['let d = x^2', 'a power is of a single number, but `x` has 2 entries'],
    ['let d = x[3]', '`x` has 2 entries: there is no 3'],
    ['let d = x[0]', '`x` has 2 entries: there is no 0'],
    ['let d = A[1]', '`A` is 2x2'],
    ['let d = A[1,3]', '`A` is 2x2, with 2 columns: there is no 3'],
    ['let d = x[1.5]', 'an index is a whole number, but this is 1.5'],
    ['let d = x[s]', '`s` is a parameter, but an index can depend only on numbers and other constants'],
    ['let d = [1, 2; 3]', 'the rows have different lengths: 2 and 1'],
    ['let d = dot(x, q)', '`x` has 2 entries and `q` has 3 entries: `dot` takes two vectors of the same length'],
    ['let d = quad(x, [1; 2; 3])', '`x` has 2 entries and `[1; 2; 3]` has 3 entries: this is no quadratic form'],
    ['let d = eye(s)', 'a size is a whole number, but `s` is none'],
    ['let d = sum(for x in 1..2: 1)', '`x` is a state; what `for` counts needs a name of its own'],
    ['let d = sin(for i in 1..2: i)', '`for` stands in `sum`, `min` and `max`, not in `sin`'],
    ['let d = [for i in 2..1: i]', 'there is nothing to count here: it ends before it begins'],
    ['minimize sum x', 'a sum is a single number, but this has 2 entries'],
    ['parameter C[2,2] = [1, 2]', 'the value here must be 2x2, but this is a row of 2 entries'],
    ['state y[2] = [1; 2; 3]', 'the value here must have 2 entries, but this has 3 entries'],
    ['state y[1.5] = 0', 'a size is a whole number from 1 to 4096, but this is 1.5'],
    ['state y[65] = 0', 'a problem has at most 64 states'],
    ["state y[2] = 0\ndynamics y[1]' = 0", 'the dynamics of `y[2]` are missing'],
    ["dynamics x[2]' = 0", '`x[2]` has two equations'],
    ["dynamics x[3]' = 0", '`x` has 2 entries: there is no 3'],
    ['guess x = [1; 2; 3]', 'the value here must have 2 entries, but this has 3 entries'],
    ['subject to x <= q', 'the value here must have 2 entries, but this has 3 entries'],
    ['minimize sum [x]', 'a sum is a single number, but this has 2 entries'],
    ['minimize sum s[2]', '`s` is a single number: there is no 2'],
  ])('%s', (line, message) => {
    expect(messages(line)).toContainEqual(expect.stringContaining(message));
  });

  it('cannot keep the compiler busy', () => {
    const product = (count: number) => `minimize sum sum(${Array(count).fill('ones(64,64)').join('*')})`;
    expect(messages(product(40))[0]).toContain('grow too large');
    expect(messages('minimize sum sum(for i in 1..100000, j in 1..100000: i*j)*u[1]')[0]).toContain('grow too large');
    expect(messages('minimize sum sum(zeros(5000))*u[1]')[0]).toContain('at most 4096 entries');
  });
});

describe('changes of entries', () => {
  it('are made where an entry is written', () => {
    expect(setParameter(around(), 'B[2,1]', 5)).toBe(around().replace('0, 1, 3', '5, 1, 3'));
    const text = around().replace('[0; s]', '[0; 2]');
    expect(setInitial(text, 'x[1]', -1.5)).toBe(text.replace('[0; 2]', '[-1.5; 2]'));
  });

  it('write out what is written as one number', () => {
    expect(setParameter(around(), 'w[2]', 0.5)).toBe(around().replace('w[n] = 1', 'w[n] = [1; 0.5; 1]'));
    expect(setInitial(around(), 'x[1]', -1.5)).toBe(around().replace('[0; s]', '[-1.5; 2]'));
    expect(setParameter(around(), 'w[4]', 0.5)).toBe(around());
    expect(setParameter(around(), 'w', 0.5)).toBe(around());
  });
});
