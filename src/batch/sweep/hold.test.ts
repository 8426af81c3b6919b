import { describe, expect, it } from 'vitest';
import { WorkerPool } from '../pool';
import { hold } from './hold';

/** A pool whose workers live in this thread and answer one call after the other. */
function poolOf(size: number): WorkerPool<{ done: number }> {
  return new WorkerPool(size, () => ({ remote: { done: 0 }, lost: new Promise<string>(() => {}), end: () => {} }));
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

describe('a pool that is held', () => {
  it('delivers nothing of lower priority until it is released, and everything afterwards', async () => {
    const pool = poolOf(2);
    const delivered: number[] = [];
    const tasks = Array.from({ length: 20 }, (_, i) => i);
    const whole = pool.run({
      tasks,
      work: async (_, task: number) => {
        await turn();
        return task;
      },
      deliver: (answer) => {
        if (answer.ok) delivered.push(answer.value);
      },
    });
    while (delivered.length < 4) await turn();
    const release = hold(pool, 1);
    // Those that are under way end.
    await turn();
    await turn();
    await turn();
    const before = delivered.length;
    for (let i = 0; i < 20; i++) await turn();
    expect(delivered).toHaveLength(before);
    expect(before).toBeLessThan(tasks.length);
    release();
    expect(await whole).toBe(true);
    expect(delivered.toSorted((a, b) => a - b)).toEqual(tasks);
  });

  it('does other work of the same priority once it is released twice', async () => {
    const pool = poolOf(1);
    const [first, second] = [hold(pool, 1), hold(pool, 1)];
    first();
    second();
    let done = 0;
    const work = async (): Promise<number> => 1;
    expect(await pool.run({ tasks: [1, 2, 3], work, deliver: () => done++ })).toBe(true);
    expect(done).toBe(3);
  });
});
