import { describe, expect, it } from 'vitest';
import type { ArrayOfEntries } from '../../problem';
import { groupsOf } from './groups';

const named = (name: string, description = '') => ({ name, description });
const values = [
  named('m', 'mass'),
  ...['A[1,1]', 'A[1,2]', 'A[2,1]', 'A[2,2]'].map((name) => named(name, 'system')),
  named('b[1]'),
  named('b[2]'),
  named('k'),
];
const arrays: ArrayOfEntries[] = [
  { name: 'A', kind: 'parameter', rows: 2, columns: 2, first: 1 },
  { name: 'b', kind: 'parameter', rows: 2, columns: 1, first: 5 },
];

const shown = (search: string) =>
  groupsOf(values, arrays, search).map((group) =>
    group.kind === 'block' ? `${group.array.name}: ${group.entries.length}` : `${group.index} ${group.value.name}`,
  );

describe('the values of the panel', () => {
  it('are in the order of their declarations, entries together', () => {
    expect(shown('')).toEqual(['0 m', 'A: 4', 'b: 2', '7 k']);
  });

  it('are found by name and description, entries also one by one', () => {
    expect(shown('MASS')).toEqual(['0 m']);
    expect(shown('system')).toEqual(['A: 4']);
    expect(shown('a[1,')).toEqual(['1 A[1,1]', '2 A[1,2]']);
    expect(shown('nothing')).toEqual([]);
  });
});
