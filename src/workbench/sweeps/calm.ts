/** Changes when rows have arrived, but only twice a second: for what takes longer to draw than a frame. */
import type { Run } from './sweeping';

const calmMs = 500;

export function calmOf({ stage, elapsed, version }: Run): string {
  return stage === 'running' ? `${Math.floor(elapsed / calmMs)}` : `at rest ${version}`;
}
