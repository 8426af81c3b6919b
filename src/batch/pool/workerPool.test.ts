import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type Answer, type Circumstances, type Connection, isStopped, type StopFlag, WorkerPool } from '.';

/** A worker that is a few functions in this thread. It takes one call after the other, as workers do. */
interface Remote {
  /** Null where it was asked to stop before it came to this task. */
  answer(task: number, stop: StopFlag | null): Promise<number | null>;
}

class Threads {
  started = 0;
  ended = 0;
  readonly die: ((reason: string) => void)[] = [];

  constructor(
    private readonly answer: (task: number, thread: number, stop: StopFlag | null) => Promise<number | null>,
  ) {}

  readonly connect = (): Connection<Remote> => {
    const thread = this.started++;
    const lost = new Promise<string>((resolve) => this.die.push(resolve));
    const end = (): void => {
      this.ended++;
    };
    let before: Promise<unknown> = Promise.resolve();
    const answer: Remote['answer'] = (task, stop) => {
      const own = async (): Promise<number | null> => {
        await turn();
        return isStopped(stop) ? null : this.answer(task, thread, stop);
      };
      const answered = before.then(own, own);
      before = answered;
      return answered;
    };
    return { remote: { answer }, lost, end };
  };
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const ask = (remote: Remote, task: number, { stop }: Circumstances) => remote.answer(task, stop);
const never = (): Promise<never> => new Promise(() => {});
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Goes on when it is told to. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe('a pool of workers', () => {
  it('answers every task of every job once, with no more workers than places', async () => {
    const jobs = fc.array(fc.tuple(fc.nat(30), fc.integer({ min: -2, max: 2 })), { maxLength: 5 });
    const property = fc.asyncProperty(jobs, fc.integer({ min: 1, max: 4 }), async (described, size) => {
      const threads = new Threads(async (task) => {
        await turn();
        return 2 * task;
      });
      const pool = new WorkerPool(size, threads.connect);
      await Promise.all(
        described.map(async ([count, priority]) => {
          const answers = new Map<number, Answer<number>>();
          const deliver = (answer: Answer<number>, task: number): void => {
            expect(answers.has(task)).toBe(false);
            answers.set(task, answer);
          };
          expect(await pool.run({ tasks: range(count), work: ask, deliver, priority })).toBe(true);
          expect([...answers.keys()].sort((a, b) => a - b)).toEqual(range(count));
          for (const [task, answer] of answers) expect(answer).toEqual({ ok: true, value: 2 * task });
        }),
      );
      expect(threads.started).toBeLessThanOrEqual(size);
    });
    await fc.assert(property, { numRuns: 20 });
  });

  it('goes on where a task fails, and says why', async () => {
    const threads = new Threads(async (task) => {
      if (task === 2) throw new Error('no answer to this');
      return task;
    });
    const answers: Answer<number>[] = [];
    const deliver = (answer: Answer<number>, task: number): void => {
      answers[task] = answer;
    };
    await new WorkerPool(2, threads.connect).run({ tasks: range(5), work: ask, deliver });
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, false, true, true]);
    expect(answers[2]).toEqual({ ok: false, lost: false, reason: 'no answer to this' });
    expect(threads.started).toBe(2);
  });

  it('gives the task of a worker that dies to a new one, and gives it up where that dies too', async () => {
    const threads = new Threads((task, thread) => {
      if (task === 1 || (task === 3 && thread === 0)) {
        threads.die[thread]('it died');
        return never();
      }
      return Promise.resolve(task);
    });
    const answers: Answer<number>[] = [];
    const deliver = (answer: Answer<number>, task: number): void => {
      answers[task] = answer;
    };
    // One place: thread 0 dies of task 1, thread 1 too.
    expect(await new WorkerPool(1, threads.connect).run({ tasks: range(5), work: ask, deliver })).toBe(true);
    expect(answers[1]).toEqual({ ok: false, lost: true, reason: 'it died' });
    expect(answers.filter(({ ok }) => ok)).toHaveLength(4);
    expect(threads.started).toBe(3);
    expect(threads.ended).toBe(2);
  });

  it('blames no task for the end of a worker that was at another one', async () => {
    let deaths = 0;
    const threads = new Threads((task, thread) => {
      if (task !== 1) return Promise.resolve(task);
      deaths++;
      threads.die[thread]('it died');
      return never();
    });
    const delivered: [number, boolean][] = [];
    const deliver = ({ ok }: Answer<number>, task: number): void => {
      delivered.push([task, ok]);
    };
    expect(await new WorkerPool(1, threads.connect).run({ tasks: [1, 2, 3], work: ask, deliver })).toBe(true);
    expect(deaths).toBe(2);
    expect(delivered.sort()).toEqual([
      [1, false],
      [2, true],
      [3, true],
    ]);
  });

