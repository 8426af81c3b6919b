import { describe, expect, it } from 'vitest';
import { evaluate, type Node } from '../expression';
import type { Problem } from '../problem';
import { compiled, complaints, completed, valueAt } from './testing';

const problemWith = (horizon: string, ...lines: readonly string[]) =>
  compiled(completed(...lines).replace(/horizon.*/, horizon));
const messages = (horizon: string, ...lines: readonly string[]) =>
  complaints(completed(...lines).replace(/horizon.*/, horizon)).map(({ message }) => message);
const four = 'horizon 2 s in 4 steps';

const numbers = (problem: Problem, nodes: readonly Node[] | null, at: Record<string, number> = {}) =>
  (nodes ?? []).map((node) => valueAt(problem, node, at));

describe('signals', () => {
  const valuesOf = (line: string, name: string, ...more: readonly string[]) => {
    const problem = problemWith(four, line, `minimize sum ${name}*u`, ...more);
    const signal = problem.signals.find((each) => each.name === name);
    return numbers(problem, signal?.values ?? null);
  };

  it('are expressions of time, stage and parameters, or tables', () => {
    expect(valuesOf('signal r = a*time', 'r')).toEqual([0, 1, 2, 3, 4]);
    expect(valuesOf('signal r = stage^2', 'r')).toEqual([0, 1, 4, 9, 16]);
    expect(valuesOf('signal r = [1, 2, 3, b, 5]', 'r')).toEqual([1, 2, 3, 3, 5]);
    expect(valuesOf('signal r = [1; 2; 3; 4]', 'r')).toEqual([1, 2, 3, 4, 4]);
    expect(valuesOf('signal r = 7', 'r')).toEqual([7, 7, 7, 7, 7]);
  });

  it('may use one another and lets, in any order', () => {
    const lines = ['signal r = 2*later + shift', 'signal later = stage', 'let shift = 10 + later'];
    expect(valuesOf(lines[0] as string, 'r', ...lines.slice(1))).toEqual([10, 13, 16, 19, 22]);
    expect(messages(four, 'signal r = s + 1', 'signal s = r')[0]).toContain('in terms of itself: r -> s -> r');
  });

  it('may be vectors', () => {
    const problem = problemWith(
      four,
      'signal r[2] = [time; stage]',
      'signal t[2] = [1, 2, 3, 4; 5, 6, 7, 8]',
      'minimize sum sum(r + t)*u',
    );
    expect(problem.signals.map(({ name }) => name)).toEqual(['r[1]', 'r[2]', 't[1]', 't[2]', 'time', 'stage']);
    expect(numbers(problem, problem.signals[1]?.values ?? null)).toEqual([0, 1, 2, 3, 4]);
    expect(numbers(problem, problem.signals[3]?.values ?? null)).toEqual([5, 6, 7, 8, 8]);
    expect(problem.arrays.map(({ name, kind, first }) => [name, kind, first])).toEqual([
      ['r', 'signal', 0],
      ['t', 'signal', 2],
    ]);
  });

  it('of time and stage exist only where they are used, and names of the text come first', () => {
    expect(problemWith(four).signals).toEqual([]);
    const problem = problemWith(four, 'minimize', 'sum time*u', 'terminal time*x');
    expect(problem.signals.map(({ name, values }) => [name, numbers(problem, values)])).toEqual([
      ['time', [0, 0.5, 1, 1.5, 2]],
    ]);
    expect(problemWith(four, "state time = 0\ndynamics time' = 1\nminimize sum time").signals).toEqual([]);
  });

  it('may bound what changes: their side becomes part of the expression', () => {
    const { constraints } = problemWith(
      four,
      'signal r = stage',
      'control c in [-r, 3]',
      'minimize sum c^2',
      'subject to',
      'follow: x <= r',
      'tube: r - 1 <= x <= r + 1',
      'exact: x + u == r',
    );
    expect(constraints.map(({ name, lower, upper }) => [name, lower !== null, upper !== null])).toEqual([
      ['c-lower', true, false],
      ['c-upper', false, true],
      ['follow', false, true],
      ['tube-lower', true, false],
      ['tube-upper', false, true],
      ['exact', true, true],
    ]);
    expect(messages(four, 'signal r = stage', 'subject to', 'r <= 1')[0]).toContain('no state or control');
  });

  it.each([
    ['signal r = [1, 2, 3]\nminimize sum r*u', 'a table has N = 4 or N+1 = 5 entries, but this is a row of 3 entries'],
    ['signal r = x\nminimize sum r*u', '`x` is a state, but a signal can depend only on parameters'],
    ['state y = time', '`time` changes from stage to stage, but the initial value of `y` is the same at all of them'],
    ['signal r = stage\nguess x = r', '`r` changes from stage to stage, but a guess is the same at all of them'],
    ['let r = stage\nguess x = r', '`r` uses `stage`, which changes from stage to stage, but a guess'],
    ['constant c = stage', '`stage` changes from stage to stage, but a constant'],
  ])('%s', (line, message) => {
    expect(messages(four, line)).toContainEqual(expect.stringContaining(message));
  });
});

