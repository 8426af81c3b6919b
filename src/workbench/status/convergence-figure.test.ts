import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Iteration } from '../../solver';
import type { Palette } from '../plotly/palette';
import { convergenceFigure, residuals, steps } from './convergence-figure';

const palette: Palette = { dark: false, font: 'sans-serif', colour: (css) => css };
const residual = fc.oneof(fc.constant(0), fc.double({ min: 1e-16, max: 1e6, noNaN: true }));
const step = fc.double({ min: 0, max: 1, noNaN: true });
const history = fc.array(
  fc.record({
    primalInfeasibility: residual,
    dualInfeasibility: residual,
    complementarity: residual,
    barrier: residual,
    stepPrimal: step,
    stepDual: step,
  }) as unknown as fc.Arbitrary<Iteration>,
  { minLength: 1, maxLength: 40 },
);

describe('the figure of the convergence', () => {
  it('has every value of every iteration, but no logarithm of zero', () => {
    fc.assert(
      fc.property(history, (iterations) => {
        const { data, layout } = convergenceFigure(iterations, null, { width: 700, height: 120 }, palette);
        expect(layout.yaxis?.type).toBe('log');
        expect(data.map(({ name }) => name)).toEqual([...residuals, ...steps].map(({ name }) => name));
        [...residuals, ...steps].forEach(({ of }, i) => {
          const logarithmic = i < residuals.length;
          expect(data[i]?.y).toEqual(
            iterations.map((iteration) => (logarithmic && of(iteration) === 0 ? null : of(iteration))),
          );
        });
      }),
    );
  });

  it('marks the iterate that the plots show, on both axes', () => {
    fc.assert(
      fc.property(history, fc.nat(39), (iterations, marked) => {
        const { shapes } = convergenceFigure(iterations, marked, { width: 700, height: 120 }, palette).layout;
        expect(shapes?.map(({ xref, x0, x1 }) => [xref, x0, x1])).toEqual([
          ['x', marked, marked],
          ['x2', marked, marked],
        ]);
      }),
    );
  });
});
