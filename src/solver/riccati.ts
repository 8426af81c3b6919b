/**
 * The linear-quadratic subproblem by a Riccati recursion (Rawlings, Mayne & Diehl 2017, section 8.8.3; Frison & Diehl
 * 2020), in the classical form, which needs no more than a positive definite reduced Hessian:
 *
 *   min sum_k 1/2 dz_k' H_k dz_k + q_k' dz_k   subject to   dx_{k+1} = J_k dz_k + b_{k+1},   dx_0 = b_0 where fixed.
 *
 * Factorisation, with V_N = H_N and J = [A B]:   G = H + J' V+ J,   G_uu = L L',   K = L^{-1} G_ux,   V = G_xx - K'K.
 * Solution:   s = V+ b+,   g = q + J'(v+ + s),   l = L^{-1} g_u,   v = g_x - K' l,   then forwards
 *   du = -L^{-T} (l + K dx),   dx+ = J dz + b+,   costate = V dx + v.
 * Free initial states minimise 1/2 dx_0' V_0 dx_0 + v_0' dx_0.
 */
import {
  type Buffer,
  type Indexish,
  type Place,
  type Procedure,
  type Real,
  real,
  type Scratch,
  sqrt,
  ZERO,
} from '../kernel';
import type { MatrixField } from './matrixField';
import { timesVector, transposedTimesVector } from './matrixVector';
import { next } from './stageFunctions';
import { blockLoops, multiply, padded } from './tiles';
import type { Workspace } from './workspace';

export interface LinearQuadratic {
  /** Lower triangle, [N+1][nz][nz]. */
  readonly hessian: Buffer;
  /** [N][nx][nz]. */
  readonly jacobian: MatrixField;
  /** q, [N+1][nz]. */
  readonly gradient: Buffer;
  /** b, [N+1][nx]. */
  readonly offset: Buffer;
  /** Where the solution goes: dz [N+1][nz] and costates [N+1][nx]. */
  readonly point: Buffer;
  readonly costate: Buffer;
}

export interface Riccati {
  /** Sets `definite` to 1, or to 0 where the reduced Hessian is not positive definite: then there are no factors. */
  readonly factorise: Procedure;
  readonly solve: Procedure;
  /** The parts of `solve`: what depends on the offsets alone, dz from it, and the costates from dz. */
  readonly carry: Procedure;
  readonly sweep: Procedure;
  readonly costates: Procedure;
  readonly definite: Place;
  /** The factors: L with the inverse of its diagonal, [N][nu][nu], and K, [N][nu][nx or one more]. */
  readonly L: Buffer;
  readonly K: Buffer;
  /** L of V_0 in the free initial states, [free][free]. */
  readonly L0: Buffer;
}

