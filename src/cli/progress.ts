/** How far a long command is, on one line of a terminal that is written over and over. */

export interface Progress {
  /** `words`: what else is to be said. */
  show(done: number, count: number, words: string): void;
  /** Nothing of it remains. */
  clear(): void;
}

export const silent: Progress = { show: () => {}, clear: () => {} };

const BAR = 24;
const EVERY_MS = 100;

/** Silent where the stream is no terminal. */
export function onTerminal(stream: NodeJS.WriteStream): Progress {
  if (stream.isTTY !== true) return silent;
  const began = performance.now();
  let last = Number.NEGATIVE_INFINITY;
  let shown = false;
  return {
    show(done, count, words) {
      const now = performance.now();
      if (now - last < EVERY_MS) return;
      last = now;
      shown = true;
      const line = progressLine(done, count, now - began, words);
      stream.write(`\r${line.slice(0, (stream.columns ?? 80) - 1)}\u001b[K`);
    },
    clear() {
      if (shown) stream.write('\r\u001b[K');
    },
  };
}

export function progressLine(done: number, count: number, ms: number, words: string): string {
  const filled = Math.round((BAR * done) / count);
  const bar = `${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}`;
  const rate = (1000 * done) / ms;
  const left = done > 0 ? `, ${duration((count - done) / rate)} left` : '';
  return [`[${bar}]`, `${done} of ${count}`, `${Math.round(rate)}/s${left}`, words]
    .filter((part) => part !== '')
    .join('  ');
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3600)} h`;
}
