import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatestWins } from './latest-wins';

describe('LatestWins', () => {
  it('answers the last request last, one at a time, whatever the timing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 20 }), async (scheduler, count) => {
        let running = 0;
        const answered: number[] = [];
        const delivered: number[] = [];
        const latest = new LatestWins<number, number>(
          async (request) => {
            running += 1;
            expect(running).toBe(1);
            await scheduler.schedule(Promise.resolve());
            running -= 1;
            answered.push(request);
            return 10 * request;
          },
          (reply, request) => {
            expect(reply).toBe(10 * request);
            delivered.push(request);
          },
        );
        const requests = Array.from({ length: count }, (_, i) => i + 1);
        let lastRequested = 0;
        for (const request of requests) {
          void scheduler.schedule(Promise.resolve()).then(() => {
            lastRequested = request;
            latest.request(request);
          });
        }
        await scheduler.waitIdle();
        expect(latest.busy).toBe(false);
        expect(delivered).toEqual(answered);
        expect(delivered.at(-1)).toBe(lastRequested);
        expect(delivered).toEqual([...new Set(delivered)]);
      }),
    );
  });
});