export function defineRiccati(w: Workspace, lq: LinearQuadratic): Riccati {
  const { program, nx, nu, nz, N } = w;
  const { tiled } = w;
  const V = program.buffer('riccati.V', N + 1, nx, padded(nx));
  const v = program.buffer('riccati.v', N + 1, nx);
  const L = program.buffer('riccati.L', N, nu, nu); // inverse diagonal
  const K = program.buffer('riccati.K', N, nu, padded(nx));
  const l = program.buffer('riccati.l', N, nu);
  const s = program.buffer('riccati.s', N, nx);
  const definite = program.scalar('riccati.definite');
  const initial = defineFreeInitial(w, V, v, lq, definite);

  const jacobianAt = (k: Indexish): Entry =>
    tiled ? (i, j) => lq.jacobian.at(k, i, j) : fixed(w, nx, nz, (i, j) => lq.jacobian.at(k, i, j));
  const symmetricAt = (k: Indexish): Entry =>
    tiled
      ? (i, j) => V.at(k, i, j)
      : mirrored(fixed(w, nx, nx, (i, j) => (Number(i) >= Number(j) ? V.at(k, i, j) : real(0))));
  const scratch = (name: string, ...shape: number[]): Scratch =>
    tiled ? program.buffer(name, ...shape) : program.scratch(name, ...shape);
  const { each } = blockLoops(program, tiled);
  /** Columns of a block of nz with what pads it, which tiles may fill and nobody reads. */
  const width = tiled ? padded(nz) : nz;
  const factoriseStage = program.procedure(
    'riccati.factoriseStage',
    (k) => {
      const J = jacobianAt(k);
      const after = symmetricAt(next(k));
      const VJ = scratch('riccati.VJ', nx, padded(nz));
      multiply(program, tiled, {
        rows: nx,
        columns: width,
        start: () => ZERO,
        terms: [{ inner: nx, left: after, right: J }],
        out: (i, j, value) => VJ.at(i, j).set(value),
      });
      const JVJ = (first: number) => ({
        inner: nx,
        left: (i: Indexish, m: Indexish): Real => J(m, shift(i, first)),
        right: (m: Indexish, j: Indexish): Real => VJ.at(m, j),
      });
      const Gu = scratch('riccati.Gu', nu, padded(nz));
      multiply(program, tiled, {
        rows: nu,
        columns: width,
        start: (i, j) => lq.hessian.at(k, shift(i, nx), j),
        terms: [JVJ(nx)],
        out: (i, j, value) => Gu.at(i, j).set(value),
      });
      program.each(0, nu, (j) => {
        const known = program.sum(0, j, (m) => L.at(k, j, m).squared());
        const inverse = program.let(inversePivot(w, definite, Gu.at(j, shift(j, nx)), known));
        L.at(k, j, j).set(inverse);
        program.each(next(j), nu, (i) =>
          L.at(k, i, j).set(
            Gu.at(i, shift(j, nx))
              .minus(program.sum(0, j, (m) => L.at(k, i, m).times(L.at(k, j, m))))
              .times(inverse),
          ),
        );
        each(nx, (i) =>
          K.at(k, j, i).set(
            Gu.at(j, i)
              .minus(program.sum(0, j, (m) => L.at(k, j, m).times(K.at(k, m, i))))
              .times(inverse),
          ),
        );
      });
      multiply(program, tiled, {
        rows: nx,
        columns: tiled ? padded(nx) : nx,
        start: (i, j) => lq.hessian.at(k, i, j),
        terms: [JVJ(0), { inner: nu, left: (i, m) => K.at(k, m, i).negated(), right: (m, j) => K.at(k, m, j) }],
        out: (i, j, value) => V.at(k, i, j).set(value),
        mirror: (i, j, value) => V.at(k, j, i).set(value ?? V.at(k, i, j)),
      });
    },
    false,
  );

  const factorise = program.procedure('riccati.factorise', () => {
    definite.set(1);
    program.each(0, nx, (i) =>
      program.each(0, next(i), (j) => {
        const entry = program.let(lq.hessian.at(N, i, j));
        V.at(N, i, j).set(entry);
        V.at(N, j, i).set(entry);
      }),
    );
    // Once a pivot is not positive the rest is of no use.
    program.forDown(0, N, (k) => program.if(definite.gt(0), () => factoriseStage.call(k)));
    initial.factorise();
  });

  const carryStage = program.procedure(
    'riccati.carryStage',
    (k) =>
      transposedTimesVector(program, tiled, {
        rows: nx,
        columns: nx,
        start: () => ZERO,
        matrix: symmetricAt(next(k)),
        vector: (m) => lq.offset.at(next(k), m),
        out: (i, value) => s.at(k, i).set(value),
      }),
    false,
  );

  const backward = program.procedure(
    'riccati.backward',
    (k) => {
      const J = jacobianAt(k);
      const ahead = scratch('riccati.ahead', nx);
      each(nx, (i) => ahead.at(i).set(v.at(next(k), i).plus(s.at(k, i))));
      const g = scratch('riccati.g', nz);
      transposedTimesVector(program, tiled, {
        rows: nx,
        columns: nz,
        start: (j) => lq.gradient.at(k, j),
        matrix: J,
        vector: (m) => ahead.at(m),
        out: (j, value) => g.at(j).set(value),
      });
      program.each(0, nu, (j) =>
        l.at(k, j).set(
          g
            .at(shift(j, nx))
            .minus(program.sum(0, j, (m) => L.at(k, j, m).times(l.at(k, m))))
            .times(L.at(k, j, j)),
        ),
      );
      transposedTimesVector(program, tiled, {
        rows: nu,
        columns: nx,
        start: (i) => g.at(i),
        matrix: (m, i) => K.at(k, m, i),
        vector: (m) => l.at(k, m).negated(),
        out: (i, value) => v.at(k, i).set(value),
      });
    },
    false,
  );

  const costate = program.procedure(
    'riccati.costate',
    (k) =>
      transposedTimesVector(program, tiled, {
        rows: nx,
        columns: nx,
        start: (i) => v.at(k, i),
        matrix: symmetricAt(k),
        vector: (m) => lq.point.at(k, m),
        out: (i, value) => lq.costate.at(k, i).set(value),
      }),
    false,
  );

  const forward = program.procedure(
    'riccati.forward',
    (k) => {
      const J = jacobianAt(k);
      const right = scratch('riccati.right', nu);
      timesVector(program, tiled, {
        rows: nu,
        columns: nx,
        start: (j) => l.at(k, j),
        matrix: (j, i) => K.at(k, j, i),
        vector: (i) => lq.point.at(k, i),
        out: (j, value) => right.at(j).set(value),
      });
      program.eachDown(0, nu, (j) => {
        const known = program.sum(next(j), nu, (m) => L.at(k, m, j).times(lq.point.at(k, shift(m, nx))));
        lq.point.at(k, shift(j, nx)).set(
          right
            .at(j)
            .plus(known)
            .negated()
            .times(L.at(k, j, j)),
        );
      });
      timesVector(program, tiled, {
        rows: nx,
        columns: nz,
        start: (i) => lq.offset.at(next(k), i),
        matrix: J,
        vector: (j) => lq.point.at(k, j),
        out: (i, value) => lq.point.at(next(k), i).set(value),
      });
    },
    false,
  );

  /** Stages that do not wait for each other: blocks in tiles fill the vectors themselves. */
  const forAll = (to: number, body: (k: Indexish) => void): void =>
    tiled ? program.for(0, to, body) : program.forEach(0, to, body);
  const carry = program.procedure('riccati.carry', () => forAll(N, (k) => carryStage.call(k)), false);
  const costates = program.procedure('riccati.costates', () => forAll(N + 1, (k) => costate.call(k)), false);
  const sweep = program.procedure(
    'riccati.sweep',
    () => {
      program.each(0, nx, (i) => v.at(N, i).set(lq.gradient.at(N, i)));
      program.forDown(0, N, (k) => backward.call(k));
      for (const i of w.fixed) lq.point.at(0, i).set(lq.offset.at(0, i));
      initial.solve();
      program.for(0, N, (k) => forward.call(k));
    },
    false,
  );
  const solve = program.procedure('riccati.solve', () => {
    carry.call();
    sweep.call();
    costates.call();
  });

  return { factorise, solve, carry, sweep, costates, definite, L, K, L0: initial.L };
}

