import type { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, it } from 'vitest';
import {
  grid,
  inputsAt,
  type Keep,
  latinHypercube,
  quantitiesNamed,
  type Real,
  type RemoteSweeps,
  type Samples,
  type SweepPlan,
  type SweepService,
  type SweepTable,
  stretched,
  sweep,
  targetOf,
  WorkerPool,
} from '../batch';
import { connectThread } from '../batch/pool/node';
import { gallery } from '../gallery';
import { problemOf } from '../gallery/testing/compiled';
import { hasFused } from '../kernel';
import type { Problem } from '../problem';
import { DifferentiableSolver } from '../sensitivity';
import type { Inputs } from '../solver';
import { sweepThreads, threadCode } from './sweepThreads';
import { numbers, words } from './testing/columns';
import { startThread } from './threads';

const COUNT = 24;
const SPREAD = 0.02;
const AXES = 3;

const pool = await sweepThreads(2);
afterAll(() => pool.close());

const textOf = (name: string): string => gallery.find((entry) => entry.name === name)?.text ?? '';

function baseOf({ parameters, states }: Problem): Inputs {
  return {
    parameters: Float64Array.from(parameters, ({ value }) => value),
    initial: new Float64Array(states.length).fill(Number.NaN),
  };
}

/** Around the values of the text. */
function around({ parameters }: Problem, count: number): Samples {
  const axes = parameters.slice(0, AXES).map(({ name, value }) => ({
    name,
    from: value - SPREAD * (Math.abs(value) || 1),
    to: value + SPREAD * (Math.abs(value) || 1),
    logarithmic: false,
  }));
  return stretched(axes, latinHypercube(count, axes.length, 1));
}

function keeping(problem: Problem, words: readonly string[], by: readonly string[] = []): Keep {
  const named = (word: string) => quantitiesNamed(problem, word) ?? [];
  const of = named('u0') as readonly Real[];
  return { quantities: words.flatMap(named), sensitivities: by.length > 0 ? { of, by } : null };
}

function planFor(text: string, problem: Problem, count = COUNT, keep?: Keep): SweepPlan {
  return {
    text,
    method: {},
    settings: {},
    base: baseOf(problem),
    samples: around(problem, count),
    keep: keep ?? keeping(problem, ['status', 'message', 'objective', 'u0', 'kkt', 'iterations']),
    warm: false,
  };
}

function instanceOf({ base, samples }: SweepPlan, problem: Problem, n: number): Inputs {
  const { names, values } = samples;
  const targets = names.flatMap((name) => targetOf(problem, name) ?? []);
  return inputsAt(base, targets, values.subarray(n * names.length, (n + 1) * names.length));
}

const close = (a: number, b: number): number => Math.abs(a - b) / Math.max(1, Math.abs(b));

