import { describe, expect, it } from 'vitest';
import { compileText } from './compile';
import { compiled, complaints, completed } from './testing';

const repeat = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');
const states = (count: number) =>
  `${repeat(count, (i) => `state s${i} = 0`)}\ndynamics\n${repeat(count, (i) => `s${i}' = 0`)}`;
const messages = (text: string) => complaints(text).map(({ message }) => message);

describe('limits', () => {
  it('of the text', () => {
    expect(messages(completed(`# ${'x'.repeat(64 * 1024)}`))[0]).toContain('at most 65536 (64 kB)');
    expect(messages(completed(`# ${'θ'.repeat(40_000)}`))[0]).toContain('64 kB');
    expect(compileText(completed(`# ${'x'.repeat(60_000)}`)).ok).toBe(true);
  });

  it('of states', () => {
    expect(compileText(completed(states(61))).ok).toBe(true);
    expect(messages(completed(states(62)))).toEqual(['a problem has at most 64 states']);
  });

  it('of controls', () => {
    const controls = (count: number) => completed(repeat(count, (i) => `control c${i}\nminimize sum c${i}^2`));
    expect(compileText(controls(30)).ok).toBe(true);
    expect(messages(controls(31))).toEqual(['a problem has at most 32 controls']);
  });

  it('of parameters', () => {
    const parameters = (count: number) => completed(repeat(count, (i) => `parameter p${i} = 1\nminimize sum p${i}*u`));
    expect(compileText(parameters(254)).ok).toBe(true);
    expect(messages(parameters(255))).toEqual(['a problem has at most 256 parameters']);
  });

  it('of nesting', () => {
    const nested = (depth: number, open: string, close: string) =>
      completed(`minimize sum ${open.repeat(depth)}x${close.repeat(depth)}`);
    expect(compileText(nested(80, '(', ')')).ok).toBe(true);
    expect(compileText(nested(80, '-', '')).ok).toBe(true);
    for (const depth of [101, 2_000, 20_000]) {
      expect(messages(nested(depth, '(', ')'))[0]).toContain('more than 100 deep');
      expect(messages(nested(depth, 'sin(', ')').slice(0, 64_000))[0]).toContain('more than 100 deep');
      expect(compileText(nested(depth, '-', '')).ok).toBe(false);
      expect(compileText(nested(depth, '2^', '')).ok).toBe(false);
    }
    expect(messages(nested(150, '-', ''))[0]).toContain('more than 100 deep');
  });

  it('does not count brackets in comments and descriptions', () => {
    expect(compileText(completed(`# ${'('.repeat(500)}`, `title "${'('.repeat(500)}"`)).ok).toBe(true);
  });

  it('of diagnostics', () => {
    expect(complaints(completed(repeat(500, (i) => `let q${i} = nothing${i}`)))).toHaveLength(50);
  });
});

describe('long chains', () => {
  it('of sums, products and arguments need no stack', () => {
    for (const [operator, terms] of [
      [' + ', 15_000],
      ['*', 15_000],
    ] as const) {
      const problem = compiled(completed(`minimize sum ${Array(terms).fill('u').join(operator)}`));
      expect(problem.graph.size).toBeGreaterThan(terms / 2);
    }
    expect(compileText(completed(`minimize sum max(${Array(15_000).fill('u').join(', ')})`)).ok).toBe(true);
  });

  it('of lets that refer to later lets need no stack', () => {
    const lets = repeat(3_000, (i) => `let q${i} = q${i + 1}+u`);
    expect(compileText(completed('minimize sum q0', lets, 'let q3000 = x')).ok).toBe(true);
    expect(messages(completed('minimize sum q0', lets, 'let q3000 = q0'))[0]).toContain('in terms of itself');
  });
});
