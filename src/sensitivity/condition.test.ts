/** The estimated condition number against that of the dense matrix, on random problems. */
import fc from 'fast-check';
import { inverse, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { instantiate } from '../kernel';
import { build, distance, recipes } from '../problem/testing';
import { activeKkt } from './activeKkt';
import { compileSystem } from './compile';
import { estimateCondition } from './condition';
import { SensitivitySystem } from './sensitivitySystem';

const hard = recipes({
  N: fc.integer({ min: 1, max: 3 }),
  soft: fc.constant(0),
  initial: fc.constantFrom('fixed', 'mixed'),
});

describe('the condition of the KKT matrix of the active set', () => {
  it('is estimated from below, seldom by more than a factor', () => {
    const shares: number[] = [];
    fc.assert(
      fc.property(hard, (recipe) => {
        const { problem, parameters } = build(recipe);
        const solver = compileSystem(problem, { hessian: 'exact', secondOrder: false }, instantiate);
        const initial = new Float64Array(problem.states.length).fill(Number.NaN);
        fc.pre(solver.solve({ parameters, initial }, { tolerance: 1e-11 }).status === 'converged');
        const system = new SensitivitySystem(solver);
        system.factorise();
        fc.pre(system.trust(0).valid);
        const { executable, workspace } = solver;
        const kkt = activeKkt(workspace, executable);
        // Its inverse column by column, as the solver sees it; and the matrix from that.
        const columns = Array.from({ length: kkt.size }, (_, j) => {
          const unit = new Float64Array(kkt.size);
          unit[j] = 1;
          kkt.write(unit);
          executable.run('kkt.solve');
          return [...kkt.read()];
        });
        const inverted = new Matrix(columns);
        expect(distance(inverted.to1DArray(), inverted.transpose().to1DArray())).toBeLessThan(1e-6);
        const dense = inverse(inverted);
        const norm = (matrix: Matrix): number =>
          Math.max(
            ...matrix.to2DArray()[0].map((_, j) => matrix.getColumn(j).reduce((sum, a) => sum + Math.abs(a), 0)),
          );
        const condition = norm(dense) * norm(inverted);
        fc.pre(condition < 1e7);
        expect(kkt.norm / norm(dense)).toBeCloseTo(1, 3);
        shares.push(estimateCondition(executable, kkt) / condition);
      }),
      { numRuns: 60 },
    );
    expect(Math.max(...shares)).toBeLessThan(1 + 1e-3);
    expect(Math.min(...shares)).toBeGreaterThan(0.2);
  });
});
