import { afterEach, describe, expect, it, vi } from 'vitest';
import type { WorkerInterface } from '../protocol';
import { FakeWorker } from '../testing/fake-worker';
import { Pool, poolSize } from './pool';

const workers: FakeWorker[] = [];

function pool(size: number, implementation: Partial<WorkerInterface>): Pool {
  const create = () => {
    const worker = new FakeWorker(implementation);
    workers.push(worker);
    return worker as unknown as Worker;
  };
  return new Pool(size, create, 60_000);
}

afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate();
});

const titled: Partial<WorkerInterface> = { typeset: (text) => ({ title: text, sections: [] }) };
const ask = async (remote: { typeset(text: string): Promise<{ title: string } | null> }, text: string) =>
  (await remote.typeset(text))?.title;

describe('a pool', () => {
  it('answers every task once, with no more workers than there are tasks', async () => {
    const tested = pool(3, titled);
    expect(workers).toHaveLength(0);
    const tasks = Array.from({ length: 20 }, (_, i) => `task ${i}`);
    const seen = new Map<string, unknown>();
    const run = (some: readonly string[]) =>
      tested.run(some, ask, (answer, task) => seen.set(task, answer), new AbortController().signal);
    expect(await run(tasks.slice(0, 2))).toBe(true);
    expect(workers).toHaveLength(2);
    expect(await run(tasks)).toBe(true);
    expect(workers).toHaveLength(3);
    expect([...seen.keys()].sort()).toEqual(tasks.toSorted());
    for (const [task, answer] of seen) expect(answer).toEqual({ ok: true, value: task });
  });

  it('goes on with the other tasks where one fails', async () => {
    const reported = vi.spyOn(console, 'error').mockImplementation(() => {});
    const tested = pool(2, {
      typeset: (text) => {
        if (text === 'bad') throw new Error('cannot');
        return { title: text, sections: [] };
      },
    });
    const answers: Record<string, boolean> = {};
    const deliver = ({ ok }: { ok: boolean }, task: string) => {
      answers[task] = ok;
    };
    expect(await tested.run(['a', 'bad', 'b', 'c'], ask, deliver, new AbortController().signal)).toBe(true);
    expect(answers).toEqual({ a: true, bad: false, b: true, c: true });
    reported.mockRestore();
  });

  it('stops on the signal: no answer arrives any more, the workers are ended, and new ones do the next run', async () => {
    let slow = true;
    const tested = pool(2, {
      typeset: (text) =>
        (slow ? new Promise<never>(() => {}) : { title: text, sections: [] }) as ReturnType<WorkerInterface['typeset']>,
    });
    const control = new AbortController();
    const deliver = vi.fn();
    const run = tested.run(['a', 'b', 'c'], ask, deliver, control.signal);
    await vi.waitFor(() => expect(workers).toHaveLength(2));
    control.abort();
    expect(await run).toBe(false);
    expect(workers.map(({ ended }) => ended)).toEqual([true, true]);
    slow = false;
    expect(await tested.run(['d'], ask, deliver, new AbortController().signal)).toBe(true);
    expect(deliver.mock.calls).toEqual([[{ ok: true, value: 'd' }, 'd']]);
  });

  it('leaves one core to the page, and has one worker at least', () => {
    expect([1, 2, 8].map(poolSize)).toEqual([1, 1, 7]);
  });
});