  it('has a task ahead for every worker, as long as there are enough', async () => {
    const first = gate();
    const asked: number[] = [];
    const threads = new Threads(async (task) => {
      await first.opened;
      return task;
    });
    const work = (remote: Remote, task: number, circumstances: Circumstances) => {
      asked.push(task);
      return ask(remote, task, circumstances);
    };
    const pool = new WorkerPool(2, threads.connect);
    const many = pool.run({ tasks: range(10), work, deliver: () => {} });
    await turn();
    expect(asked).toEqual([0, 1, 2, 3]);
    first.open();
    expect(await many).toBe(true);
    asked.length = 0;
    const few = pool.run({ tasks: range(3), work, deliver: () => {} });
    expect(asked).toEqual([0, 1]);
    expect(await few).toBe(true);
    expect(asked).toEqual([0, 1, 2]);
  });

  it('takes the tasks of the highest priority first', async () => {
    const first = gate();
    const order: number[] = [];
    let begun = false;
    const threads = new Threads(async (task) => {
      begun = true;
      if (task === 0) await first.opened;
      order.push(task);
      return task;
    });
    const pool = new WorkerPool(1, threads.connect);
    const deliver = (): void => {};
    const low = pool.run({ tasks: [0, 1, 2], work: ask, deliver });
    while (!begun) await turn();
    const high = pool.run({ tasks: [10, 11], work: ask, deliver, priority: 1 });
    const middle = pool.run({ tasks: [5], work: ask, deliver, priority: 0.5 });
    first.open();
    await Promise.all([low, high, middle]);
    expect(order).toEqual([0, 10, 11, 5, 1, 2]);
  });

  it('takes a worker from a lower job for a higher one, and does the lower task again', async () => {
    const tries = new Map<number, number>();
    const threads = new Threads(async (task, _, stop) => {
      tries.set(task, (tries.get(task) ?? 0) + 1);
      if (task !== 0 || tries.get(0) !== 1) return task;
      while (!isStopped(stop)) await turn();
      return null;
    });
    const pool = new WorkerPool(1, threads.connect);
    const order: number[] = [];
    const deliver = (_: Answer<number>, task: number): void => {
      order.push(task);
    };
    const low = pool.run({ tasks: [0, 1], work: ask, deliver });
    while (!tries.has(0)) await turn();
    const high = pool.run({ tasks: [10], work: ask, deliver, priority: 1 });
    expect(await Promise.all([low, high])).toEqual([true, true]);
    expect(order).toEqual([10, 0, 1]);
    expect([...tries.values()]).toEqual([2, 1, 1]);
  });

  it('is given up on a signal: nothing arrives any more, and the workers do the next job', async () => {
    const pool = new WorkerPool(2, new Threads(async (task) => task).connect);
    const control = new AbortController();
    const deliver = vi.fn();
    const work = async (_: Remote, __: number, { stop }: Circumstances): Promise<null> => {
      while (!isStopped(stop)) await turn();
      return null;
    };
    const job = pool.run({ tasks: range(4), work, deliver, signal: control.signal });
    await turn();
    control.abort();
    expect(await job).toBe(false);
    expect(await pool.run({ tasks: [0], work: ask, deliver, signal: control.signal })).toBe(false);
    expect(deliver).not.toHaveBeenCalled();
    expect(await pool.run({ tasks: [7], work: ask, deliver })).toBe(true);
    expect(deliver.mock.calls).toEqual([[{ ok: true, value: 7 }, 7]]);
  });

  it('without shared memory ends workers that are given up, and starts others', async () => {
    vi.stubGlobal('SharedArrayBuffer', undefined);
    const threads = new Threads((task, thread) => (thread < 2 ? never() : Promise.resolve(task)));
    const pool = new WorkerPool(2, threads.connect);
    vi.unstubAllGlobals();
    const control = new AbortController();
    const deliver = vi.fn();
    const job = pool.run({ tasks: range(4), work: ask, deliver, signal: control.signal });
    await turn();
    control.abort();
    expect(await job).toBe(false);
    expect(threads.ended).toBe(2);
    expect(await pool.run({ tasks: [7], work: ask, deliver })).toBe(true);
    expect(deliver.mock.calls).toEqual([[{ ok: true, value: 7 }, 7]]);
  });
});
