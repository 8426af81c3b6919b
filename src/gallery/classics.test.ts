/**
 * Classical problems, cold from the guess in the text: each is solved, to the value that is published where that is one of
 * the continuous problem, within what its discretisation costs; else to the local minimum that IPOPT 3.14 has of the same
 * nonlinear program.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { elastic } from '../problem';
import { compileSolver } from '../solver';
import { problemOf } from './testing/compiled';

const published: Readonly<Record<string, readonly [value: number, within: number]>> = {
  'bryson-denham': [4, 2e-3], // 4/(9 l)
  jacobson: [0.1699, 1e-3],
  'batch-reactor': [-0.610775, 5e-4],
  catalyst: [-0.0480556, 5e-4],
  'luus-cstr': [0.1331, 3e-3],
  fishing: [1.34408, 1e-3],
  crane: [0.0375195, 1e-3],
  tumour: [7571.67, 1e-5],
  goddard: [-1.01283, 1e-5],
  steering: [0.554571, 1e-4],
  'robot-arm': [9.14138, 5e-4],
  'hanging-chain': [5.06891, 2e-4],
  'mountain-car': [102.48, 2e-3],
};

const ofIpopt: Readonly<Record<string, number>> = {
  zermelo: 5.370128659,
  f8: 5.730846017,
  'cartpole-min-time': 1.035640112,
  acrobot: 342.6216159,
};

function solve(name: string) {
  const text = readFileSync(new URL(`./classics/${name}.ocp`, import.meta.url), 'utf8');
  const problem = problemOf(text);
  return compileSolver(problem, undefined, undefined, () => compileSolver(elastic(problem))).solve({
    parameters: Float64Array.from(problem.parameters, ({ value }) => value),
    initial: new Float64Array(problem.states.length).fill(Number.NaN),
  });
}

describe('a classical problem has the published value', () => {
  it.each(Object.entries(published))('%s', (name, [value, within]) => {
    const { status, objective } = solve(name);
    expect(status).toBe('converged');
    expect(Math.abs(objective - value)).toBeLessThan(within * Math.abs(value));
  });
});

describe('a classical problem has the value of IPOPT', () => {
  it.each(Object.entries(ofIpopt))('%s', (name, value) => {
    const { status, objective } = solve(name);
    expect(status).toBe('converged');
    expect(objective / value).toBeCloseTo(1, 4);
  });

  it('parking, or a lower one', () => {
    const { status, objective } = solve('parking');
    expect(status).toBe('converged');
    expect(objective).toBeLessThan(12.6469);
  });
});
