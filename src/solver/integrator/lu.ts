/**
 * Dense LU factorisation with partial pivoting, P A = L U (Golub & Van Loan, section 3.4), of the matrix in memory. The
 * pivot row is a number of the lane, so rows are exchanged under a mask.
 */
import { abs, type Buffer, type Indexish, type Procedure, real } from '../../kernel';
import type { Workspace } from '../workspace';

export interface Lu {
  /** [n][n], overwritten by its factors. */
  readonly matrix: Buffer;
  readonly factorise: Procedure;
  /** [n], overwritten by A^{-1} of it, or A^{-T} of it. */
  readonly vector: Buffer;
  readonly solve: Procedure;
  readonly solveTransposed: Procedure;
}

export function defineLu(w: Workspace, name: string, n: number): Lu {
  const { program } = w;
  const matrix = program.shared(`${name}.matrix`, n, n);
  const pivot = program.shared(`${name}.pivot`, n);
  const vector = program.shared(`${name}.vector`, n);
  const after = (i: Indexish): Indexish => (typeof i === 'number' ? i + 1 : i.plus(1));
  const numberOf = (i: Indexish) => (typeof i === 'number' ? real(i) : i.toReal());

  /** Exchange entries j and pivot(j) of the vector. */
  const exchange = (j: Indexish): void =>
    program.each(after(j), n, (i) =>
      program.if(pivot.at(j).eq(numberOf(i)), () => {
        const kept = program.let(vector.at(j));
        vector.at(j).set(vector.at(i));
        vector.at(i).set(kept);
      }),
    );

  const factorise = program.procedure(
    `${name}.factorise`,
    () =>
      program.each(0, n, (j) => {
        const largest = program.variable(abs(matrix.at(j, j)));
        pivot.at(j).set(numberOf(j));
        program.each(after(j), n, (i) =>
          program.if(abs(matrix.at(i, j)).gt(largest), () => {
            largest.set(abs(matrix.at(i, j)));
            pivot.at(j).set(numberOf(i));
          }),
        );
        program.each(after(j), n, (i) =>
          program.if(pivot.at(j).eq(numberOf(i)), () =>
            program.each(0, n, (c) => {
              const kept = program.let(matrix.at(j, c));
              matrix.at(j, c).set(matrix.at(i, c));
              matrix.at(i, c).set(kept);
            }),
          ),
        );
        const inverse = program.let(real(1).over(matrix.at(j, j)));
        program.each(after(j), n, (i) => {
          const factor = program.let(matrix.at(i, j).times(inverse));
          matrix.at(i, j).set(factor);
          program.each(after(j), n, (c) => matrix.at(i, c).add(factor.times(matrix.at(j, c)).negated()));
        });
      }),
    false,
  );

  const solve = program.procedure(
    `${name}.solve`,
    () => {
      program.each(0, n, exchange);
      program.each(0, n, (i) =>
        vector.at(i).add(program.sum(0, i, (m) => matrix.at(i, m).times(vector.at(m))).negated()),
      );
      program.eachDown(0, n, (i) =>
        vector.at(i).set(
          vector
            .at(i)
            .minus(program.sum(after(i), n, (m) => matrix.at(i, m).times(vector.at(m))))
            .over(matrix.at(i, i)),
        ),
      );
    },
    false,
  );

  /** A' x = v: U' y = v, L' (P x) = y. */
  const solveTransposed = program.procedure(
    `${name}.solveTransposed`,
    () => {
      program.each(0, n, (i) =>
        vector.at(i).set(
          vector
            .at(i)
            .minus(program.sum(0, i, (m) => matrix.at(m, i).times(vector.at(m))))
            .over(matrix.at(i, i)),
        ),
      );
      program.eachDown(0, n, (i) =>
        vector.at(i).add(program.sum(after(i), n, (m) => matrix.at(m, i).times(vector.at(m))).negated()),
      );
      program.eachDown(0, n, exchange);
    },
    false,
  );

  return { matrix, factorise, vector, solve, solveTransposed };
}
