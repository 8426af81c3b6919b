/** The iterate one stage on: what was planned for the next stage is the guess for this one; the last one repeats. */
import type { Executable } from '../kernel';
import type { Workspace } from './workspace';

export function shift(w: Workspace, kernel: Executable): void {
  const { nx, nz, N } = w;
  const point = kernel.buffer('point');
  const costate = kernel.buffer('costate');
  point.copyWithin(0, nz, N * nz);
  // Stage N has no control: stage N - 1 keeps the one it had, and takes the state at the end.
  point.copyWithin((N - 1) * nz, N * nz, N * nz + nx);
  costate.copyWithin(0, nx);
  for (const { segment, side, soft, equality } of w.segments) {
    const softSides = segment.sides.flatMap(({ soft: weights }, i) => (weights ? [i] : []));
    for (let k = segment.from; k + 1 < segment.to; k++) {
      const move = (name: string, count: readonly number[], number: (k: number, i: number) => unknown): void => {
        const buffer = kernel.buffer(name);
        for (const i of count) buffer[number(k, i) as number] = buffer[number(k + 1, i) as number];
      };
      const sides = segment.sides.map((_, i) => i);
      for (const name of ['t', 'zeta']) move(name, sides, side);
      for (const name of ['e', 'v']) move(name, softSides, soft);
      move(
        'y',
        segment.equalities.map((_, i) => i),
        equality,
      );
    }
  }
}
