import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largest, type Selection, tableOf } from '../cells';
import { subjectsOf } from '../subjects';
import { columns, derivatives, problem, values } from '../testing/example';
import { compare, sharesOf } from './comparison';
import { comparisonWords } from './comparison-words';

const subjects = subjectsOf(problem, columns.length).filter(({ kind }) => kind !== 'hessian');
const selection: Selection = { subjects, places: [0, 1, 2], weights: [1, 1, 1], relative: false };

describe('a comparison', () => {
  it('is the difference of all entries, and knows the largest in units of block and column', () => {
    fc.assert(
      fc.property(values, derivatives, derivatives, (at, first, second) => {
        const [a, b] = [first, second].map((each) => tableOf(problem, at, each, selection));
        if (!a || !b) throw new Error('no table');
        const { difference, worst } = compare(a, b);
        const shares = sharesOf(a);
        const found = [...difference.values].map((value, i) => Math.abs(value) / (shares[i] ?? 0));
        difference.values.forEach((value, i) => expect(value).toBe((b.values[i] ?? 0) - (a.values[i] ?? 0)));
        expect(worst?.share).toBe(Math.max(...found));
        expect(found[(worst?.cell.row ?? 0) * 3 + (worst?.cell.column ?? 0)]).toBe(worst?.share);
      }),
    );
  });

  it('measures no column by its rounding', () => {
    fc.assert(
      fc.property(values, derivatives, (at, shown) => {
        const table = tableOf(problem, at, shown, { ...selection, subjects: subjects.slice(0, 1) });
        const tiny = { ...table, values: table.values.map((value, i) => (i % 3 === 1 ? value * 1e-12 : value)) };
        const rest = largest(tiny.values);
        fc.pre(rest > 0);
        sharesOf(tiny).forEach((share) => expect(share).toBeGreaterThanOrEqual(1e-6 * rest));
      }),
    );
  });

  it('says how well two variants agree, where they do not, and why', () => {
    const at = fc.sample(values, { numRuns: 1, seed: 3 })[0];
    const exact = fc.sample(derivatives, { numRuns: 1, seed: 4 })[0];
    if (!at || !exact) throw new Error('no sample');
    const table = tableOf(problem, at, exact, selection);
    const said = (change: (value: number, i: number) => number, pair: Parameters<typeof comparisonWords>[1]) =>
      comparisonWords(compare(table, { ...table, values: table.values.map(change) }), pair);
    expect(said((value) => value, ['exact', 'exact'])).toEqual({
      agree: true,
      words: 'They are the same to the last digit shown.',
    });
    const close = said((value) => value * (1 + 3e-8), ['exact', 'differences']);
    expect(close.agree).toBe(true);
    expect(close.words).toContain('agree to 7 digits');
    // The second stage of the only control, with respect to k.
    const at7 = 7 * 3 + 1;
    const far = said(
      (value, i) => (i === at7 ? value + 100 * (sharesOf(table)[i] ?? 0) : value),
      ['exact', 'gauss-newton'],
    );
    expect(far.agree).toBe(false);
    expect(far.words).toContain('∂F/∂k at stage 1');
    expect(far.words).toContain('curvature');
    expect(said(() => Number.NaN, ['exact', 'differences']).words).toContain('nothing to compare');
  });
});
