import { describe, expect, it } from 'vitest';
import { writeCsv } from '../../sharing';
import type { Table } from './cells';
import { tableColumns, tableObject } from './sensitivity-export';

const subject = { index: 0, colour: 'red' };
const table: Table = {
  blocks: [
    { subject: { ...subject, kind: 'state', id: 'x', name: 'x', stages: 2 }, start: 0, rows: 2 },
    { subject: { ...subject, kind: 'control', id: 'u', name: 'u', stages: 1 }, start: 2, rows: 1 },
    { subject: { ...subject, kind: 'gradient', id: 'its gradient', name: '∇J', stages: 1 }, start: 3, rows: 1 },
  ],
  columns: ['M', 'x0.x'],
  rows: 4,
  values: Float64Array.of(1, 2, 3, 4, 5, Number.NaN, 7, 8),
};
const t = Float64Array.of(0, 0.5);

describe('the derivatives as a file', () => {
  it('are a table with a row for each quantity and stage', () => {
    expect(writeCsv(tableColumns(table, t)).trimEnd().split('\r\n')).toEqual([
      'quantity,stage,time,M,x0.x',
      'x,0,0,1,2',
      'x,1,0.5,3,4',
      'u,0,0,5,',
      '∇J,,,7,8',
    ]);
  });

  it('are an object with the stage first and the column last', () => {
    expect(tableObject(table)).toEqual({
      columns: ['M', 'x0.x'],
      derivatives: [
        {
          of: 'x',
          values: [
            [1, 2],
            [3, 4],
          ],
        },
        { of: 'u', values: [[5, Number.NaN]] },
        { of: '∇J', values: [[7, 8]] },
      ],
    });
  });
});
