/** The figure of the page about the layer: the derivative of the first force by the mass of the cart. */
import { describe, expect, it } from 'vitest';
import { type Hessian, type SolutionMap, solutionMap } from '../learning';
import { layerFigure } from './experiments';
import { exampleProblem } from './testing/example';

const { example, ...interval } = layerFigure;

function mapOf(hessian: Hessian, tau: number | null): SolutionMap {
  const result = solutionMap(exampleProblem(example), { ...interval, hessian, tau });
  if (!result.ok) throw new Error(result.message);
  return result.map;
}

/** Median distance from the differences of the neighbours, relative to the median slope: kinks are few. */
function error({ at, values, slopes }: SolutionMap): number {
  const inner = Array.from({ length: at.length - 2 }, (_, i) => i + 1);
  const distances = inner.map((i) => Math.abs((values[i + 1] - values[i - 1]) / (at[i + 1] - at[i - 1]) - slopes[i]));
  const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
  return median(distances) / median(inner.map((i) => Math.abs(slopes[i])));
}

describe('the map that a layer is', () => {
  it('has the slope that backward says with the exact Hessian, smoothed as well, and another with that of Gauss and Newton', () => {
    expect(error(mapOf('exact', null))).toBeLessThan(1e-3);
    expect(error(mapOf('exact', layerFigure.tau))).toBeLessThan(1e-3);
    expect(error(mapOf('gauss-newton', null))).toBeGreaterThan(0.1);
  });
});
