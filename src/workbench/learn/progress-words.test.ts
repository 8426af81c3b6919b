import { describe, expect, it } from 'vitest';
import { needOf, verdictOf } from './progress-words';
import type { Mark } from './protocol';

const mark = (step: number, loss: number, trouble: Partial<Mark> = {}): Mark => ({
  step,
  loss,
  slope: 1,
  work: 2 * (step + 1),
  values: null,
  failed: 0,
  masked: 0,
  doubtful: 0,
  ...trouble,
});
const given = { goal: 0.1, steps: 3 };

describe('what is said of a training', () => {
  it('claims the first step at which the loss was there, even if it is not any more', () => {
    const { reached, words } = verdictOf([mark(0, 1), mark(1, 0.1), mark(2, 0.05), mark(3, 0.2)], given);
    expect(reached).toBe(1);
    expect(words).toBe('The stated loss was reached at step 1.');
  });

  it('admits that it was not reached, once the steps are over', () => {
    expect(verdictOf([mark(0, 1), mark(1, 0.5)], given)).toEqual({ reached: null, words: '' });
    const { reached, words } = verdictOf([mark(0, 1), mark(1, 0.5), mark(2, 0.3), mark(3, 0.7)], given);
    expect(reached).toBeNull();
    expect(words).toBe('Not reached within the 3 steps it has for that; the best loss was 0.3.');
  });

  it('tells what was left out in the last step', () => {
    const { words } = verdictOf([mark(0, 1, { failed: 2, masked: 3, doubtful: 1 })], given);
    expect(words).toMatch(
      /2 solves have failed .* 1 solutions have no derivative .* 1 derivatives are not to be trusted/,
    );
  });

  it('does not count a loss from which samples are left out', () => {
    const marks = [mark(0, 1), mark(1, 0.01, { failed: 1 }), mark(2, 0.09)];
    expect(verdictOf(marks, given).reached).toBe(2);
    expect(needOf(marks, 0.1, 'simulations')).toBe('6 simulations');
    expect(verdictOf([mark(0, Number.NaN, { failed: 8 })], given).reached).toBeNull();
  });

  it('tells what others needed, or how much has not been enough', () => {
    expect(needOf([mark(0, 1), mark(1, 0.05)], 0.1, 'simulations')).toBe('4 simulations');
    expect(needOf([mark(0, 1), mark(1, 0.5)], 0.1, 'simulations')).toBe('not after 4');
  });
});
