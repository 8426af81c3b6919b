/**
 * Convexification of the stage Hessians, block by block, through their eigenvalues (Verschueren et al. 2017):
 * `project` raises small and negative ones to a smallest value, `mirror` takes their magnitude. The eigenvalues are
 * found by cyclic Jacobi rotations (Golub & Van Loan 2013, section 8.5), whose number of sweeps does not depend on data.
 */
import { abs, copysign, type Indexish, max, type Procedure, real, select, sqrt } from '../kernel';
import type { SegmentPlace, Workspace } from './workspace';

export type Regularisation = 'none' | 'mirror' | 'project';

const SMALLEST = 1e-4;
const SWEEPS = 12;

/** Define the procedure that replaces the Hessian of every stage. */
export function defineRegularisation(w: Workspace, kind: Regularisation): Procedure {
  const { program } = w;
  if (kind === 'none') return program.procedure('regularisation.none', () => {}, false);
  const { nz } = w;
  const A = program.buffer('regularisation.A', nz, nz);
  const V = program.buffer('regularisation.V', nz, nz);

  /** A := J' A J, V := V J with the rotation that makes A(p, q) vanish. */
  const rotate = (n: number, p: Indexish, q: Indexish): void => {
    const apq = program.let(A.at(p, q));
    program.if(abs(apq).gt(0), () => {
      const tau = program.let(A.at(q, q).minus(A.at(p, p)).over(apq.times(2)));
      const t = program.let(copysign(real(1), tau).over(abs(tau).plus(sqrt(tau.times(tau).plus(1)))));
      const c = program.let(real(1).over(sqrt(t.times(t).plus(1))));
      const s = program.let(t.times(c));
      const turn = (matrix: typeof A, first: (i: Indexish) => [Indexish, Indexish], second: typeof first): void =>
        program.each(0, n, (i) => {
          const a = program.let(matrix.at(...first(i)));
          const b = program.let(matrix.at(...second(i)));
          matrix.at(...first(i)).set(c.times(a).minus(s.times(b)));
          matrix.at(...second(i)).set(s.times(a).plus(c.times(b)));
        });
      turn(
        A,
        (i) => [i, p],
        (i) => [i, q],
      );
      turn(
        A,
        (i) => [p, i],
        (i) => [q, i],
      );
      turn(
        V,
        (i) => [i, p],
        (i) => [i, q],
      );
    });
  };

  const stage = (place: SegmentPlace): Procedure =>
    program.procedure(
      `regularisation.stage.${place.index}`,
      (k) => {
        const n = place.variables;
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) {
            A.at(i, j).set(i >= j ? place.hessian.at(k, i, j) : place.hessian.at(k, j, i));
            V.at(i, j).set(i === j ? 1 : 0);
          }
        program.for(0, SWEEPS, () => {
          for (let p = 0; p < n; p++) program.for(p + 1, n, (q) => rotate(n, p, q));
        });
        const values = Array.from({ length: n }, (_, m) => {
          const value = program.let(A.at(m, m));
          return program.let(
            kind === 'mirror' ? max(abs(value), SMALLEST) : select(value.lt(SMALLEST), SMALLEST, value),
          );
        });
        for (let i = 0; i < n; i++)
          for (let j = 0; j <= i; j++)
            place.hessian.replace(
              k,
              i,
              j,
              values.reduce((sum, value, m) => sum.plus(value.times(V.at(i, m)).times(V.at(j, m))), real(0)),
            );
      },
      false,
    );
  const stages = w.segments.map(stage);
  return program.procedure('regularisation.run', () => w.forStages((k, place) => stages[place.index].call(k)), false);
}
