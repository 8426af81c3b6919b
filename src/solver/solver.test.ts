import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Graph, type Node } from '../expression';
import { elastic, noChoice, type Problem } from '../problem';
import { build, Random, recipes } from '../problem/testing';
import { compileSolver, type Inputs, type Settings, type Solution, type Solver } from './index';

const statuses = [
  'converged',
  'iteration-limit',
  'infeasible',
  'diverging',
  'not-a-number',
  'step-too-small',
  'cancelled',
  'time-limit',
];

/** With the elastic problem behind it, as everybody uses it. */
function compile(problem: Problem): Solver {
  return compileSolver(problem, undefined, undefined, () => compileSolver(elastic(problem)));
}

interface Parts {
  readonly cost?: Node;
  readonly terminal?: Node;
  readonly next?: Node;
  readonly constraints?: Problem['constraints'];
}

/** x+ = x + u from x = 1 over four steps at the cost x^2 + u^2, where nothing else is said; one parameter p = 1. */
function scalarProblem(parts: (g: Graph, x: Node, u: Node, p: Node) => Parts = () => ({})): Problem {
  const g = new Graph();
  const [x, u, p] = ['x', 'u', 'p'].map((name) => g.symbol(name));
  const zero = g.constant(0);
  const { cost, terminal, next, constraints } = parts(g, x, u, p);
  const guess = { from: zero, to: zero };
  return {
    graph: g,
    title: '',
    source: '',
    parameters: [{ name: 'p', symbol: p, value: 1, range: null, description: '' }],
    states: [{ name: 'x', symbol: x, initial: p, description: '' }],
    controls: [{ name: 'u', symbol: u, description: '' }],
    algebraics: [],
    numbers: [],
    signals: [],
    arrays: [],
    dynamics: { kind: 'discrete', rhs: [next ?? g.add(x, u)], algebraic: [] },
    cost: { integral: zero, sum: cost ?? g.add(g.square(x), g.square(u)), terminal: terminal ?? zero },
    constraints: constraints ?? [],
    horizon: {
      duration: g.constant(1),
      steps: 4,
      lengths: null,
      integrator: 'rk1',
      substeps: 1,
      quadrature: 'rectangle',
    },
    solver: noChoice,
    guess: { states: [guess], controls: [guess], algebraics: [] },
  };
}

function solve(problem: Problem, settings: Partial<Settings> = {}, p = 1): Solution {
  const inputs = { parameters: Float64Array.of(p), initial: Float64Array.of(Number.NaN) };
  return compile(problem).solve(inputs, settings);
}

const hard = (name: string, expression: Node, lower: Node | null, upper: Node | null, from: number, to: number) => ({
  name,
  expression,
  lower,
  upper,
  from,
  to,
  soft: null,
});

