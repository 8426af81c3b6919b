import { describe, expect, it } from 'vitest';
import { isCurrent, valuesAt } from './opening';
import type { Run } from './sweeping';

const document = { text: 'a', parameters: new Map([['m', 2]]), initial: new Map([['p', 0.5]]) };
const run = {
  document,
  plan: { samples: { names: ['k', 'x0.p'], values: Float64Array.of(1, 2, 3, 4), shape: null } },
} as unknown as Run;

describe('an instance in the workbench', () => {
  it('has its own values in the place of what is varied, and the others as they were', () => {
    expect(valuesAt(run, 1)).toEqual({
      parameters: new Map([
        ['m', 2],
        ['k', 3],
      ]),
      initial: new Map([['p', 4]]),
    });
  });

  it('leaves the sweep as it is; another text or another value does not', () => {
    expect(isCurrent(run, document)).toBe(true);
    expect(isCurrent(run, { ...document, ...valuesAt(run, 0) })).toBe(true);
    expect(isCurrent(run, { ...document, parameters: new Map([['m', 3]]) })).toBe(false);
    expect(isCurrent(run, { ...document, parameters: new Map() })).toBe(false);
    expect(isCurrent(run, { ...document, text: 'b' })).toBe(false);
  });
});
