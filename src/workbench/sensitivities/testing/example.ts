/** A small problem with everything in it, and random derivatives of its solution. */
import * as fc from 'fast-check';
import { defaultMethod } from '../../../solver';
import type { ProblemView } from '../../protocol';
import type { Derivatives, Values } from '../cells';

export const problem: ProblemView = {
  title: '',
  source: '',
  steps: 2,
  parameters: [
    { name: 'm', value: 2, range: [1, 4], description: '' },
    { name: 'k', value: 3, range: null, description: '' },
  ],
  states: [
    { name: 'p', description: '', initial: 0 },
    { name: 'v', description: '', initial: null },
  ],
  controls: [{ name: 'F', description: '' }],
  algebraics: [{ name: 'z', description: '' }],
  constraints: [],
  arrays: [],
  method: defaultMethod,
};

export const columns = ['m', 'k', 'x0.p'];

const number = fc.integer({ min: -1600, max: 1600 }).map((sixteenths) => sixteenths / 16);
const array = (length: number) =>
  fc.array(number, { minLength: length, maxLength: length }).map((a) => Float64Array.from(a));

export const values: fc.Arbitrary<Values> = fc.record({
  x: array(6),
  u: array(2),
  algebraics: array(2),
  costates: array(6),
  objective: number,
});

export const derivatives: fc.Arbitrary<Derivatives> = fc.record({
  columns: fc.constant(columns),
  dx: array(18),
  du: array(6),
  dalgebraics: array(6),
  dcostates: array(18),
  dobjective: array(3),
  d2objective: array(9),
});
