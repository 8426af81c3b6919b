import { afterEach, describe, expect, it, vi } from 'vitest';
import type { WorkerInterface } from './protocol';
import { FakeWorker } from './testing/fake-worker';
import { WorkerHost } from './worker-host';

const workers: FakeWorker[] = [];

function host(limitMs: number, implementations: Partial<WorkerInterface>[]): WorkerHost {
  return new WorkerHost(() => {
    const worker = new FakeWorker(implementations[workers.length] ?? {});
    workers.push(worker);
    return worker as unknown as Worker;
  }, limitMs);
}

const never = { typeset: () => new Promise<never>(() => {}) } as unknown as WorkerInterface;
const good: Partial<WorkerInterface> = { typeset: (text) => ({ title: text, sections: [] }) };
const ask = (tested: WorkerHost, text: string) => tested.call(async (remote) => remote.typeset(text));

afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate();
});

describe('a worker host', () => {
  it('starts one worker and keeps it', async () => {
    const tested = host(60_000, [good]);
    expect(workers).toHaveLength(0);
    expect(await ask(tested, 'a')).toEqual({ ok: true, value: { title: 'a', sections: [] } });
    expect(await ask(tested, 'b')).toEqual({ ok: true, value: { title: 'b', sections: [] } });
    expect(workers).toHaveLength(1);
  });

  it('replaces a worker that does not answer in time', async () => {
    const tested = host(30, [never, good]);
    expect(await ask(tested, 'a')).toEqual({ ok: false, reason: 'too-slow' });
    expect(workers[0]?.ended).toBe(true);
    expect(await ask(tested, 'b')).toMatchObject({ ok: true });
  });

  it('replaces a worker that crashes, and one that throws', async () => {
    const throws: Partial<WorkerInterface> = {
      typeset: () => {
        throw new Error('out of memory');
      },
    };
    const reported = vi.spyOn(console, 'error').mockImplementation(() => {});
    const tested = host(60_000, [never, throws, good]);
    const answer = ask(tested, 'a');
    workers[0]?.dispatchEvent(new Event('error'));
    expect(await answer).toEqual({ ok: false, reason: 'crashed' });
    expect(await ask(tested, 'b')).toEqual({ ok: false, reason: 'crashed' });
    expect(await ask(tested, 'c')).toMatchObject({ ok: true });
    expect(workers.map(({ ended }) => ended)).toEqual([true, true, false]);
    expect(reported).toHaveBeenCalledTimes(1);
    reported.mockRestore();
  });
});
