import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Column, writeCsv } from './csv';

describe('comma-separated values', () => {
  it('have a line of names and a line for each row, empty where a column has no value', () => {
    const columns: Column[] = [
      { name: 'stage', values: [0, 1, 2] },
      { name: 'x', values: Float64Array.of(0.1, -2e-300, 1 / 3) },
      { name: 'u', values: [1, 2] },
      { name: 'on 1..2', values: [7, Number.NaN], from: 1 },
    ];
    expect(writeCsv(columns).split('\r\n')).toEqual([
      'stage,x,u,on 1..2',
      '0,0.1,1,',
      '1,-2e-300,2,7',
      '2,0.3333333333333333,,',
      '',
    ]);
  });

  it('quote what would be taken for more than one field', () => {
    expect(writeCsv([{ name: 'A[1,2]', values: ['a "word"', 'two\nlines', 'plain'] }])).toBe(
      '"A[1,2]"\r\n"a ""word"""\r\n"two\nlines"\r\nplain\r\n',
    );
  });

  it('give back the same numbers and names when they are read', () => {
    const column = fc.record({
      name: fc.string(),
      values: fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 3, maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(column, { minLength: 1, maxLength: 4 }), (columns) => {
        const [names, ...rows] = read(writeCsv(columns));
        expect(names).toEqual(columns.map(({ name }) => name));
        expect(rows.map((row) => row.map(Number))).toEqual(
          [0, 1, 2].map((i) => columns.map(({ values }) => (values[i] ?? Number.NaN) + 0)),
        );
      }),
    );
  });
});

/** The grammar of RFC 4180, as a reader takes it. */
function read(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const pattern = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n)/gy;
  for (const [, value = '', end] of text.matchAll(pattern)) {
    row.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
