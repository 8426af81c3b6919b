import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blockAt,
  type Derivatives,
  derivativeOf,
  type Selection,
  scalesOf,
  tableOf,
  type Values,
  valueAt,
} from './cells';
import { isObjective, subjectsOf } from './subjects';
import { columns, derivatives, problem, values } from './testing/example';

const subjects = subjectsOf(problem, columns.length);
const everywhere = columns.map((_, place) => place);
const plain: Selection = { subjects, places: everywhere, weights: everywhere.map(() => 1), relative: false };
const someColumns = fc.shuffledSubarray(everywhere, { minLength: 1 });

describe('the table of sensitivities', () => {
  it('holds the derivative of every subject at every stage with respect to every column shown', () => {
    fc.assert(
      fc.property(values, derivatives, someColumns, (at, shown, places) => {
        const table = tableOf(problem, at, shown, { ...plain, places });
        expect(table.columns).toEqual(places.map((place) => columns[place]));
        // x, v, F, z, two costates, the gradient, and the Hessian with a row for each column shown.
        expect(table.rows).toBe(3 + 3 + 2 + 2 + 3 + 3 + 1 + places.length);
        for (let row = 0; row < table.rows; row++) {
          const block = blockAt(table, row);
          if (!block) throw new Error('no block');
          places.forEach((place, column) => {
            const value = valueAt(table, { row, column });
            const own = row - block.start;
            if (block.subject.kind === 'hessian')
              expect(value).toBe(shown.d2objective?.[(places[own] ?? 0) * columns.length + place]);
            else expect(value).toBe(derivativeOf(problem, shown, block.subject, place)[own]);
          });
        }
        const of = (id: string) => derivativeOf(problem, shown, subjects.find((each) => each.id === id) as never, 1);
        expect(of('v')[1]).toBe(shown.dx[(1 * 2 + 1) * 3 + 1]);
        expect(of('costate v')[2]).toBe(shown.dcostates[(2 * 2 + 1) * 3 + 1]);
        expect(of('its gradient')).toEqual(shown.dobjective.slice(1, 2));
      }),
    );
  });

  it('relative: does not depend on the units of subject and parameter', () => {
    const unit = fc.double({ min: 0.1, max: 10, noNaN: true });
    fc.assert(
      fc.property(values, derivatives, unit, unit, (at, shown, length, mass) => {
        const weights = [2, 0, 5];
        const scaled = (array: Float64Array, factor: number) => array.map((value) => value * factor);
        const other: Values = {
          x: scaled(at.x, length),
          u: scaled(at.u, length),
          algebraics: scaled(at.algebraics, length),
          costates: scaled(at.costates, length),
          objective: at.objective * length,
        };
        const by = length / mass;
        const derived: Derivatives = {
          columns,
          dx: scaled(shown.dx, by),
          du: scaled(shown.du, by),
          dalgebraics: scaled(shown.dalgebraics, by),
          dcostates: scaled(shown.dcostates, by),
          dobjective: scaled(shown.dobjective, by),
          d2objective: shown.d2objective && scaled(shown.d2objective, by / mass),
        };
        const a = tableOf(problem, at, shown, { ...plain, weights, relative: true });
        const inUnits = { ...plain, weights: weights.map((weight) => weight * mass), relative: true };
        const b = tableOf(problem, other, derived, inUnits);
        a.values.forEach((value, i) => {
          const same = b.values[i] ?? Number.NaN;
          if (Number.isNaN(value)) expect(same).toBeNaN();
          else expect(Math.abs(value - same)).toBeLessThanOrEqual(1e-9 * Math.abs(value));
        });
        // A parameter that is zero has no per cents.
        expect(a.values.filter((_, i) => i % columns.length === 1).every(Number.isNaN)).toBe(true);
      }),
    );
  });

  it('is scaled to the largest entry of each block, of each column or of all', () => {
    fc.assert(
      fc.property(values, derivatives, (at, shown) => {
        const table = tableOf(problem, at, shown, {
          ...plain,
          subjects: subjects.filter((subject) => !isObjective(subject)),
        });
        const sizes = [...table.values].map(Math.abs);
        const width = columns.length;
        const most = (keep: (row: number, column: number) => boolean) =>
          Math.max(...sizes.filter((_, i) => keep(Math.floor(i / width), i % width)));
        const [perBlock, perColumn, global] = (['block', 'column', 'global'] as const).map((s) => scalesOf(table, s));
        table.blocks.forEach(({ start, rows }, b) => {
          columns.forEach((_, j) => {
            const within = (row: number) => row >= start && row < start + rows;
            expect(perBlock?.[b * width + j]).toBe(most((row, column) => within(row) && column === j));
            expect(perColumn?.[b * width + j]).toBe(most((_, column) => column === j));
            expect(global?.[b * width + j]).toBe(most(() => true));
          });
        });
      }),
    );
  });
});
