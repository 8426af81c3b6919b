/** Sensitivities with the Gauss-Newton Hessian in the linear system against independent ones: wrong in the same way. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { component, flat, gap, largest } from './compare';
import { readReference } from './read';
import { readSolutions } from './solutions';
import { compared, inputsAt, solverOf, startNear } from './solver';

interface Stored {
  readonly columns: readonly string[];
  /** [N][nu][columns] */
  readonly du: readonly (readonly (readonly number[])[])[];
}

const stored: Readonly<Record<string, Readonly<Record<string, Stored>>>> = JSON.parse(
  gunzipSync(readFileSync(new URL('./gaussNewton.json.gz', import.meta.url))).toString('utf8'),
);

describe.each(compared.filter(([name]) => name in stored))('%s', (name, entry) => {
  const solver = solverOf(entry);

  it.each(Object.entries(stored[name] ?? {}))('%s', (label, reference) => {
    const point = readSolutions(name).find((one) => one.label === label);
    if (!point) throw new Error(`there is no point ${label}`);
    const inputs = inputsAt(solver, readReference(name), label);
    expect(solver.solve(inputs, { tolerance: 1e-10 }, startNear(solver, point)).status).toBe('converged');
    const found = solver.gaussNewtonSensitivities();
    if (!found.ok) throw new Error(found.message);
    const { columns, du } = found.sensitivities;
    // Columns that are zero are so but for rounding.
    const least = 1e-3 * largest(flat(reference.du));
    reference.columns.forEach((column, j) => {
      const ours = component(du, columns.length, columns.indexOf(column));
      expect(gap(ours, component(reference.du, reference.columns.length, j), least), column).toBeLessThanOrEqual(1e-6);
    });
  });
});

describe('the swing-up', () => {
  it('shows how wrong the Gauss-Newton Hessian is', () => {
    const entry = compared.find(([name]) => name === 'pendulum-swing-up')?.[1];
    if (!entry) throw new Error('there is no swing-up');
    const solver = solverOf(entry);
    solver.solve(inputsAt(solver, readReference('pendulum-swing-up'), 'nominal'));
    const exact = solver.sensitivities();
    const found = solver.gaussNewtonSensitivities();
    if (!found.ok) throw new Error(found.message);
    const ofMass = (du: Float64Array) => component(du, exact.columns.length, exact.columns.indexOf('M'));
    expect(gap(ofMass(found.sensitivities.du), ofMass(exact.du))).toBeGreaterThan(0.02);
  });

  it('names what is no square', () => {
    const entry = compared.find(([name]) => name === 'solution-jump')?.[1];
    if (!entry) throw new Error('there is no solution-jump');
    const solver = solverOf(entry);
    solver.solve(inputsAt(solver, readReference('solution-jump'), 'theta=0.1'));
    const found = solver.gaussNewtonSensitivities();
    expect(found.ok).toBe(false);
    expect(found.ok ? [] : found.terms).not.toEqual([]);
  });
});
