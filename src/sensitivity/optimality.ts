/**
 * How good a solution is, as second-order theory sees it. With A the Jacobian of everything that holds with equality at
 * the solution (initial values, dynamics, equalities, active sides) in the variables (x, u, violations of soft sides),
 * H the exact Hessian of the Lagrangian, and Z an orthonormal basis of the null space of A (Nocedal & Wright 2006, 12.5),
 *
 *   LICQ              smallest singular value of A,
 *   second order      smallest eigenvalue of Z'HZ,
 *   strict complementarity   smallest slack plus multiplier of an inequality side.
 *
 * Dense linear algebra, for reports: cubic in the number of variables.
 */
import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from 'ml-matrix';
import { evaluate, type Node } from '../expression';
import type { Executable } from '../kernel';
import type { Workspace } from '../solver';
import { type ConstraintSide, forEachStage, sideTable } from './activeSet';

export interface Optimality {
  /** Infinity norms of the KKT residuals. */
  readonly stationarity: number;
  readonly feasibility: number;
  readonly complementarity: number;
  /** Smallest singular value of the active constraints' Jacobian; 0 where they are more than the variables. */
  readonly licq: number;
  /** Smallest eigenvalue of the reduced Hessian; null at a vertex, where there is no direction left. */
  readonly reducedHessian: number | null;
  /** null where there are no inequalities. */
  readonly strictComplementarity: number | null;
  /** Sides that hold with equality; violations of soft sides that are zero are not listed. */
  readonly active: readonly ConstraintSide[];
}

/** Singular values below this share of the largest are zero. */
const RANK = 1e-11;

/** At the linearisation in the kernel's memory. */
export function optimality(w: Workspace, kernel: Executable): Optimality {
  const table = sideTable(w);
  const numbering = new Numbering(w);
  const rows = activeRows(w, kernel, numbering);
  const jacobian = Matrix.zeros(rows.length, numbering.count);
  rows.forEach((row, i) => {
    for (const [column, value] of row) jacobian.set(i, column, jacobian.get(i, column) + value);
  });
  const { smallest, nullSpace } = decompose(jacobian, numbering.count);
  const reduced = nullSpace
    ? nullSpace
        .transpose()
        .mmul(hessianOf(w, kernel, numbering))
        .mmul(nullSpace)
    : null;
  const scalar = (name: string): number => kernel.buffer(name)[0];
  return {
    stationarity: scalar('residuals.dual'),
    feasibility: scalar('residuals.primal'),
    complementarity: scalar('residuals.complementarity'),
    licq: smallest,
    reducedHessian:
      reduced && Math.min(...new EigenvalueDecomposition(reduced, { assumeSymmetric: true }).realEigenvalues),
    strictComplementarity: smallestSum(kernel),
    active: activeSides(kernel).map((side) => table.sides[side]),
  };
}

/** Columns of the dense matrices: the points stage by stage, then the violations. */
class Numbering {
  readonly count: number;
  private readonly violations: number;

  constructor(private readonly w: Workspace) {
    this.violations = w.N * w.nz + w.nx;
    this.count = this.violations + w.softSides;
  }

  point(k: number, i: number): number {
    return k * this.w.nz + i;
  }

  violation(soft: number): number {
    return this.violations + soft;
  }
}

type SparseRow = [column: number, value: number][];

function activeSides(kernel: Executable): number[] {
  const t = kernel.buffer('t');
  const zeta = kernel.buffer('zeta');
  return Array.from(t.keys()).filter((i) => zeta[i] > t[i]);
}

