import { expect, it } from 'vitest';
import type { Palette } from '../plotly/palette';
import type { Mark } from './protocol';
import { trainingExport } from './training-export';

const palette: Palette = { dark: false, font: 'sans-serif', colour: (css) => css };
const mark = (step: number, loss: number, values: number[] | null): Mark => ({
  step,
  loss,
  slope: values ? 2 : null,
  work: 2 * step,
  values: values && Float64Array.from(values),
  failed: 0,
  masked: 0,
  doubtful: 0,
});

it('a training is saved step by step, whoever has fewer leaves the rest empty', async () => {
  const opened = { contenders: ['one', 'other'], learned: ['a', 'b'], unit: 'solves', goal: 0.1 };
  const marks = [[mark(0, 1, [3, 4]), mark(1, 0.5, [5, 6])], [mark(0, 7, null)]];
  const saved = trainingExport(opened, marks, { data: [], layout: { width: 100, height: 50 } }, palette);
  const columns = (await saved.columns?.()) ?? [];
  expect(columns.map(({ name }) => name)).toEqual([
    'step',
    'solves, one',
    'loss, one',
    'length of the gradient, one',
    'a, one',
    'b, one',
    'solves, other',
    'loss, other',
    'length of the gradient, other',
  ]);
  expect(columns[5]?.values).toEqual([4, 6]);
  expect(columns[7]?.values).toEqual([7]);
  expect(JSON.parse(JSON.stringify(saved.data?.()))).toMatchObject({
    goal: 0.1,
    contenders: [{ name: 'one', path: [{ loss: 1, values: [3, 4] }, { loss: 0.5 }] }, { path: [{ values: null }] }],
  });
});