/** dx_0 of the free initial states: V_ff dx_f = -(v_f + V_fx dx_fixed), by a Cholesky factorisation of V_ff. */
function defineFreeInitial(w: Workspace, V: Buffer, v: Buffer, lq: LinearQuadratic, definite: Place) {
  const { program, free, fixed: given } = w;
  const L = program.buffer('riccati.L0', free.length, free.length); // inverse diagonal
  const sum = (from: number, to: number, term: (m: number) => Real): Real => {
    let total = ZERO;
    for (let m = from; m < to; m++) total = total.plus(term(m));
    return total;
  };
  const dx = (i: number): Place => lq.point.at(0, free[i]);
  return {
    L,
    factorise(): void {
      free.forEach((column, j) => {
        const known = (i: number): Real => sum(0, j, (m) => L.at(i, m).times(L.at(j, m)));
        L.at(j, j).set(inversePivot(w, definite, V.at(0, column, column), known(j)));
        for (let i = j + 1; i < free.length; i++)
          L.at(i, j).set(V.at(0, free[i], column).minus(known(i)).times(L.at(j, j)));
      });
    },
    solve(): void {
      free.forEach((row, j) => {
        const right = given.reduce<Real>(
          (total, i) => total.plus(V.at(0, row, i).times(lq.point.at(0, i))),
          v.at(0, row),
        );
        dx(j).set(
          right
            .plus(sum(0, j, (m) => L.at(j, m).times(dx(m))))
            .negated()
            .times(L.at(j, j)),
        );
      });
      for (let j = free.length - 1; j >= 0; j--)
        dx(j).set(
          dx(j)
            .minus(sum(j + 1, free.length, (m) => L.at(m, j).times(dx(m))))
            .times(L.at(j, j)),
        );
    },
  };
}

/** 1 / sqrt(diagonal - known); marks the Hessian as not definite, and goes on with 1, where that is not positive. */
function inversePivot(w: Workspace, definite: Place, diagonal: Real, known: Real): Place {
  const { program } = w;
  const pivot = program.let(diagonal.minus(known));
  const inverse = program.variable(1);
  const negligible = program.let(diagonal.times(w.target.pivot));
  program.if(
    pivot.gt(0).and(pivot.gt(negligible)),
    () => inverse.set(real(1).over(sqrt(pivot))),
    () => definite.set(0),
  );
  return inverse;
}

type Entry = (i: Indexish, j: Indexish) => Real;

/** A small matrix fixed now, in locals; a larger one stays in memory. */
function fixed(w: Workspace, rows: number, columns: number, entry: Entry): Entry {
  if (Math.max(rows, columns) > w.program.unrollLimit) return entry;
  const values = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => w.program.let(entry(i, j))),
  );
  return (i, j) => values[Number(i)][Number(j)];
}

function mirrored(lower: Entry): Entry {
  return (i, j) => (Number(i) >= Number(j) ? lower(i, j) : lower(j, i));
}

const shift = (i: Indexish, by: number): Indexish => (typeof i === 'number' ? i + by : i.plus(by));
