/** Turns of those who can wait: one a frame, in the order in which they ask. */

const waiting: (() => void)[] = [];

export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) requestAnimationFrame(serve);
  });
}

function serve(): void {
  waiting.shift()?.();
  if (waiting.length > 0) requestAnimationFrame(serve);
}
