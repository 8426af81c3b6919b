/**
 * The primal-dual Newton system of a problem at an iterate, unreduced: every equation on its own, in dz, the costates,
 * y, t, zeta, e and v, with matrices straight from the problem's expressions.
 */
import { largest, Transcription } from '../../problem/testing';
import type { Workspace } from '../workspace';

/** The kernel's buffers by name. */
export interface Memory {
  buffer(name: string): Float64Array;
}

/** Right-hand sides: each linearised equation is its matrix times the direction = -(this), but sides = +(this). */
export interface NewtonRhs {
  readonly stationarity: readonly number[][];
  /** dx_{k+1} = J dz_k + this; of row 0 dx_0 = this. */
  readonly dynamics: readonly number[][];
  readonly equalities: readonly number[];
  /** dt = this - sign c_z dz + de */
  readonly sides: readonly number[];
  /** t dzeta + zeta dt = this */
  readonly complementarity: readonly number[];
  /** l2 de - dzeta - dv = this */
  readonly penalty: readonly number[];
  /** e dv + v de = this */
  readonly violation: readonly number[];
}

/** The matrices of one stage, and which of the solver's sides and equalities are at it. */
export interface NewtonStage {
  readonly z: number;
  readonly hessian: readonly (readonly number[])[];
  readonly jacobian: readonly (readonly number[])[];
  readonly sides: readonly {
    number: number;
    soft: number | null;
    sign: number;
    gradient: readonly number[];
    l2: number;
  }[];
  readonly equalities: readonly { number: number; gradient: readonly number[] }[];
}

const dot = (a: readonly number[], b: ArrayLike<number>, offset = 0): number =>
  a.reduce((sum, value, i) => sum + value * b[offset + i], 0);

/** The matrices at the iterate in the kernel's memory. */
export function newtonStages(w: Workspace, memory: Memory, parameters: ArrayLike<number>): NewtonStage[] {
  const transcription = new Transcription(w.stages.problem);
  const { nx, nz, N } = w;
  const at = (name: string) => memory.buffer(name);
  return Array.from({ length: N + 1 }, (_, k) => {
    const place = w.segments.find(({ segment }) => segment.from <= k && k < segment.to);
    if (!place) throw new Error(`no segment holds stage ${k}`);
    const z = [...at('point').slice(k * nz, k * nz + place.variables)];
    const costate = k < N ? [...at('costate').slice((k + 1) * nx, (k + 2) * nx)] : [];
    const { jacobian, rows } = transcription.stage(k, parameters, z);
    const rowOf = (constraint: number | null) => rows.findIndex((row) => row.constraint === constraint);
    const multipliers = rows.map(() => 0);
    const equalities = place.segment.equalities.map(({ constraint }, i) => {
      const number = place.equality(k, i) as number;
      multipliers[rowOf(constraint)] += at('y')[number];
      return { number, gradient: rows[rowOf(constraint)].gradient };
    });
    const sides = place.segment.sides.map(({ constraint, sign, soft }, i) => {
      const number = place.side(k, i) as number;
      const row = rows[rowOf(constraint)];
      multipliers[rowOf(constraint)] += sign * at('zeta')[number];
      const softNumber = soft ? (place.soft(k, i) as number) : null;
      return { number, soft: softNumber, sign, gradient: row.gradient, l2: row.soft?.l2 ?? 0 };
    });
    const hessian = transcription.hessian(k, parameters, z, costate, multipliers);
    return { z: place.variables, hessian, jacobian, sides, equalities };
  });
}

/** Residuals of the dual and primal equations and of the products, each relative to the largest of its terms. */
export function newtonResidual(
  w: Workspace,
  memory: Memory,
  stages: readonly NewtonStage[],
  rhs: NewtonRhs,
  regularisation: number,
): number {
  const { nx, nz, N } = w;
  const d = (name: string) => memory.buffer(`d.${name}`);
  const dz = (k: number) => [...d('point').slice(k * nz, k * nz + stages[k].z)];
  const dcostate = (k: number) => [...d('costate').slice(k * nx, (k + 1) * nx)];
  const dual: number[] = [];
  const primal: number[] = [];
  const product: number[] = [];
  const primalSize = largest(d('point')) + largest(d('t')) + largest(d('e')) + largest(rhs.sides);
  const dualSize = 1 + largest(d('costate')) + largest(d('y')) + largest(d('zeta')) + largest(d('v'));
  stages.forEach(({ z, hessian, jacobian, sides, equalities }, k) => {
    for (let i = 0; i < z; i++) {
      let sum = rhs.stationarity[k][i] + dot(hessian[i], dz(k)) + regularisation * dz(k)[i];
      if (i < nx) sum -= dcostate(k)[i];
      if (k < N) sum += dcostate(k + 1).reduce((total, value, m) => total + value * jacobian[m][i], 0);
      for (const { number, gradient } of equalities) sum += gradient[i] * d('y')[number];
      for (const { number, sign, gradient } of sides) sum += sign * gradient[i] * d('zeta')[number];
      dual.push(sum);
    }
    for (let i = 0; i < nx; i++) {
      if (k < N) primal.push(rhs.dynamics[k + 1][i] + dot(jacobian[i], dz(k)) - dz(k + 1)[i]);
      if (k === 0 && w.fixed.includes(i)) primal.push(rhs.dynamics[0][i] - dz(0)[i]);
      if (k === 0 && w.free.includes(i)) dual.push(dcostate(0)[i]);
    }
    for (const { number, gradient } of equalities) primal.push(rhs.equalities[number] + dot(gradient, dz(k)));
    for (const { number, soft, sign, gradient, l2 } of sides) {
      const [t, zeta] = [memory.buffer('t')[number], memory.buffer('zeta')[number]];
      const [dt, dzeta] = [d('t')[number], d('zeta')[number]];
      const de = soft === null ? 0 : d('e')[soft];
      primal.push(rhs.sides[number] - sign * dot(gradient, dz(k)) + de - dt);
      product.push((rhs.complementarity[number] - t * dzeta - zeta * dt) / (t * dualSize + zeta * primalSize));
      if (soft === null) continue;
      const [e, v, dv] = [memory.buffer('e')[soft], memory.buffer('v')[soft], d('v')[soft]];
      dual.push(rhs.penalty[soft] - l2 * de + dzeta + dv);
      product.push((rhs.violation[soft] - e * dv - v * de) / (e * dualSize + v * primalSize));
    }
  });
  return Math.max(largest(dual) / (dualSize + primalSize), largest(primal) / primalSize, largest(product));
}