describe('parameters at stages', () => {
  it('have a value for each stage, and mean the value at the stage', () => {
    const problem = problemWith(four, 'parameter r at stages = 0.5*time + a in [0, 5] "wind"', 'minimize sum r*u');
    expect(problem.parameters.slice(2)).toMatchObject(
      [2, 2.25, 2.5, 2.75, 3].map((value, k) => ({ name: `r[${k}]`, value, range: [0, 5], description: 'wind' })),
    );
    expect(problem.arrays).toEqual([{ name: 'r', kind: 'parameter', rows: 1, columns: 5, first: 2 }]);
    const [signal] = problem.signals;
    expect(signal?.values).toEqual(problem.parameters.slice(2).map(({ symbol }) => symbol));
    const point = new Map([[signal?.symbol as Node, 3], ...problem.controls.map(({ symbol }) => [symbol, 2] as const)]);
    expect(evaluate(problem.graph, [problem.cost.sum], point)).toEqual([6]);
  });

  it('take tables, of which the last entry may be left out', () => {
    const values = (table: string) =>
      problemWith(four, `parameter r at stages = ${table}`, 'minimize sum r*u')
        .parameters.slice(2)
        .map((p) => p.value);
    expect(values('[1, 2, 3, 4]')).toEqual([1, 2, 3, 4, 4]);
    expect(values('[1; 2; 3; 4; 5]')).toEqual([1, 2, 3, 4, 5]);
    expect(values('3')).toEqual([3, 3, 3, 3, 3]);
  });

  it.each([
    ['parameter r at stages = [1, 2]\nminimize sum r*u', 'a table at stages has N = 4 or N+1 = 5 entries'],
    ['parameter r at stages = 1\nstate y = r', '`r` changes from stage to stage'],
    ['parameter r[2] at stages = 1', 'a parameter at stages is a single number'],
    ['parameter r at stages = 1\nparameter q = r', '`r` changes from stage to stage'],
  ])('%s', (line, message) => {
    expect(messages(four, line)).toContainEqual(expect.stringContaining(message));
  });
});

describe('grids', () => {
  it('divide the duration in relative lengths', () => {
    const problem = problemWith(`${four}, rk4, grid a^stage`, 'minimize sum time*u');
    const lengths = (of: Problem) => numbers(of, of.horizon.lengths).map((length) => length.toFixed(12));
    const expected = (...weights: number[]) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return weights.map((weight) => ((2 * weight) / total).toFixed(12));
    };
    expect(lengths(problem)).toEqual(expected(1, 2, 4, 8));
    expect(lengths(problemWith(`${four}, grid [1, 2, 3, 4]`))).toEqual(expected(1, 2, 3, 4));
    expect(valueAt(problem, problem.signals[0]?.values[4] as Node)).toBeCloseTo(2, 14);
    expect(problemWith(four).horizon.lengths).toBeNull();
  });

  it.each([
    [', grid [1, 2]', 'the grid has one relative length for each of the 4 steps, but this is a row of 2 entries'],
    [', grid stage', 'the relative lengths of the steps must be positive'],
    [', grid x', '`x` is a state, but the grid can depend only on parameters'],
    [', grid time', '`time` changes from stage to stage'],
    [', rk4, rk3', 'this is given twice in the horizon'],
    [', integrated time', '`time` cannot be integrated with the dynamics'],
  ])('%s', (item, message) => {
    expect(messages(four + item)).toContainEqual(expect.stringContaining(message));
  });

  it('leave the words free as names, and say how costs are integrated', () => {
    const { horizon } = problemWith(`${four}, integrated cost, rk3`, 'let grid = u', 'minimize sum grid');
    expect(horizon).toMatchObject({ quadrature: 'dynamics', integrator: 'rk3' });
    expect(problemWith(four).horizon.quadrature).toBe('rectangle');
  });
});