describe('a solve', () => {
  it('ends at the iteration limit', () => {
    const curved = scalarProblem((g, x, u) => ({ cost: g.add(g.square(u), g.unary('exp', g.sub(x, u))) }));
    const free = solve(curved);
    expect(free.status).toBe('converged');
    for (let limit = 0; limit <= free.iterations; limit++) {
      const { status, iterations, history } = solve(curved, { maxIterations: limit });
      expect(status).toBe(limit < free.iterations ? 'iteration-limit' : 'converged');
      expect([iterations, history.length]).toEqual([limit, limit + 1]);
    }
  });

  it('ends at the time limit', () => {
    const { status, x } = solve(
      scalarProblem((g, x, u) => ({ cost: g.add(g.square(u), g.unary('exp', x)) })),
      { timeLimitMs: -1 },
    );
    expect(status).toBe('time-limit');
    expect(x.length).toBe(5);
  });

  it('ends where the caller cancels it, also among restarts and in the elastic problem', () => {
    const unmet = scalarProblem((g, x, u) => ({
      constraints: [
        hard('slow', g.unary('tanh', u), g.constant(-0.5), g.constant(0.5), 0, 3),
        hard('arrive', x, g.constant(10), g.constant(12), 4, 4),
      ],
    }));
    let all = 0;
    const count = (): boolean => ++all > 0;
    expect(solve(unmet, { onIteration: count }).status).toBe('infeasible');
    expect(all).toBeGreaterThan(10);
    for (const after of [1, 2, Math.floor(all / 2), all - 1]) {
      let seen = 0;
      const { status, message, history } = solve(unmet, { onIteration: () => ++seen < after });
      expect([status, message, seen]).toEqual(['cancelled', 'Cancelled.', after]);
      expect(history.length).toBeLessThanOrEqual(after);
    }
  });

  it('says which constraints cannot be met', () => {
    const far = solve(
      scalarProblem((g, x, u) => ({
        constraints: [
          hard('slow', u, g.constant(-1), g.constant(1), 0, 3),
          hard('arrive', x, g.constant(10), g.constant(12), 4, 4),
        ],
      })),
    );
    expect(far.status).toBe('infeasible');
    expect(far.message).toContain('arrive at stage 4');
    expect(far.message).not.toContain('slow');
  });

  it('says which bounds cross', () => {
    const crossing = scalarProblem((g, _, u, p) => ({ constraints: [hard('force', u, p, g.neg(p), 0, 3)] }));
    expect(solve(crossing, {}, -1).status).toBe('converged');
    const crossed = solve(crossing, {}, 1);
    expect(crossed.status).toBe('infeasible');
    expect(crossed.message).toContain('force');
  });

  it('says where the cost has no minimum', () => {
    expect(solve(scalarProblem((_, x) => ({ cost: x }))).status).toBe('diverging');
    expect(
      solve(scalarProblem((g, x, u) => ({ cost: g.sub(g.square(x), g.square(u)), terminal: g.neg(x) }))).status,
    ).toBe('diverging');
  });

  it('says which expression is not a number, and where', () => {
    const root = scalarProblem((g, x, u) => ({ cost: g.add(g.square(u), g.unary('log', g.sub(x, g.constant(3)))) }));
    expect(solve(root)).toMatchObject({ status: 'not-a-number', message: expect.stringContaining('cost at stage 0') });
    const step = scalarProblem((g, x, u) => ({ next: g.add(g.unary('sqrt', g.sub(u, g.constant(1))), x) }));
    expect(solve(step)).toMatchObject({ status: 'not-a-number', message: expect.stringContaining('dynamics of x') });
    const row = scalarProblem((g, x) => ({
      constraints: [hard('far', g.unary('log', g.neg(g.square(x))), null, g.constant(1), 2, 3)],
    }));
    expect(solve(row)).toMatchObject({ status: 'not-a-number', message: expect.stringContaining('far at stage 2') });
    expect(solve(scalarProblem(), {}, Number.NaN)).toMatchObject({
      status: 'not-a-number',
      message: expect.stringContaining('initial value of x'),
    });
  });

  it('steps back from where an expression is not a number', () => {
    const { status, u } = solve(
      scalarProblem((g, x, u) => ({
        cost: g.add(g.square(x), g.neg(g.unary('log', g.add(u, g.constant(0.2))))),
      })),
    );
    expect(status).toBe('converged');
    expect(Math.min(...u)).toBeGreaterThan(-0.2);
  });

  it('goes on after one that failed as if nothing had been', () => {
    const problem = scalarProblem((g, x, u, p) => ({
      cost: g.add(g.square(x), g.square(g.sub(u, g.unary('log', p)))),
    }));
    const solver = compile(problem);
    const at = (p: number): Inputs => ({ parameters: Float64Array.of(p), initial: Float64Array.of(Number.NaN) });
    const before = solver.solve(at(2));
    for (const warm of [false, true]) {
      expect(solver.solve(at(-1), {}, { warm }).status).toBe('not-a-number');
      const after = solver.solve(at(2), {}, { warm });
      expect(after.status).toBe('converged');
      expect([...after.x]).toEqual([...before.x]);
    }
  });

  it("never throws, whatever the numbers are, and its answer has the problem's shape", () => {
    const wild = fc.oneof(
      fc.double({ min: -1e6, max: 1e6 }),
      fc.constantFrom(0, -1, 1e-9, 1e9, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    );
    const kinds = recipes({
      shape: fc.constantFrom('quadratic', 'curved', 'wells'),
      N: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(kinds, fc.array(wild, { minLength: 3, maxLength: 3 }), fc.nat(), (recipe, numbers, place) => {
        const { problem, parameters } = build(recipe);
        const random = new Random(recipe.seed + 1);
        const solver = compile(problem);
        const initial = new Float64Array(recipe.nx).fill(Number.NaN);
        parameters[place % parameters.length] = numbers[0];
        if (random.chance(0.3)) parameters[random.index(parameters.length)] = numbers[1];
        if (random.chance(0.3)) initial[random.index(recipe.nx)] = numbers[2];
        const warm = random.chance(0.5);
        for (let again = 0; again < 2; again++) {
          const solution = solver.solve({ parameters, initial }, { maxIterations: 60 }, { warm });
          expect(statuses).toContain(solution.status);
          expect(solution.message).toMatch(/^[A-Z].*\.$/s);
          expect(solution.x.length).toBe((recipe.N + 1) * recipe.nx);
          expect(solution.u.length).toBe(recipe.N * recipe.nu);
          expect(solution.costates.length).toBe((recipe.N + 1) * recipe.nx);
          expect(solution.t.length).toBe(recipe.N + 1);
          expect(solution.history.length).toBe(solution.iterations + 1);
          if (solution.status === 'converged') expect([...solution.x, ...solution.u].every(Number.isFinite)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
