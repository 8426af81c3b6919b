import { describe, expect, it } from 'vitest';
import { Engine } from '../engine';
import { feedbackOf } from './feedback';

/** A scalar linear-quadratic regulator: x+ = a x + b u, sum q x^2 + r u^2, over a long horizon. */
const text = (bound: number) => `
state x = 1
state free_one free
control u in [-${bound}, ${bound}]
dynamics
  x+ = 1.2*x + 0.5*u
  free_one+ = 0.5*free_one
minimize
  sum 2*x^2 + 0.3*u^2 + free_one^2
horizon 1 s in 60 steps
`;

function feedback(bound: number) {
  const reply = new Engine().run({ text: text(bound), parameters: new Map(), initial: new Map(), mode: 'rest' });
  if (!reply.ok || !reply.problem || !reply.picture.sensitivities) throw new Error('no solution');
  return feedbackOf(reply.problem, reply.picture.sensitivities);
}

/** Of the infinite horizon, by iterating the Riccati equation. */
function regulatorGain(a: number, b: number, q: number, r: number): number {
  let p = q;
  for (let i = 0; i < 500; i++) p = q + a * a * p - (a * p * b) ** 2 / (r + b * b * p);
  return -(b * p * a) / (r + b * b * p);
}

describe('the feedback law', () => {
  it('is that of the linear-quadratic regulator, in the fixed initial states', () => {
    const { controls, states, gain } = feedback(100);
    expect(controls).toEqual(['u']);
    expect(states).toEqual(['x']);
    expect(gain[0]?.[0]).toBeCloseTo(regulatorGain(1.2, 0.5, 2, 0.3), 6);
  });

  it('is exactly zero where a bound holds the control', () => {
    expect(feedback(1).gain).toEqual([[0]]);
  });
});
