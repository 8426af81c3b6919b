import { describe, expect, it } from 'vitest';
import { predictionError } from './prediction-error';
import type { ProblemView } from './protocol';

const problem = {
  states: [{ name: 'p', description: '', initial: 0 }],
  controls: [{ name: 'u', description: '' }],
  algebraics: [],
  steps: 2,
} as unknown as ProblemView;

const drawn = (x: number[], u: number[]) => ({
  solution: {
    x: Float64Array.from(x),
    u: Float64Array.from(u),
    algebraics: new Float64Array(),
    costates: new Float64Array(3),
  },
});

describe('the error of a prediction', () => {
  it('is that of the worst quantity, beside its size', () => {
    const solved = drawn([0, 10, -20], [1, 0.5]);
    expect(predictionError(problem, drawn([0, 10, -20], [1, 0.5]), solved)).toBe(0);
    expect(predictionError(problem, drawn([0, 12, -20], [1, 0.5]), solved)).toBeCloseTo(0.1, 12);
    expect(predictionError(problem, drawn([0, 12, -20], [1, 0.2]), solved)).toBeCloseTo(0.3, 12);
  });

  it('has a scale where nothing moves', () => {
    expect(predictionError(problem, drawn([0, 0, 0], [0, 0]), drawn([0, 0, 0], [0, 0]))).toBe(0);
  });
});
