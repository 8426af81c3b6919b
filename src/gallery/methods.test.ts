/** The other methods on the gallery: they end where the interior point does, and hold the pendulum up in closed loop. */
import { describe, expect, it } from 'vitest';
import { evaluate, type Node } from '../expression';
import { compileText } from '../language';
import type { Problem } from '../problem';
import { distance } from '../problem/testing';
import { DifferentiableSolver } from '../sensitivity';
import { compileSolver, type MethodOptions, RealTimeIteration } from '../solver';
import { gallery } from '.';
import { readSolutions } from './reference/solutions';

function problemOf(name: string): Problem {
  const entry = gallery.find((candidate) => candidate.name === name);
  const compiled = compileText(entry?.text ?? '');
  if (!compiled.ok) throw new Error(`${name} does not compile`);
  return compiled.problem;
}

const nominal = (problem: Problem) => ({
  parameters: Float64Array.from(problem.parameters, ({ value }) => value),
  initial: Float64Array.from(problem.states, () => Number.NaN),
});

const sqp = (hessian: MethodOptions['hessian']): Partial<MethodOptions> => ({ method: 'sqp', hessian });

describe('sequential quadratic programming', () => {
  const cases: readonly (readonly [string, MethodOptions['hessian']])[] = [
    ['pendulum-swing-up', 'gauss-newton'],
    ['pendulum-swing-up', 'exact'],
    ['chain-3-masses', 'gauss-newton'],
    ['chain-3-masses', 'exact'],
    ['chen-allgoewer', 'gauss-newton'],
    ['cstr', 'gauss-newton'],
    ['double-integrator-bounded', 'exact'],
    ['double-integrator-min-time', 'exact'],
    ['quadrotor-point-to-point', 'exact'],
    ['quadrotor-point-to-point', 'gauss-newton'],
    ['soft-constraint', 'gauss-newton'],
  ];
  it.each(cases)('solves %s with the %s Hessian as the interior point does, derivatives included', (name, hessian) => {
    const problem = problemOf(name);
    const inputs = nominal(problem);
    const [reference, other] = [
      DifferentiableSolver.compile(problem),
      DifferentiableSolver.compile(problem, sqp(hessian)),
    ];
    const expected = reference.solve(inputs);
    const found = other.solve(inputs);
    expect(found.status).toBe('converged');
    expect(found.objective).toBeCloseTo(expected.objective, 6);
    const [a, b] = [reference.sensitivities(), other.sensitivities()];
    const scale = Math.max(...a.du.map(Math.abs));
    a.du.forEach((value, i) => {
      expect(Math.abs(value - b.du[i])).toBeLessThan(1e-5 * scale);
    });
  });

  it.each(['mirror', 'project'] as const)('solves the swing-up with %s regularisation', (regularize) => {
    const problem = problemOf('pendulum-swing-up');
    const solver = DifferentiableSolver.compile(problem, { ...sqp('exact'), regularize });
    const { status, objective } = solver.solve(nominal(problem));
    expect(status).toBe('converged');
    expect(objective).toBeCloseTo(readSolutions('pendulum-swing-up')[0].objective, 5);
  });

  it('names the cost that has no Gauss-Newton Hessian', () => {
    expect(() => DifferentiableSolver.compile(problemOf('solution-jump'), sqp('gauss-newton'))).toThrow(/is none/);
  });
});

describe('real-time iterations', () => {
  it('swing the pendulum up and hold it there, through a push', () => {
    const problem = problemOf('pendulum-swing-up');
    const { parameters } = nominal(problem);
    const rti = new RealTimeIteration(problem, parameters, { hessian: 'gauss-newton', regularize: 'none' });
    let state = Float64Array.of(0, Math.PI, 0, 0);
    expect(rti.start(state).status).toBe('converged');
    for (let k = 0; k < 80; k++) {
      state = simulate(problem, parameters, state, rti.sample(state, k > 0).control, 0.05);
      if (k === 40) state[1] += 0.3;
    }
    for (const value of state) expect(Math.abs(value)).toBeLessThan(0.05);
  });

  it('answer with the solution of the whole subproblem, whether the active set stays or changes', () => {
    const problem = problemOf('pendulum-swing-up');
    const { parameters, initial } = nominal(problem);
    const rti = new RealTimeIteration(problem, parameters, { hessian: 'gauss-newton', regularize: 'none' });
    const solver = compileSolver(problem, {
      method: 'rti',
      hessian: 'gauss-newton',
      regularize: 'none',
      globalization: 'full',
    });
    let state = Float64Array.of(0, Math.PI, 0, 0);
    const near = rti.start(state);
    const one = { maxIterations: 1 };
    solver.solve({ parameters, initial }, one, { near, once: true });
    let steady = 0;
    for (let k = 0; k < 40; k++) {
      const { control, u, steady: stays } = rti.sample(state, k > 0);
      const whole = solver.solve({ parameters, initial: state }, one, { warm: true, once: true, shift: k > 0 });
      expect(distance(u, whole.u)).toBeLessThan(1e-9);
      steady += stays ? 1 : 0;
      state = simulate(problem, parameters, state, control, 0.05);
      if (k === 20) state[1] += 0.3;
    }
    expect(steady).toBeGreaterThan(5);
    expect(steady).toBeLessThan(40);
  });
});

describe('the optimality report', () => {
  const names = ['pendulum-swing-up', 'double-integrator-min-time', 'cstr', 'soft-constraint', 'smoothing-1d'];
  it.each(names)('of %s has the residuals of a solution and the active sides of its multipliers', (name) => {
    const problem = problemOf(name);
    const solver = DifferentiableSolver.compile(problem);
    expect(solver.solve(nominal(problem)).status).toBe('converged');
    const report = solver.optimality();
    expect(report.licq).toBeGreaterThan(1e-6);
    if (report.reducedHessian !== null) expect(report.reducedHessian).toBeGreaterThan(0);
    expect(report.feasibility).toBeLessThan(1e-8);
    expect(new Set(report.active).size).toBe(report.active.length);
  });
});

/** Ten classical Runge-Kutta steps of the problem's own dynamics, written out here. */
function simulate(
  problem: Problem,
  parameters: Float64Array,
  start: Float64Array,
  control: Float64Array,
  time: number,
) {
  const { graph, states, controls, dynamics } = problem;
  const slope = (x: readonly number[]): number[] => {
    const point = new Map<Node, number>();
    problem.parameters.forEach(({ symbol }, j) => point.set(symbol, parameters[j]));
    states.forEach(({ symbol }, i) => point.set(symbol, x[i]));
    controls.forEach(({ symbol }, i) => point.set(symbol, control[i]));
    return evaluate(graph, dynamics.rhs, point);
  };
  const h = time / 10;
  const along = (x: readonly number[], k: readonly number[], share: number): number[] =>
    x.map((value, i) => value + h * share * k[i]);
  let x = Array.from(start);
  for (let step = 0; step < 10; step++) {
    const k1 = slope(x);
    const k2 = slope(along(x, k1, 0.5));
    const k3 = slope(along(x, k2, 0.5));
    const k4 = slope(along(x, k3, 1));
    x = x.map((value, i) => value + (h / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]));
  }
  return Float64Array.from(x);
}
