import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultMethod } from '../../solver';
import type { Picture, ProblemView } from '../protocol';
import { quantitiesOf } from '../quantities';
import { blockAt, derivativeOf, pointOf, scalesOf, tableOf } from './cells';

const problem: ProblemView = {
  title: '',
  source: '',
  steps: 2,
  parameters: [
    { name: 'm', value: 2, range: null, description: '' },
    { name: 'k', value: 3, range: null, description: '' },
  ],
  states: [
    { name: 'p', description: '', initial: 0 },
    { name: 'v', description: '', initial: null },
  ],
  controls: [{ name: 'F', description: '' }],
  algebraics: [{ name: 'z', description: '' }],
  constraints: [],
  arrays: [],
  method: defaultMethod,
};
const columns = ['m', 'k', 'x0.p'];

const number = fc.integer({ min: -1600, max: 1600 }).map((sixteenths) => sixteenths / 16);
const array = (length: number) =>
  fc.array(number, { minLength: length, maxLength: length }).map((a) => Float64Array.from(a));
const picture = fc.record({ x: array(6), u: array(2), z: array(2), dx: array(18), du: array(6), dz: array(6) }).map(
  ({ x, u, z, dx, du, dz }) =>
    ({
      solution: { x, u, algebraics: z },
      sensitivities: { columns, dx, du, dalgebraics: dz },
    }) as unknown as Picture,
);

describe('the table of sensitivities', () => {
  it('holds the derivative of every quantity at every stage with respect to every column', () => {
    fc.assert(
      fc.property(picture, (shown) => {
        const quantities = quantitiesOf(problem);
        const table = tableOf(problem, shown, quantities, null);
        if (!table || !shown.sensitivities) throw new Error('no table');
        expect(table.rows).toBe(3 + 3 + 2 + 2);
        for (let row = 0; row < table.rows; row++) {
          const block = blockAt(table, row);
          if (!block) throw new Error('no block');
          columns.forEach((_, j) => {
            const along = derivativeOf(problem, shown, block.quantity, j);
            expect(table.values[row * columns.length + j]).toBe(along?.[row - block.start]);
          });
        }
        expect(table.values[(3 + 1) * columns.length + 2]).toBe(shown.sensitivities.dx[(1 * 2 + 1) * 3 + 2]);
        expect(table.values[(6 + 1) * columns.length + 1]).toBe(shown.sensitivities.du[1 * 3 + 1]);
      }),
    );
  });

  it('relative: does not depend on the units of quantity and parameter', () => {
    fc.assert(
      fc.property(picture, fc.double({ min: 0.1, max: 10, noNaN: true }), (shown, unit) => {
        const point = pointOf(problem, shown, columns, new Map([['k', 5]]));
        expect(point).toEqual([2, 5, shown.solution.x[0]]);
        const { solution, sensitivities } = shown;
        const other = {
          solution: {
            x: solution.x.map((x) => x * unit),
            u: solution.u.map((u) => u * unit),
            algebraics: solution.algebraics.map((z) => z * unit),
          },
          sensitivities,
        } as unknown as Picture;
        const a = tableOf(problem, shown, quantitiesOf(problem), point);
        const b = tableOf(
          problem,
          other,
          quantitiesOf(problem),
          point.map((p) => p * unit),
        );
        a?.values.forEach((value, i) => {
          const same = b?.values[i] ?? Number.NaN;
          if (Number.isNaN(value)) expect(same).toBeNaN();
          else expect(Math.abs(value - same)).toBeLessThanOrEqual(1e-9 * Math.abs(value));
        });
      }),
    );
  });

  it('is scaled to the largest entry of each block, of each column or of all', () => {
    fc.assert(
      fc.property(picture, (shown) => {
        const table = tableOf(problem, shown, quantitiesOf(problem), null);
        if (!table) throw new Error('no table');
        const sizes = [...table.values].map(Math.abs);
        const width = columns.length;
        const most = (keep: (row: number, column: number) => boolean) =>
          Math.max(...sizes.filter((_, i) => keep(Math.floor(i / width), i % width)));
        const [perBlock, perColumn, global] = (['block', 'column', 'global'] as const).map((s) => scalesOf(table, s));
        table.blocks.forEach(({ quantity, start }, b) => {
          columns.forEach((_, j) => {
            const within = (row: number) => row >= start && row < start + quantity.stages;
            expect(perBlock?.[b * width + j]).toBe(most((row, column) => within(row) && column === j));
            expect(perColumn?.[b * width + j]).toBe(most((_, column) => column === j));
            expect(global?.[b * width + j]).toBe(most(() => true));
          });
        });
      }),
    );
  });
});
