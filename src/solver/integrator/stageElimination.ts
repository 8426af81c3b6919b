/**
 * Second derivatives of an explicit substep whose stages each build on the one before, by elimination of the stages from
 * the last to the first: Horner's scheme for sum_i [D_i; E]' (kappa_i . f_zz) [D_i; E], in which
 *
 *   X_i = X + a_i K_{i-1},   so that   dX_i = dX + G dX_{i-1} + B du,   (G, B) = a_i (f_x, f_u) at stage i - 1.
 *
 * The matrix W of second derivatives is carried in the coordinates (X, Y = X_i, u). With V = W_XY + W_YY and
 * R = W_YY B + W_Yu, going on to Y = X_{i-1} puts
 *
 *   W_XX + W_YX + V,   V G,        W_Xu + W_Yu + V B,
 *                      G' W_YY G,  G' R,
 *                                  W_uu + B' R + W_uY B
 *
 * in its place; at the first stage Y is X. (Vertex elimination: Griewank & Walther, Evaluating Derivatives, 2nd ed.,
 * chapter 9.)
 */
import type { Real } from '../../kernel';
import type { Matrices, Matrix } from './matrices';

/** Second derivatives by a state Y and the controls. */
export interface Curvature {
  readonly yy: Matrix;
  readonly yu: Matrix;
  readonly uu: Matrix;
}

/** dY = G dY' + B du */
export interface Substitution {
  readonly g: Matrix;
  readonly b: Matrix;
}

export interface EliminatedStage extends Substitution {
  /** kappa . f_zz. */
  readonly curvature: Curvature;
}

/** By Y' instead of Y; `yg` and `r` are W_YY G and R on the way. */
export function substitute(
  m: Matrices,
  { yy, yu, uu }: Curvature,
  { g, b }: Substitution,
): Curvature & { readonly yg: Matrix; readonly r: Matrix } {
  const yg = m.product(yy, g);
  const r = m.product(yy, b, yu);
  return {
    yy: m.transposedSymmetric(g, yg),
    yu: m.transposed(g, r),
    uu: m.transposedSymmetric(b, r, m.transposed(yu, b, uu)),
    yg,
    r,
  };
}

export function added(m: Matrices, a: Curvature, b: Curvature): Curvature {
  return {
    yy: m.symmetric(a.yy.length, (i, j) => a.yy[i][j].plus(b.yy[i][j])),
    yu: m.sum(a.yu, b.yu),
    uu: m.symmetric(a.uu.length, (i, j) => a.uu[i][j].plus(b.uu[i][j])),
  };
}

/** The second derivatives of the substep, by X and u. */
export function eliminateStages(m: Matrices, nx: number, nu: number, stages: readonly EliminatedStage[]): Curvature {
  const last = stages.length - 1;
  let { curvature } = stages[last];
  let [xx, xy, xu] = [m.zero(nx, nx), m.zero(nx, nx), m.zero(nx, nu)];
  for (let s = last - 1; s >= 0; s--) {
    const { g, b } = stages[s];
    const { yy, yu } = curvature;
    const v = m.sum(xy, yy);
    const { yg, r, ...before } = substitute(m, curvature, { g, b });
    const isFirst = s === last - 1; // V is W_YY then
    xx = m.symmetric(nx, (i, j) => xx[i][j].plus(xy[j][i]).plus(v[i][j]));
    xu = isFirst ? r : m.product(v, b, m.sum(xu, yu));
    xy = isFirst ? yg : m.product(v, g);
    curvature = added(m, before, stages[s].curvature);
  }
  const both = (i: number, j: number): Real => xy[i][j].plus(xy[j][i]);
  return added(m, { yy: m.symmetric(nx, (i, j) => xx[i][j].plus(both(i, j))), yu: xu, uu: m.zero(nu, nu) }, curvature);
}
