// Where a thread begins: Node's threads read JavaScript, so what reads TypeScript comes first.
import { register } from 'tsx/esm/api';

register();
await import(new URL('./sweep.worker.ts', import.meta.url).href);
