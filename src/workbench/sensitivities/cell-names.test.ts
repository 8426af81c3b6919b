import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellName } from './cell-names';
import { tableOf } from './cells';
import { subjectsOf } from './subjects';
import { columns, derivatives, problem, values } from './testing/example';

const places = columns.map((_, place) => place);
const weights = columns.map(() => 1);

describe('the name of a cell', () => {
  it('says what is differentiated by what, and whether its value is smoothed', () => {
    fc.assert(
      fc.property(values, derivatives, fc.boolean(), (at, shown, smoothed) => {
        const subjects = subjectsOf(problem, columns.length, smoothed);
        const table = tableOf(problem, at, shown, { subjects, places, weights, relative: false });
        const last = table.rows - 1;
        const [first, second, third] = columns;
        expect(cellName(table, { row: 0, column: 1 })).toBe(`∂${subjects[0]?.name}/∂${second}`);
        expect(cellName(table, { row: last - 3, column: 2 })).toBe(`∂J/∂${third}`);
        expect(cellName(table, { row: last, column: 0 })).toBe(`∂²J${smoothed ? 'τ' : ''}/∂${third}∂${first}`);
      }),
      { numRuns: 5 },
    );
  });
});
