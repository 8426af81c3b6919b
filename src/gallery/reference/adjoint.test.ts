/** Forward and adjoint sensitivities of every problem of the gallery at every point of its reference: they are the same. */
import { describe, expect, it } from 'vitest';
import type { Seed, Sensitivities } from '../../sensitivity';
import { largest } from './compare';
import { readReference } from './read';
import { readSolutions } from './solutions';
import { compared, inputsAt, solverOf, startNear } from './solver';

/** At a vertex all is decided by constraints, and their multipliers by differences of large numbers. */
const illConditioned = ['double-integrator-min-time'];

/** Derivatives that are smaller than this, relative to the largest, are zero but for rounding. */
const ROUNDING = 1e-5;

/** Weights of either sign, the same in every run. */
const weights = (length: number): Float64Array => Float64Array.from({ length }, (_, i) => Math.sin(1 + 1.37 * i));

interface Expected {
  readonly gradient: Float64Array;
  /** Sum of the sizes of the terms: what rounding is relative to. */
  readonly scale: number;
}

function weighed(weight: ArrayLike<number>, derivatives: Float64Array, columns: number): Expected {
  const gradient = new Float64Array(columns);
  const sizes = new Float64Array(columns);
  for (let i = 0; i < weight.length; i++)
    for (let j = 0; j < columns; j++) {
      const term = (weight[i] ?? 0) * (derivatives[i * columns + j] ?? Number.NaN);
      gradient[j] = (gradient[j] ?? 0) + term;
      sizes[j] = (sizes[j] ?? 0) + Math.abs(term);
    }
  return { gradient, scale: Math.max(...sizes) };
}

/** Every kind of seed with what the forward sensitivities make of it. */
function seeds(forward: Sensitivities): { readonly what: string; readonly seed: Seed; readonly expected: Expected }[] {
  const count = forward.columns.length;
  const of = (what: string, derivatives: Float64Array, seed: (weight: Float64Array) => Seed) => {
    const weight = weights(derivatives.length / count);
    return { what, seed: seed(weight), expected: weighed(weight, derivatives, count) };
  };
  return [
    of('x', forward.dx, (x) => ({ x })),
    of('u', forward.du, (u) => ({ u })),
    of('algebraics', forward.dalgebraics, (algebraics) => ({ algebraics })),
    of('costates', forward.dcostates, (costates) => ({ costates })),
    of('objective', forward.dobjective, ([objective]) => ({ objective })),
    ...forward.dconstraints.flatMap(({ name, stages: _, ...kinds }) =>
      Object.entries(kinds).map(([kind, derivatives]) =>
        of(`${kind} of ${name}`, derivatives, (weight) => ({ constraints: [{ name, [kind]: weight }] })),
      ),
    ),
  ];
}

describe.each(compared)('%s', (name, entry) => {
  const problem = readReference(name);
  const solver = solverOf(entry);
  const accuracy = illConditioned.includes(name) ? 1e-8 : 1e-9;

  it.each(readSolutions(name).map((point) => [point.label, point] as const))('%s', (label, reference) => {
    solver.solve(inputsAt(solver, problem, label), { tolerance: 1e-10 }, startNear(solver, reference));
    const forward = solver.sensitivities();
    const size = largest([...forward.dx, ...forward.du, ...forward.dcostates]);
    for (const { what, seed, expected } of seeds(forward)) {
      const { gradient, columns, valid } = solver.adjoint(seed);
      expect(columns).toEqual(forward.columns);
      expect(valid).toBe(forward.valid);
      const gap = Math.max(...gradient.map((value, j) => Math.abs(value - (expected.gradient[j] ?? Number.NaN))));
      expect(gap, what).toBeLessThanOrEqual(accuracy * Math.max(expected.scale, ROUNDING * size));
    }
  });

  it('is the derivative of the sum of the first controls, of every parameter', () => {
    for (const reference of readSolutions(name)) {
      if (!reference.sensitivity.valid) continue;
      solver.solve(inputsAt(solver, problem, reference.label), { tolerance: 1e-10 }, startNear(solver, reference));
      const nu = solver.problem.controls.length;
      const u = Float64Array.from({ length: solver.problem.horizon.steps * nu }, (_, i) => (i < nu ? 1 : 0));
      const { gradient, columns } = solver.adjoint({ u });
      const { allColumns } = reference.sensitivity;
      const most = largest(allColumns.dSumU0);
      allColumns.columns.forEach((column, j) => {
        const gap = Math.abs((gradient[columns.indexOf(column)] ?? Number.NaN) - (allColumns.dSumU0[j] ?? Number.NaN));
        expect(gap, column).toBeLessThanOrEqual(1e-6 * Math.max(most, 1e-3));
      });
    }
  });
});
