/**
 * Units for the rows of the constraints: the standard deviation that each has where the trajectory is drawn with the
 * density exp(-cost), the dynamics met. Measured in them, one penalty suits all rows, whatever units they are written in.
 * By the factors of the Riccati recursion (see riccati.ts), with xi normal of unit variance,
 *
 *   u = -L^{-T} (K x + xi),   x+ = J (x, u),   S_0 = 0 where x_0 is fixed, (L_0 L_0')^{-1} where it is free,
 *
 * so the covariances of the stages follow forwards, with E = [I; -L^{-T} K] and F = [0; L^{-T}]:
 *
 *   Z = E S E' + F F',   S+ = (J E) S (J E)' + (J F) (J F)',
 *
 * free of the cancellation that J Z J' has where the dynamics are unstable.
 */
import { type Indexish, max, type Procedure, type Real, real } from '../kernel';
import type { Riccati } from './riccati';
import { next } from './stageFunctions';
import type { SegmentPlace, Workspace } from './workspace';

export interface Units {
  /** For every stage in turn, after the factorisation of the cost alone: `body` with the variance of each row. */
  readonly measure: Procedure;
}

/** Of a row that nothing can move. */
const FIXED = 1e-12;

export function defineUnits(
  w: Workspace,
  riccati: Riccati,
  body: (k: Indexish, place: SegmentPlace, variance: (row: number) => Real) => void,
): Units {
  const { program, nx, nu, nz, free } = w;
  const S = program.buffer('units.S', nx, nx);
  const Z = program.buffer('units.Z', nz, nz);
  const inverse = program.buffer('units.inverse', nu, nu); // L^{-T}
  const E = program.buffer('units.E', nu, nx); // -L^{-T} K
  const closed = program.buffer('units.closed', nx, nx); // J E
  const noise = program.buffer('units.noise', nx, nu); // J F
  const product = program.buffer('units.product', nx, nx);
  const initialInverse = program.buffer('units.initialInverse', free.length, free.length);

  /** out := L^{-T}, L with the inverse of its diagonal. */
  const invert = (n: number, L: (i: Indexish, j: Indexish) => Real, out: typeof inverse): void =>
    program.for(0, n, (j) => {
      program.for(0, n, (i) => out.at(i, j).set(0));
      out.at(j, j).set(L(j, j));
      program.forDown(0, j, (i) => {
        const known = program.variable(0);
        program.for(next(i), next(j), (m) => known.add(L(m, i).times(out.at(m, j))));
        out.at(i, j).set(known.negated().times(L(i, i)));
      });
    });
  const sum = (count: number, term: (m: Indexish) => Real): Real => program.sum(0, count, term);
  const forBlock = (rows: number, columns: number, entry: (i: Indexish, j: Indexish) => void): void =>
    program.each(0, rows, (i) => program.each(0, columns, (j) => entry(i, j)));
  const control = (j: Indexish): Indexish => (typeof j === 'number' ? j + nx : j.plus(nx));

  /** Z of stage k from S. */
  const spread = (k: Indexish): void => {
    invert(nu, (i, j) => riccati.L.at(k, i, j), inverse);
    forBlock(nu, nx, (i, j) => E.at(i, j).set(sum(nu, (m) => inverse.at(i, m).times(riccati.K.at(k, m, j))).negated()));
    forBlock(nx, nx, (i, j) => Z.at(i, j).set(S.at(i, j)));
    forBlock(nu, nx, (i, j) => {
      const value = sum(nx, (m) => E.at(i, m).times(S.at(m, j)));
      Z.at(control(i), j).set(value);
      Z.at(j, control(i)).set(value);
    });
    forBlock(nu, nu, (i, j) => {
      const fromState = sum(nx, (m) => Z.at(control(i), m).times(E.at(j, m)));
      Z.at(control(i), control(j)).set(fromState.plus(sum(nu, (m) => inverse.at(i, m).times(inverse.at(j, m)))));
    });
  };
  /** S of the next stage. */
  const advance = (k: Indexish): void => {
    const J = (i: Indexish, j: Indexish): Real => w.dynamicsJacobian.at(k, i, j);
    forBlock(nx, nx, (i, j) => closed.at(i, j).set(J(i, j).plus(sum(nu, (m) => J(i, control(m)).times(E.at(m, j))))));
    forBlock(nx, nu, (i, j) => noise.at(i, j).set(sum(nu, (m) => J(i, control(m)).times(inverse.at(m, j)))));
    forBlock(nx, nx, (i, j) => product.at(i, j).set(sum(nx, (m) => closed.at(i, m).times(S.at(m, j)))));
    forBlock(nx, nx, (i, j) => {
      const carried = sum(nx, (m) => product.at(i, m).times(closed.at(j, m)));
      S.at(i, j).set(carried.plus(sum(nu, (m) => noise.at(i, m).times(noise.at(j, m)))));
    });
  };
  const varianceIn =
    (place: SegmentPlace, k: Indexish, covariance: typeof Z) =>
    (row: number): Real => {
      const own = place.jacobian.filter((entry) => entry.row === row);
      const pairs = own.flatMap((a) => own.map((b) => a.at(k).times(b.at(k)).times(covariance.at(a.column, b.column))));
      return max(
        pairs.reduce((total, pair) => total.plus(pair), real(0)),
        FIXED,
      );
    };

  const stages = w.segments.map((place) =>
    program.procedure(
      `units.stage.${place.index}`,
      (k) => {
        const { terminal } = place.segment;
        if (!terminal) spread(k);
        body(k, place, varianceIn(place, k, terminal ? S : Z));
        if (!terminal) advance(k);
      },
      false,
    ),
  );
  const measure = program.procedure(
    'units.measure',
    () => {
      forBlock(nx, nx, (i, j) => S.at(i, j).set(0));
      if (free.length > 0) invert(free.length, (i, j) => riccati.L0.at(i, j), initialInverse);
      free.forEach((row, i) =>
        free.forEach((column, j) => {
          S.at(row, column).set(sum(free.length, (m) => initialInverse.at(i, m).times(initialInverse.at(j, m))));
        }),
      );
      w.forStages((k, place) => stages[place.index].call(k));
    },
    false,
  );
  return { measure };
}
