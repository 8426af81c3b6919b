import { expect, it } from 'vitest';
import { Stopwatch } from './stopwatch';

it('counts what passes while it runs, and nothing else', () => {
  let now = 100;
  const watch = new Stopwatch(() => now);
  expect(watch.elapsed).toBe(0);
  watch.restart();
  now += 30;
  expect(watch.elapsed).toBe(30);
  watch.stop();
  now += 1000;
  expect(watch.elapsed).toBe(30);
  watch.resume();
  watch.resume();
  now += 12;
  expect(watch.elapsed).toBe(42);
  watch.restart();
  expect(watch.elapsed).toBe(0);
});