describe('a sweep on threads', () => {
  it.each(gallery.map(({ name, text }) => [name, text] as const))(
    'has the answers of the plain solver: %s',
    async (_, text) => {
      const problem = problemOf(text);
      const plan = planFor(text, problem);
      const table = await sweep(pool, problem, plan);
      expect(table.done).toBe(COUNT);
      const solver = DifferentiableSolver.compile(problemOf(text));
      const [status, objective, kkt] = [words(table, 'status'), numbers(table, 'objective'), numbers(table, 'kkt')];
      const controls = problem.controls.map(({ name }) => numbers(table, `${name}@0`));
      for (let n = 0; n < COUNT; n++) {
        const solution = solver.solve(instanceOf(plan, problem, n));
        expect(status[n]).toBe(solution.status);
        if (solution.status !== 'converged') continue;
        expect(close(objective[n], solution.objective)).toBeLessThan(1e-6);
        controls.forEach((values, i) => {
          expect(close(values[n], solution.u[i])).toBeLessThan(1e-5);
        });
        expect(kkt[n]).toBeGreaterThanOrEqual(0);
      }
      expect(status.filter((one) => one === 'converged').length).toBeGreaterThan(COUNT / 2);
    },
  );

  it('has the derivatives of the plain solver', async () => {
    const text = textOf('pendulum-mass-sensitivity');
    const problem = problemOf(text);
    const by = [problem.parameters[0].name, `x0.${problem.states[1].name}`];
    const plan = planFor(text, problem, 10, keeping(problem, ['status', 'message'], by));
    const table = await sweep(pool, problem, plan);
    const solver = DifferentiableSolver.compile(problemOf(text));
    for (let n = 0; n < 10; n++) {
      expect(solver.solve(instanceOf(plan, problem, n)).status).toBe('converged');
      const { columns, du } = solver.sensitivities();
      for (const column of by) {
        const values = numbers(table, `d ${problem.controls[0].name}@0 / d ${column}`);
        expect(close(values[n], du[columns.indexOf(column)])).toBeLessThan(1e-5);
      }
    }
  });

  it('says which sides are active', async () => {
    const text = textOf('pendulum-swing-up');
    const problem = problemOf(text);
    const table = await sweep(pool, problem, planFor(text, problem, 2, keeping(problem, ['status', 'active', 'F'])));
    const force = Array.from({ length: 20 }, (_, k) => numbers(table, `F@${k}`)[0]);
    const limit = problem.parameters.find(({ name }) => name === 'F_max')?.value ?? Number.NaN;
    const at = (bound: number): number[] => force.flatMap((value, k) => (Math.abs(value - bound) < 1e-3 ? [k] : []));
    const read = Object.fromEntries(
      words(table, 'active')[0]
        .split(', ')
        .map((side) => {
          const [, name, runs] = /^force (lower|upper) (.*)$/.exec(side) ?? [];
          const stages = (runs ?? '').split(' ').flatMap((run) => {
            const [from, to = from] = run.split('-').map(Number);
            return Array.from({ length: (to ?? 0) - (from ?? 0) + 1 }, (_, i) => (from ?? 0) + i);
          });
          return [name, stages];
        }),
    );
    expect(at(limit).length).toBeGreaterThan(0);
    expect(read).toEqual({ lower: at(-limit), upper: at(limit) });
  });

  it('is the same every time, also where it starts from neighbours', async () => {
    const text = textOf('double-integrator-bounded');
    const problem = problemOf(text);
    const [{ name, value }] = problem.parameters;
    const samples = grid([{ name, from: 0.9 * value, to: 1.1 * value, logarithmic: false, count: 200 }]);
    const plan = { ...planFor(text, problem), samples, warm: true };
    const [first, second] = [await sweep(pool, problem, plan), await sweep(pool, problem, plan)];
    expect(second.columns).toEqual(first.columns);
    const cold = await sweep(pool, problem, { ...plan, warm: false });
    expect(words(first, 'status')).toEqual(words(cold, 'status'));
    const [warmly, coldly] = [numbers(first, 'objective'), numbers(cold, 'objective')];
    for (let n = 0; n < 200; n++) expect(close(warmly[n], coldly[n])).toBeLessThan(1e-6);
    const iterations = (table: SweepTable): number =>
      numbers(table, 'iterations').reduce((sum, count) => sum + count, 0);
    expect(iterations(first)).toBeLessThan(iterations(cold));
  });

  it('ends on a signal, and says of every instance whether it was solved', async () => {
    const text = textOf('pendulum-swing-up');
    const problem = problemOf(text);
    const control = new AbortController();
    const plan = planFor(text, problem, 5000);
    const table = await sweep(pool, problem, plan, { signal: control.signal, onRows: () => control.abort() });
    const { cancelled = 0, converged = 0 } = Object.fromEntries(table.statuses());
    expect(cancelled + converged).toBe(5000);
    expect(converged).toBeGreaterThan(0);
    expect(cancelled).toBeGreaterThan(4000);
    expect(words(table, 'message').every((message) => message !== '')).toBe(true);
  });

  it('comes after one of higher priority', async () => {
    const text = textOf('pendulum-swing-up');
    const problem = problemOf(text);
    const done: string[] = [];
    const low = sweep(pool, problem, planFor(text, problem, 3000)).then(() => done.push('low'));
    const high = sweep(pool, problem, planFor(text, problem, 20), { priority: 1 }).then(() => done.push('high'));
    await Promise.all([low, high]);
    expect(done).toEqual(['high', 'low']);
  });
});

describe('a thread', () => {
  it('has fused multiply-adds, as the thread that compiles has', () => {
    expect(hasFused()).toBe(true);
  });

  it('that cannot make the problem leaves its instances with a status and the reason', async () => {
    const text = textOf('pendulum-swing-up');
    const problem = problemOf(text);
    const plan = { ...planFor(text, problem, 5), text: 'nothing of the kind' };
    const table = await sweep(pool, problem, plan);
    expect(new Set(words(table, 'status'))).toEqual(new Set(['crashed']));
    expect(words(table, 'message')[0]).toMatch(/^The solver stopped: .*\.$/);
  });

  it('that dies is replaced, and every instance is solved', async () => {
    const text = textOf('pendulum-swing-up');
    const problem = problemOf(text);
    const threads: Worker[] = [];
    const code = await threadCode();
    const mortal = new WorkerPool<RemoteSweeps>(2, () => {
      threads.push(startThread(code));
      return connectThread<SweepService>(threads[threads.length - 1]);
    });
    let arrived = 0;
    const onRows = (): void => {
      if (++arrived === 2) threads[0].terminate();
    };
    const table = await sweep(mortal, problem, planFor(text, problem, 600), { onRows });
    mortal.close();
    expect(threads.length).toBeGreaterThan(2);
    expect(Object.fromEntries(table.statuses())).toEqual({ converged: 600 });
  });
});
