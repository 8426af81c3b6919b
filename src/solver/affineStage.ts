/**
 * Linear dynamics F and quadratic cost l with derivatives that are the same at every stage: at a point z they follow from
 * what they are at 0 by products with blocks that lie in memory,
 *
 *   F = F(0) + J z,   grad l = grad l(0) + H z,   l = l(0) + z'(grad l(0) + grad l)/2.
 *
 * Where blocks are large, code that has each entry for itself is more than a processor keeps at hand.
 */
import { type Node, symbolsOf } from '../expression';
import { type Indexish, type Real, ZERO } from '../kernel';
import type { Stages } from '../problem';
import { dense } from './integrator';
import { timesVector } from './matrixVector';
import type { SegmentPlace, Workspace } from './workspace';

export interface StageValues {
  readonly cost: readonly [Real];
  readonly gradient: Real[];
  readonly next: Real[];
}

/** Whether the first derivatives of dynamics and rows, and the second ones of the cost, are made of what is known alone. */
export function derivativesFollowFrom(known: readonly Node[], { graph, dynamics, segments }: Stages): boolean {
  const entries = [dynamics.jacobian, ...segments.flatMap(({ rowJacobian, hessian }) => [rowJacobian, hessian])].flat();
  const nodes = entries.map(({ value }) => value);
  const symbols = new Set(known);
  return symbolsOf(graph, nodes).every((symbol) => symbols.has(symbol));
}

/** Whether they are the same at every stage, for discrete dynamics. */
export function hasFixedDerivatives(stages: Stages): boolean {
  return stages.dynamics.kind === 'map' && derivativesFollowFrom([...stages.parameters, ...stages.numbers], stages);
}

/** At the point z of stage k; null where blocks are small or have few entries. */
export function affineValues(w: Workspace, k: Indexish, place: SegmentPlace, z: readonly Real[]): StageValues | null {
  const { stages, invariants, nx, nz } = w;
  const { segment, variables: n } = place;
  if (stages.dynamics.kind !== 'map') return null;
  const map = segment.terminal ? null : stages.dynamics;
  const block = (rows: number, columns: number, entries: typeof segment.hessian): Real[][] =>
    dense(
      rows,
      columns,
      entries,
      invariants.lower(
        entries.map(({ value }) => value),
        new Map(),
      ),
    );
  const hessian = block(n, n, segment.hessian);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) place.hessian.set(k, i, j, i < j ? hessian[j][i] : hessian[i][j]);
  if (map) {
    const jacobian = block(nx, nz, map.jacobian);
    jacobian.forEach((row, i) => row.forEach((entry, j) => w.dynamicsJacobian.set(k, i, j, entry)));
  }
  // What has been recorded now decides it.
  if (!w.tiled) return null;

  const origin = new Map(segment.variables.map((symbol): [Node, Real] => [symbol, ZERO]));
  for (const [signal, value] of invariants.signalBindings(k)) origin.set(signal, value);
  const at0 = invariants.lower([segment.cost, ...segment.gradient, ...(map?.value ?? [])], origin);
  const [cost0, gradient0, next0] = [at0[0], at0.slice(1, n + 1), at0.slice(n + 1)];
  const plusProduct = (start: readonly Real[], matrix: (i: Indexish, j: Indexish) => Real): Real[] => {
    const sums: Real[] = [];
    timesVector(w.program, true, {
      rows: start.length,
      columns: z.length,
      start: (i) => start[i as number],
      matrix,
      vector: (j) => w.iterate.point.at(k, j),
      out: (_, sum) => sums.push(w.program.let(sum)),
    });
    return sums;
  };
  const gradient = plusProduct(gradient0, (i, j) => place.hessian.at(k, i, j));
  const next = plusProduct(next0, (i, j) => w.dynamicsJacobian.at(k, i, j));
  const twice = gradient.reduce<Real>((sum, g, i) => sum.plus(z[i].times(gradient0[i].plus(g))), ZERO);
  return { cost: [cost0.plus(twice.times(0.5))], gradient, next };
}
