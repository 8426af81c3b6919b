import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DifferenceColumn } from '../../../sensitivity';
import type { Checked } from '../../state/checking';
import { type Derivatives, type Selection, tableOf } from '../cells';
import { sharesOf } from '../compare/comparison';
import { subjectsOf } from '../subjects';
import { columns, derivatives, problem, values } from '../testing/example';
import { checkWords } from './check-words';
import { differencesOf } from './use-differences';
import { tolerance, verdictOf } from './verdict';

const selection: Selection = {
  subjects: subjectsOf(problem, columns.length),
  places: [0, 1, 2],
  weights: [1, 1, 1],
  relative: false,
};

/** The exact column, as if differences had found it. */
function columnOf(exact: Derivatives, j: number): DifferenceColumn {
  const pick = (all: Float64Array) => all.filter((_, i) => i % columns.length === j);
  return {
    column: columns[j] ?? '',
    dx: pick(exact.dx),
    du: pick(exact.du),
    dalgebraics: pick(exact.dalgebraics),
    dcostates: pick(exact.dcostates),
    dobjective: exact.dobjective[j] ?? 0,
    step: 1e-4,
    error: 1e-9,
    changes: [],
  };
}

function verdict(exact: Derivatives, at: Parameters<typeof tableOf>[1], checked: ReadonlyMap<string, Checked>) {
  const table = tableOf(problem, at, exact, selection);
  const differences = tableOf(problem, at, differencesOf(exact, checked), selection);
  return { table, differences, found: verdictOf(table, differences, checked) };
}

describe('a check by finite differences', () => {
  it('fills in the columns that were checked, and no others', () => {
    fc.assert(
      fc.property(values, derivatives, fc.integer({ min: 0, max: 2 }), (at, exact, j) => {
        const checked = new Map([[columns[j] ?? '', { column: columnOf(exact, j), only: null }]]);
        const { table, differences, found } = verdict(exact, at, checked);
        const hessian = table.blocks.find(({ subject }) => subject.kind === 'hessian');
        differences.values.forEach((value, i) => {
          if (i % 3 === j && Math.floor(i / 3) < (hessian?.start ?? 0)) expect(value).toBe(table.values[i]);
          else expect(value).toBeNaN();
        });
        expect(found.mismatches.every((mark) => mark === 0)).toBe(true);
        expect(found.columns.map(({ name, agrees }) => [name, agrees])).toEqual([[columns[j], true]]);
      }),
    );
  });

  it('marks exactly the cells that are off by more than the tolerance', () => {
    fc.assert(
      fc.property(values, derivatives, fc.integer({ min: 0, max: 1 }), fc.boolean(), (at, exact, stage, far) => {
        const column = columnOf(exact, 1);
        const place = tableOf(problem, at, exact, selection);
        const control = place.blocks.find(({ subject }) => subject.id === 'F')?.start ?? 0;
        const cell = (control + stage) * 3 + 1;
        const share = sharesOf(place)[cell] ?? 0;
        const off = { ...column, du: column.du.slice() };
        off.du[stage] = (off.du[stage] ?? 0) + (far ? 2 : 0.5) * tolerance * share;
        const { found } = verdict(exact, at, new Map([['k', { column: off, only: null }]]));
        expect([...found.mismatches.keys()].filter((i) => found.mismatches[i])).toEqual(far ? [cell] : []);
        // A check of another cell alone does not see it.
        const only = { subject: 'F', row: 1 - stage };
        const other = verdict(exact, at, new Map([['k', { column: off, only }]])).found;
        expect(other.columns[0]?.agrees).toBe(true);
      }),
    );
  });

  it('says what it has found: agreement, a kink, a difference without one, a failure', () => {
    const [at] = fc.sample(values, { numRuns: 1, seed: 1 });
    const [exact] = fc.sample(derivatives, { numRuns: 1, seed: 2 });
    if (!at || !exact) throw new Error('no sample');
    const right = (j: number): [string, Checked] => [columns[j] ?? '', { column: columnOf(exact, j), only: null }];
    const wrong = (j: number, changes: DifferenceColumn['changes']): [string, Checked] => {
      const column = columnOf(exact, j);
      return [
        columns[j] ?? '',
        { column: { ...column, dx: column.dx.map((value) => 2 * value + 1), changes }, only: null },
      ];
    };
    const words = (checked: [string, Checked][], failed: [string, string][] = []) =>
      checkWords(verdict(exact, at, new Map(checked)).found.columns, new Map(failed));
    expect(words([right(0), right(1), right(2)])).toMatchObject({ good: true });
    expect(words([right(0), right(1), right(2)]).words).toContain('All 3 columns agree');
    const kink = { constraint: 'force', stage: 3, side: 'upper', becomes: 'inactive' } as const;
    const kinked = words([right(0), wrong(1, [kink])]);
    expect(kinked.good).toBe(false);
    expect(kinked.words).toContain('1 of 2 columns agree');
    expect(kinked.words).toContain('k is at a kink');
    expect(kinked.words).toContain('force leaves its upper bound at stage 3');
    expect(words([wrong(0, []), wrong(2, [])]).words).toBe('m and x0.p differ, and no kink explains it.');
    expect(words([], [['m', 'the solve failed.']])).toEqual({
      good: false,
      words: 'm could not be checked: the solve failed.',
    });
  });
});