function activeRows(w: Workspace, kernel: Executable, numbering: Numbering): SparseRow[] {
  const rows: SparseRow[] = [];
  for (const i of w.fixed) rows.push([[numbering.point(0, i), 1]]);
  const active = new Set(activeSides(kernel));
  const e = kernel.buffer('e');
  const v = kernel.buffer('v');
  forEachStage(w, (k, place) => {
    if (!place.segment.terminal)
      for (let i = 0; i < w.nx; i++) {
        const row: SparseRow = [[numbering.point(k + 1, i), -1]];
        for (let j = 0; j < w.nz; j++) row.push([numbering.point(k, j), w.dynamicsJacobian.read(kernel, k, i, j)]);
        rows.push(row);
      }
    const gradient = (row: number, sign: number): SparseRow =>
      place.jacobian
        .filter((entry) => entry.row === row)
        .map((entry) => [numbering.point(k, entry.column), sign * entry.read(kernel, k)]);
    for (const { row } of place.segment.equalities) rows.push(gradient(row, 1));
    place.segment.sides.forEach(({ row, sign, soft }, i) => {
      const number = place.side(k, i) as number;
      const violation = soft ? (place.soft(k, i) as number) : null;
      if (active.has(number)) {
        const own = gradient(row, sign);
        if (violation !== null) own.push([numbering.violation(violation), -1]);
        rows.push(own);
      }
      if (violation !== null && v[violation] > e[violation]) rows.push([[numbering.violation(violation), 1]]);
    });
  });
  return rows;
}

function hessianOf(w: Workspace, kernel: Executable, numbering: Numbering): Matrix {
  const hessian = Matrix.zeros(numbering.count, numbering.count);
  forEachStage(w, (k, place) => {
    for (let i = 0; i < place.variables; i++)
      for (let j = 0; j <= i; j++) {
        const value = place.hessian.read(kernel, k, i, j);
        hessian.set(numbering.point(k, i), numbering.point(k, j), value);
        hessian.set(numbering.point(k, j), numbering.point(k, i), value);
      }
    place.segment.sides.forEach(({ soft }, i) => {
      if (!soft) return;
      const at = numbering.violation(place.soft(k, i) as number);
      hessian.set(at, at, evaluate(w.stages.graph, [soft.l2], known(w, kernel, k))[0]);
    });
  });
  return hessian;
}

/** Parameters, numbers of the text and signals at stage k. */
function known({ stages }: Workspace, kernel: Executable, k: number): Map<Node, number> {
  const parameters = kernel.buffer('parameters');
  const numbers = kernel.buffer('numbers');
  const signals = kernel.buffer('signals');
  return new Map([
    ...stages.parameters.map((symbol, j): [Node, number] => [symbol, parameters[j]]),
    ...stages.numbers.map((symbol, i): [Node, number] => [symbol, numbers[i]]),
    ...stages.signals.map((symbol, s): [Node, number] => [symbol, signals[k * stages.signals.length + s]]),
  ]);
}

/** Smallest singular value of A, and a basis of its null space (null: there is none). */
function decompose(jacobian: Matrix, columns: number): { smallest: number; nullSpace: Matrix | null } {
  // Square, so that the decomposition has all right singular vectors.
  const square = Matrix.zeros(Math.max(columns, jacobian.rows), columns);
  for (let i = 0; i < jacobian.rows; i++) square.setRow(i, jacobian.getRow(i));
  const svd = new SingularValueDecomposition(square, { autoTranspose: true });
  const values = svd.diagonal;
  const order = values.map((_, i) => i).sort((a, b) => values[b] - values[a]);
  const rank = order.filter((i) => values[i] > RANK * values[order[0]]).length;
  const independent = Math.min(jacobian.rows, columns);
  const smallest = jacobian.rows > columns ? 0 : values[order[independent - 1]];
  const free = order.slice(rank);
  return {
    smallest,
    nullSpace: free.length > 0 ? svd.rightSingularVectors.subMatrixColumn(free) : null,
  };
}

function smallestSum(kernel: Executable): number | null {
  const pairs = [
    ['t', 'zeta'],
    ['e', 'v'],
  ].flatMap(([slack, multiplier]) => {
    const multipliers = kernel.buffer(multiplier);
    return Array.from(kernel.buffer(slack), (value, i) => value + multipliers[i]);
  });
  return pairs.length > 0 ? Math.min(...pairs) : null;
}
