import { afterEach, describe, expect, it, vi } from 'vitest';
import { build, distance, type Recipe } from '../../problem/testing';
import { BatchSolver } from '../batchSolver';
import { connectWorker, WorkerPool } from '../pool';
import { grid } from '../sampling';
import { PortWorker } from '../testing/portWorker';
import { exposeSweeps } from './expose';
import { inputsAt } from './plan';
import { quantitiesNamed } from './quantity';
import { type RemoteSweeps, sweep } from './sweep';
import type { SweepService } from './sweepWorker';

const recipe: Recipe = {
  seed: 5,
  nx: 2,
  nu: 1,
  N: 4,
  dynamics: 'rk4',
  substeps: 1,
  shape: 'quadratic',
  initial: 'fixed',
  inequalities: 2,
  soft: 0,
  equalities: 0,
  redundant: false,
};

afterEach(() => vi.unstubAllGlobals());

describe('a sweep over workers of a page', () => {
  it.each(['shared', 'moved'])('has the answers of the batch in this thread, its numbers %s', async (numbers) => {
    // As in a page that is not cross-origin isolated.
    if (numbers === 'moved') vi.stubGlobal('SharedArrayBuffer', undefined);
    const { problem, parameters } = build(recipe);
    const workers: PortWorker[] = [];
    let compiled = 0;
    const pool = new WorkerPool<RemoteSweeps>(2, () => {
      const worker = new PortWorker((port) =>
        exposeSweeps(() => {
          compiled++;
          return build(recipe).problem;
        }, port),
      );
      workers.push(worker);
      return connectWorker<SweepService>(worker as unknown as Worker);
    });
    const { name, value } = problem.parameters[0];
    const samples = grid([{ name, from: value - 0.1, to: value + 0.1, logarithmic: false, count: 150 }]);
    const words = ['objective', 'status', 'message', 'xN'];
    const base = { parameters: Float64Array.from(parameters), initial: new Float64Array(2).fill(Number.NaN) };
    const keep = { quantities: words.flatMap((word) => quantitiesNamed(problem, word) ?? []), sensitivities: null };
    const arrived: number[] = [];
    const plan = { text: '', method: {}, settings: {}, base, samples, keep, warm: false };
    const first = await sweep(pool, problem, plan);
    const table = await sweep(pool, problem, plan, { onRows: (_, rows) => arrived.push(...rows) });
    pool.close();
    expect(workers).toHaveLength(2);
    // By one of them, for both of them and both sweeps.
    expect(compiled).toBe(1);
    expect(table.columns).toEqual(first.columns);
    expect(table.numbers.buffer instanceof ArrayBuffer).toBe(numbers === 'moved');
    const [there, back] = [workers.flatMap(({ given }) => given), workers.flatMap(({ taken }) => taken)];
    expect(there.length > 0).toBe(numbers === 'moved');
    const returned = JSON.stringify(back);
    expect(returned.includes('"kind":"shared"')).toBe(numbers === 'shared');
    expect(returned.includes('"kind":"real"')).toBe(numbers === 'moved');
    expect(arrived.sort((a, b) => a - b)).toEqual([...Array(150).keys()]);
    expect(Object.fromEntries(table.statuses())).toEqual({ converged: 150 });
    const instances = Array.from(samples.values, (at) => inputsAt(base, [{ kind: 'parameters', index: 0 }], [at]));
    for (const { index, solution } of BatchSolver.compile(build(recipe).problem).solve(instances)) {
      expect(Math.abs(Number(table.column('objective')?.values[index]) - solution.objective)).toBeLessThan(1e-9);
      const end = table.columns.filter(({ name: column }) => column.endsWith('@4')).map(({ values }) => values[index]);
      expect(distance(end, solution.x.subarray(8))).toBeLessThan(1e-9);
    }
  });
});
