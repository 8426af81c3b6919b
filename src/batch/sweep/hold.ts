/** Keeps a pool from jobs of lower priority: every worker of it has something more urgent to do, which is to wait. */
import type { WorkerPool } from '../pool';

/** Returns what lets the pool go on. Workers that can be asked to leave what they are at begin it anew then. */
export function hold<Remote>(pool: WorkerPool<Remote>, priority: number): () => void {
  const released = new AbortController();
  const waited = new Promise<true>((resolve) => {
    released.signal.addEventListener('abort', () => resolve(true));
  });
  void pool.run({
    tasks: Array.from({ length: pool.size }, (_, i) => i),
    work: () => waited,
    deliver: () => {},
    priority,
  });
  return () => released.abort();
}
