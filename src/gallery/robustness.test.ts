/** Few of the runs of `npm run bench:robust`. */
import { describe, expect, it } from 'vitest';
import { gallery } from '.';
import { Normal } from './testing/random';
import { methods, robustness } from './testing/robustness';

const COUNT = 10;
const statuses = [
  'converged',
  'iteration-limit',
  'infeasible',
  'diverging',
  'not-a-number',
  'step-too-small',
  'time-limit',
];

describe.each(['double-integrator-bounded', 'pendulum-swing-up', 'cstr'])('%s', (name) => {
  const text = gallery.find((entry) => entry.name === name)?.text ?? '';
  const results = robustness(name, text, COUNT);

  it('is tried with every method from every start', () => {
    expect(results).toHaveLength(2 * methods.length);
  });

  it.each(results.map((result) => [result.method, result.perturbed, result] as const))(
    'with %s, %s perturbed: every run ends with a status, and almost every one is solved',
    (_, __, result) => {
      expect(Object.values(result.statuses).reduce((sum, runs) => sum + runs, 0)).toBe(COUNT);
      for (const status of Object.keys(result.statuses)) expect(statuses).toContain(status);
      // Noise on the reactor's temperature makes its exponential overflow.
      if (name !== 'cstr') expect(result.solved).toBeGreaterThanOrEqual(COUNT - 1);
      expect(result.iterations === null).toBe(result.solved === 0);
    },
  );
});

it('draws normal numbers, the same for the same name', () => {
  const draw = (name: string) => {
    const random = new Normal(name);
    return Array.from({ length: 4000 }, () => random.next());
  };
  const numbers = draw('a');
  expect(numbers).toEqual(draw('a'));
  expect(numbers).not.toEqual(draw('b'));
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length;
  expect(Math.abs(mean)).toBeLessThan(0.06);
  expect(Math.abs(variance - 1)).toBeLessThan(0.1);
});
