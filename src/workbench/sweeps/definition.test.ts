import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialSweep, type Sampling, type SweepView } from '../../sharing';
import { problem } from '../sensitivities/testing/example';
import { definitionOf, mostInstances, samplesOf, variablesOf } from './definition';

const document = { parameters: new Map([['m', 2.5]]), initial: new Map<string, number>() };
const variables = variablesOf(problem, new Map([['k', [1, 9]]]), document);
const axis = (name: string, from = 1, to = 4, count = 5) => ({ name, from, to, count, logarithmic: false });
const define = (change: Partial<SweepView>) => definitionOf({ ...initialSweep, ...change }, variables, null);

describe('what can be varied', () => {
  it('is every parameter and every fixed initial state, over its slider', () => {
    expect(variables).toEqual([
      { name: 'm', value: 2.5, range: [1, 4] },
      { name: 'k', value: 3, range: [1, 9] },
      { name: 'x0.p', value: 0, range: [-1, 1] },
    ]);
  });

  it('is the first parameter in a grid, and all of them in a sample, where nothing is said', () => {
    expect(define({}).axes).toEqual([{ name: 'm', from: 1, to: 4, count: 61, logarithmic: false }]);
    expect(define({ sampling: 'sobol' }).axes.map(({ name }) => name)).toEqual(['m', 'k']);
    expect(define({ axes: [axis('gone'), axis('k')] }).axes.map(({ name }) => name)).toEqual(['k']);
  });
});

describe('the instances', () => {
  it('are as many as is said before they are made', () => {
    const samplings: Sampling[] = ['grid', 'sobol', 'latin-hypercube', 'saltelli', 'one-at-a-time'];
    fc.assert(
      fc.property(
        fc.constantFrom(...samplings),
        fc.subarray(['m', 'k', 'x0.p'], { minLength: 1 }),
        fc.integer({ min: 1, max: 12 }),
        (sampling, names, count) => {
          const view = { ...initialSweep, sampling, count, axes: names.map((name) => axis(name, 1, 4, count)) };
          const definition = definitionOf(view, variables, null);
          const samples = samplesOf(view, definition, variables, null);
          expect(definition.refusal).toBeNull();
          expect(samples.names).toEqual(names);
          expect(samples.values).toHaveLength(definition.count * names.length);
          const values = { m: 2.5, k: 3, 'x0.p': 0 };
          for (const [i, value] of samples.values.entries()) {
            const own = values[names[i % names.length] as keyof typeof values];
            // One at a time, all others are as they are.
            if (!(sampling === 'one-at-a-time' && value === own)) expect(value).toBeGreaterThanOrEqual(1);
            expect(value).toBeLessThanOrEqual(4);
          }
        },
      ),
    );
  });

  it('are those of a file', () => {
    const list = { names: ['k', 'm'], values: Float64Array.of(1, 2, 3, 4, 5, 6), shape: null };
    const view = { ...initialSweep, sampling: 'list' as const };
    const definition = definitionOf(view, variables, list);
    expect(definition.count).toBe(3);
    expect(definition.axes.map(({ name }) => name)).toEqual(['k', 'm']);
    expect(samplesOf(view, definition, variables, list)).toBe(list);
  });
});

describe('a sweep that cannot be', () => {
  it.each<[string, Partial<SweepView>, RegExp]>([
    ['goes backwards', { axes: [axis('m', 3, 1)] }, /m goes nowhere/],
    ['varies a value twice', { axes: [axis('m'), axis('m')] }, /m is varied twice/],
    ['has ratios from zero', { axes: [{ ...axis('m', 0), logarithmic: true }] }, /ratios .* m begins at 0/],
    ['is too large', { axes: [axis('m', 1, 4, 1000), axis('k', 1, 4, 1000)] }, new RegExp(`${mostInstances}.*1000000`)],
    ['has no file', { sampling: 'list' }, /Choose a file/],
  ])('%s says so', (_, change, words) => {
    expect(define(change).refusal).toMatch(words);
  });

  it('has nothing to vary', () => {
    expect(definitionOf(initialSweep, [], null).refusal).toMatch(/no parameter to vary/);
  });
});