describe('algebraic variables', () => {
  const lines = ['algebraic y = 2 "pressure"', 'algebraic w2[2]', 'dynamics', '0 = y - x', '0 = w2 - [u; y]'];
  const implicit = `${four}, radau 2`;

  it('have equations of their own', () => {
    const problem = problemWith(implicit, ...lines, 'minimize sum y + w2[2]', 'subject to', 'y <= 1');
    expect(problem.algebraics.map(({ name, description }) => [name, description])).toEqual([
      ['y', 'pressure'],
      ['w2[1]', ''],
      ['w2[2]', ''],
    ]);
    expect(problem.dynamics.algebraic).toHaveLength(3);
    expect(problem.guess.algebraics.map(({ from }) => valueAt(problem, from))).toEqual([2, 0, 0]);
    expect(problem.constraints).toMatchObject([{ name: 'y', from: 0, to: 3 }]);
  });

  it.each([
    [four, lines, 'algebraic variables such as `y` need an implicit integrator'],
    [implicit, lines.slice(0, 4), '1 equation `0 = …` cannot determine 3 algebraic variables'],
    [implicit, [...lines, '0 = y'], '4 equations `0 = …` cannot determine 3 algebraic variables'],
    [implicit, [...lines, '1 = y'], 'an equation begins with a derivative, or with `0 =`, but `1` stands here'],
    [implicit, [...lines, "y' = 1"], '`y` is an algebraic variable; only states have dynamics'],
    [implicit, [...lines, 'minimize terminal y'], '`y` is an algebraic variable, but it has no value at the end'],
    [implicit, [...lines, 'subject to at end: y <= 1'], 'the algebraic variable `y` has no value at the end'],
    [implicit, [...lines, 'state q = y'], '`y` is an algebraic variable, but the initial value of `q`'],
  ] as const)('%s, %j', (horizon, text, message) => {
    expect(messages(horizon, ...text)).toContainEqual(expect.stringContaining(message));
  });

  it('need continuous dynamics', () => {
    const text = 'state x = 0\nalgebraic y\ndynamics\n x+ = x\n 0 = y\nminimize sum x\nhorizon 3 steps';
    expect(complaints(text).map(({ message }) => message)).toContain(
      'only continuous dynamics have algebraic equations',
    );
  });
});

describe('the solver', () => {
  it('is chosen with its options', () => {
    expect(problemWith(four).solver).toEqual({
      method: null,
      hessian: null,
      regularize: null,
      globalization: null,
      tolerance: null,
      tau: null,
      iterations: null,
    });
    const choice = 'solver sqp(hessian = gauss-newton, regularize = mirror, globalization = full)';
    expect(problemWith(four, choice).solver).toMatchObject({
      method: 'sqp',
      hessian: 'gauss-newton',
      regularize: 'mirror',
      globalization: 'full',
    });
    const numbers = 'solver interior-point(tolerance = 1e-10, tau = 0.01, iterations = 2*small)\nconstant small = 100';
    expect(problemWith(four, numbers).solver).toMatchObject({
      method: 'interior-point',
      tolerance: 1e-10,
      tau: 0.01,
      iterations: 200,
    });
    expect(problemWith(four, 'solver rti').solver.method).toBe('rti');
  });

  it.each([
    ['solver newton', 'the method `newton` is not known'],
    ['solver sqp(hesian = exact)', '`hesian` is not an option of the solver'],
    ['solver sqp(hessian = full)', '`hessian` cannot be `full`'],
    ['solver sqp(tolerance = -1)', '`tolerance` is a positive number, but this is -1'],
    ['solver sqp(iterations = 1.5)', '`iterations` is a positive whole number, but this is 1.5'],
    ['solver sqp(tau = a)', '`a` is a parameter'],
    ['solver sqp(tau = 1, tau = 2)', '`tau` is given twice'],
    ['solver', 'the solver is not complete'],
  ])('%s', (line, message) => {
    expect(messages(four, line)).toContainEqual(expect.stringContaining(message));
  });
});
