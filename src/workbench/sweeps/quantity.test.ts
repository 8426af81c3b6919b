import { describe, expect, it } from 'vitest';
import { SweepTable } from '../../batch';
import { problem } from '../sensitivities/testing/example';
import { keepOf } from './keeping';
import { endOf, failuresOf, isKept, labelOf, numbersOf, quantityIn, slopesOf } from './quantity';

const keep = keepOf(problem, 'objective', ['m'], 3, true);
const table = new SweepTable(keep, 3);
const column = (name: string) => {
  const found = table.column(name);
  if (found?.kind !== 'real') throw new Error(`There is no ${name}.`);
  return found.values;
};
const status = table.column('status');
if (status?.kind !== 'label') throw new Error('There is no status.');
// The third has not arrived.
status.set(0, 'converged');
status.set(1, 'infeasible');
column('objective').set([5, 6, Number.NaN]);
column('d objective / d m').set([2, Number.NaN, Number.NaN]);

describe('the numbers of a quantity', () => {
  it('are those of solutions: where a solve has failed is none', () => {
    expect(numbersOf({ table }, 'objective')).toEqual(Float64Array.of(5, Number.NaN, Number.NaN));
    expect(slopesOf({ table }, 'objective', 'm')).toEqual(Float64Array.of(2, Number.NaN, Number.NaN));
    expect(numbersOf({ table }, 'status')).toBeNull();
    expect(isKept({ table }, 'F@1')).toBe(true);
    expect(isKept({ table }, 'F@2')).toBe(false);
  });

  it('come with how each instance ended', () => {
    expect(failuresOf({ table })).toEqual([1]);
    expect(endOf({ table }, 1)?.status).toBe('infeasible');
    expect(endOf({ table }, 2)).toBeNull();
  });
});

describe('the name of a quantity', () => {
  it('is known in the problem, or is that of the objective', () => {
    expect(['F@1', 'p@2', 'kkt', 'active'].map((name) => quantityIn(problem, name))).toEqual([
      'F@1',
      'p@2',
      'kkt',
      'active',
    ]);
    expect(['F@2', 'p@3', 'gone@0', 'gone'].map((name) => quantityIn(problem, name))).toEqual(
      Array(4).fill('objective'),
    );
    expect([labelOf('F@1'), labelOf('kkt')]).toEqual(['F(1)', 'KKT residual']);
  });
});
