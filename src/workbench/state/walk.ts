/** Along a branch: every sample once, the nearest to the value first, then up, then down, each after its neighbour. */
export function walk(
  samples: readonly number[],
  value: number,
): { readonly sample: number; readonly from: number | null }[] {
  const distance = (i: number) => Math.abs((samples[i] ?? 0) - value);
  const nearest = samples.reduce((best, _, i) => (distance(i) < distance(best) ? i : best), 0);
  const up = samples.slice(nearest + 1).map((_, i) => ({ sample: nearest + 1 + i, from: nearest + i }));
  const down = samples.slice(0, nearest).map((_, i) => ({ sample: nearest - 1 - i, from: nearest - i }));
  return samples.length === 0 ? [] : [{ sample: nearest, from: null }, ...up, ...down];
}
