/** Every example swept on threads: each instance ends with a status, and with the values of the solver alone. */
import { afterAll, describe, expect, it } from 'vitest';
import {
  grid,
  inputsAt,
  latinHypercube,
  quantitiesNamed,
  type Samples,
  type SweepPlan,
  type SweepTable,
  stretched,
  sweep,
  targetOf,
} from '../batch';
import { gallery } from '../gallery';
import { problemOf } from '../gallery/testing/compiled';
import { elastic, type Problem } from '../problem';
import { compileSolver, type Inputs } from '../solver';
import { sweepThreads } from './sweepThreads';
import { numbers, words } from './testing/columns';

const COUNT = 1000;
/** Of every parameter, relative to its value in the text. */
const SPREAD = 0.05;
/** Further away the implicit steps of a reactor that runs away have solutions that are far from each other. */
const NARROW: Readonly<Record<string, number>> = { 'cstr-irk': 0.005 };
/** With some of its parameters the reactor runs away whatever its controls do, faster than its steps can follow. */
const WITHOUT_SOLUTION: Readonly<Record<string, number>> = { cstr: 0.2 };
/** Every so many instances one is solved alone as well. */
const EVERY = 50;
const SEED = 6;
const settings = { tolerance: 1e-10 };

const pool = await sweepThreads(2);
afterAll(() => pool.close());

/** All parameters at once, or the initial state where there are none. */
function around({ parameters, states }: Problem, spread: number): Samples {
  const initial = states.flatMap(({ name, initial }) => (initial === null ? [] : [{ name: `x0.${name}`, value: 1 }]));
  const varied = parameters.length > 0 ? parameters : initial;
  const axes = varied.map(({ name, value }) => {
    const width = spread * (Math.abs(value) || 1);
    return { name, from: value - width, to: value + width, logarithmic: false };
  });
  return stretched(axes, latinHypercube(COUNT, axes.length, SEED));
}

function planOf(text: string, problem: Problem, samples: Samples, warm: boolean): SweepPlan {
  const kept = ['status', 'objective', 'u0'].flatMap((name) => quantitiesNamed(problem, name) ?? []);
  const base: Inputs = {
    parameters: Float64Array.from(problem.parameters, ({ value }) => value),
    initial: new Float64Array(problem.states.length).fill(Number.NaN),
  };
  return { text, method: {}, settings, base, samples, keep: { quantities: kept, sensitivities: null }, warm };
}

const gap = (a: number, b: number): number => Math.abs(a - b) / Math.max(1, Math.abs(b));

/** Largest gaps in the objective and the first controls, over every so many instances. */
function expectAsAlone(table: SweepTable, plan: SweepPlan, problem: Problem, every: number): void {
  const { base, samples } = plan;
  const width = samples.names.length;
  const targets = samples.names.flatMap((name) => targetOf(problem, name) ?? []);
  const solver = compileSolver(problemOf(plan.text), undefined, undefined, () =>
    compileSolver(elastic(problemOf(plan.text))),
  );
  const [statuses, objectives] = [words(table, 'status'), numbers(table, 'objective')];
  const controls = problem.controls.map(({ name }) => numbers(table, `${name}@0`));
  let [value, control] = [0, 0];
  for (let n = 0; n < table.count; n += every) {
    const inputs = inputsAt(base, targets, samples.values.subarray(n * width, (n + 1) * width));
    const { status, objective, u } = solver.solve(inputs, settings);
    expect(statuses[n]).toBe(status);
    if (status !== 'converged') continue;
    value = Math.max(value, gap(objectives[n], objective));
    controls.forEach((values, i) => {
      control = Math.max(control, gap(values[n], u[i]));
    });
  }
  expect(value).toBeLessThan(1e-8);
  expect(control).toBeLessThan(1e-8);
}

describe('a thousand instances of an example, on threads', () => {
  it.each(gallery.map(({ name, text }) => [name, text] as const))('%s', async (name, text) => {
    const problem = problemOf(text);
    const plan = planOf(text, problem, around(problem, NARROW[name] ?? SPREAD), false);
    const table = await sweep(pool, problem, plan);
    const statuses = table.statuses();
    const without = WITHOUT_SOLUTION[name];
    if (without === undefined) expect(Object.fromEntries(statuses)).toEqual({ converged: COUNT });
    else {
      const [converged, infeasible] = [statuses.get('converged') ?? 0, statuses.get('infeasible') ?? 0];
      expect(converged).toBeGreaterThan((1 - without) * COUNT);
      // An attempt or two may end before that is known.
      expect(converged + infeasible).toBeGreaterThan(0.99 * COUNT);
    }
    expectAsAlone(table, plan, problem, EVERY);
  });
});

describe('the first force of pendulum-mass-sensitivity over the mass and the first angle', () => {
  const SIDE = 100;
  const text = gallery.find(({ name }) => name === 'pendulum-mass-sensitivity')?.text ?? '';

  it('is known everywhere, as the solver alone has it; from neighbours wherever they lead to the same minimum', async () => {
    const problem = problemOf(text);
    const samples = grid([
      { name: 'M', from: 1.05, to: 1.4, logarithmic: false, count: SIDE },
      { name: 'x0.theta', from: 1.4, to: Math.PI / 2, logarithmic: false, count: SIDE },
    ]);
    const coldPlan = planOf(text, problem, samples, false);
    const cold = await sweep(pool, problem, coldPlan);
    const warm = await sweep(pool, problem, { ...coldPlan, warm: true });
    for (const table of [cold, warm]) expect(Object.fromEntries(table.statuses())).toEqual({ converged: SIDE * SIDE });
    expectAsAlone(cold, coldPlan, problem, 97);

    const [values, expected] = [warm, cold].map((table) => numbers(table, 'objective'));
    const [forces, expectedForces] = [warm, cold].map((table) => numbers(table, 'F@0'));
    const same = Array.from(values.keys()).filter((n) => gap(values[n], expected[n]) < 1e-8);
    expect(same.length).toBeGreaterThan(0.9 * SIDE * SIDE);
    for (const n of same) expect(gap(forces[n], expectedForces[n])).toBeLessThan(1e-6);
  });
});
