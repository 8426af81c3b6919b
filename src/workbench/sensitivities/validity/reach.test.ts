import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Validity } from '../../../sensitivity';
import { reachOf } from './reach';
import { conditions } from './trust-words';

const upper = { constraint: 'force', stage: 4, side: 'upper', becomes: 'active' } as const;

describe('how far a value may move', () => {
  it('is measured on the scale of its slider, which holds the value', () => {
    const length = fc.double({ min: 0, max: 10, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), length, length, (value, down, up) => {
        const reach = reachOf({ column: 'p', down, up, downEvent: upper, upEvent: upper }, value, [-1, 1]);
        expect(reach.low).toBeLessThanOrEqual(value);
        expect(reach.high).toBeGreaterThanOrEqual(value);
        expect(reach.tightest * (reach.high - reach.low)).toBeCloseTo(Math.min(down, up), 9);
        expect(reach.down.beyond).toBe(value - down < reach.low);
        expect(reach.up.beyond).toBe(value + up > reach.high);
      }),
    );
  });

  it('is told with what changes there', () => {
    const range = { column: 'p', down: Number.POSITIVE_INFINITY, up: 0.25, downEvent: null, upEvent: upper };
    const { down, up } = reachOf(range, 1, [0, 2]);
    expect(down).toMatchObject({ brief: 'nothing changes', beyond: true });
    expect(up.brief).toBe('+0.25: force meets upper, stage 4');
    expect(up.words).toBe('at 1.25: force reaches its upper bound at stage 4');
  });
});

const sound: Validity = {
  stationarity: 0,
  feasibility: 0,
  complementarity: 0,
  licq: 0.1,
  reducedHessian: 1,
  strictComplementarity: 0.1,
  active: [],
  valid: true,
  reason: '',
  residual: 1e-14,
  condition: 1e6,
  ranges: [],
};

describe('the conditions', () => {
  const bad = (change: Partial<Validity>) =>
    conditions({ ...sound, ...change })
      .filter(({ good }) => !good)
      .map(({ term }) => term);

  it('hold one by one, or do not', () => {
    expect(bad({})).toEqual([]);
    expect(bad({ reducedHessian: null, strictComplementarity: null })).toEqual([]);
    expect(bad({ licq: 1e-12 })).toEqual(['LICQ']);
    expect(bad({ reducedHessian: -1 })).toEqual(['Second order']);
    expect(bad({ strictComplementarity: 1e-9 })).toEqual(['Strict complementarity']);
    expect(bad({ residual: 1e-3 })).toEqual(['Residual']);
    expect(bad({ condition: 1e14 })).toEqual(['Condition']);
  });

  it('count the digits that are left', () => {
    expect(conditions(sound).find(({ term }) => term === 'Condition')?.words).toContain('9 digits');
  });
});
