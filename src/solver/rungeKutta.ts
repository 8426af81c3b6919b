/**
 * A Runge-Kutta step of slope f (the step size included in f) and its derivatives up to second order, chained through
 * the method's stages rather than expanded into one expression. For stage i of a substep that starts at X,
 *
 *   X_i = X + sum_j a_ij K_j,   K_i = f(X_i, u),           X+ = X + sum_i b_i K_i,
 *   D_i = D + sum_j a_ij DK_j,  DK_i = f_x D_i + [0 f_u],  D+ = D + sum_i b_i DK_i,    D = dX/d(x_k, u_k),
 *
 * and, backwards with the costate w of X+ (Hairer, Lubich & Wanner, Geometric Numerical Integration, VI.10),
 *
 *   kappa_i = b_i w + sum_{j>i} a_ji xi_j,   xi_i = f_x' kappa_i,   w <- w + sum_i xi_i.
 *
 * The Hessian of w'X+ is the sum over all stages of [D_i; E]' (kappa_i . f_zz) [D_i; E] with E = du/d(x_k, u_k):
 * f is the only nonlinear part, and kappa_i its adjoint.
 */
import type { Node, SparseEntry } from '../expression';
import { type Indexish, type Program, type Real, real, ZERO } from '../kernel';
import type { RungeKuttaDynamics } from '../problem';
import type { Lowering } from './invariants';
import type { Workspace } from './workspace';

/** Entries of a matrix whose row is known at generation time; the column may be a loop counter. */
interface Block {
  at(i: number, j: Indexish): Real;
}

export interface StepDerivatives {
  readonly value: readonly Real[];
  readonly jacobian: Block;
  /** The wanted part of the Hessian of w'X+. */
  readonly hessian: Block;
}

/** X+ alone. `z` are the values of (x_k, u_k). */
export function stepValue(w: Workspace, dynamics: RungeKuttaDynamics, z: readonly Real[]): Real[] {
  const start = z.slice(0, w.nx);
  const controls = z.slice(w.nx);
  if (dynamics.substeps === 1) return advance(w, dynamics, start, controls).end;
  const state = start.map((x) => w.program.variable(x));
  w.program.for(0, dynamics.substeps, () => {
    const { end } = advance(w, dynamics, state, controls);
    end.map((x) => w.program.let(x)).forEach((x, i) => state[i].set(x));
  });
  return state;
}

/** Directions in which a step is differentiated: first those of z, then perhaps parameters. */
export interface Directions {
  readonly columns: number;
  /** df in these directions, [nx][columns]. */
  readonly jacobian: readonly SparseEntry[];
  /** d2(w'f) by z and these directions, [nz][columns], both triangles. */
  readonly curvature: readonly SparseEntry[];
  /** Columns of the Hessian wanted in row i. */
  wanted(i: number): readonly [from: number, to: number];
}

/** Directions of z alone, with the lower triangle of the Hessian. */
export function stateDirections(w: Workspace, dynamics: RungeKuttaDynamics): Directions {
  const mirrored = dynamics.hessian
    .filter(({ row, column }) => row !== column)
    .map(({ row, column, value }) => ({ row: column, column: row, value }));
  return {
    columns: w.nz,
    jacobian: dynamics.jacobian,
    curvature: [...dynamics.hessian, ...mirrored],
    wanted: (i) => [0, i + 1],
  };
}

/** X+, its Jacobian and the Hessian of w'X+ with w = `seed`, in the given directions. */
export function stepDerivatives(
  w: Workspace,
  dynamics: RungeKuttaDynamics,
  z: readonly Real[],
  seed: readonly Real[],
  directions: Directions = stateDirections(w, dynamics),
): StepDerivatives {
  const differentiate = dynamics.substeps === 1 ? oneSubstep : manySubsteps;
  return differentiate(w, dynamics, z, seed, directions);
}

function oneSubstep(
  w: Workspace,
  dynamics: RungeKuttaDynamics,
  z: readonly Real[],
  seed: readonly Real[],
  directions: Directions,
): StepDerivatives {
  const start = identity(w, directions);
  const stages = forwardStages(w, dynamics, z.slice(0, w.nx), start, z.slice(w.nx), directions);
  const hessian = zeroHessian(w, directions);
  backwardStages(w, dynamics, stages, seed, hessian, directions);
  return { value: stages.end, jacobian: stages.endTangent, hessian };
}

/** Forward over the substeps, keeping where each began; then backwards, each one done again with its derivatives. */
function manySubsteps(
  w: Workspace,
  dynamics: RungeKuttaDynamics,
  z: readonly Real[],
  seed: readonly Real[],
  directions: Directions,
): StepDerivatives {
  const { program, nx, nz } = w;
  const { substeps } = dynamics;
  const { columns } = directions;
  const states = program.shared('substep.states', substeps + 1, nx);
  const tangents = program.shared(`substep.tangents.${columns}`, substeps + 1, nx, columns);
  const total = program.shared(`substep.hessian.${columns}`, nz, columns);
  const controls = z.slice(nx);
  const stateAt = (s: Indexish): Real[] => z.slice(0, nx).map((_, i) => program.let(states.at(s, i)));
  const tangentAt = (s: Indexish): Block =>
    columns <= program.unrollLimit
      ? block(program, 'tangent', nx, columns, (i, j) => tangents.at(s, i, j))
      : { at: (i, j) => tangents.at(s, i, j) };
  const forWanted = (body: (i: number, j: Indexish) => void): void => {
    for (let i = 0; i < nz; i++) program.each(...directions.wanted(i), (j) => body(i, j));
  };

  for (let i = 0; i < nx; i++) {
    states.at(0, i).set(z[i]);
    program.each(0, columns, (j) => tangents.at(0, i, j).set(0));
    tangents.at(0, i, i).set(1);
  }
  program.for(0, substeps, (s) => {
    const stages = forwardStages(w, dynamics, stateAt(s), tangentAt(s), controls, directions);
    for (let i = 0; i < nx; i++) {
      states.at(s.plus(1), i).set(stages.end[i]);
      program.each(0, columns, (j) => tangents.at(s.plus(1), i, j).set(stages.endTangent.at(i, j)));
    }
  });

  const adjoint = seed.map((value) => program.variable(value));
  forWanted((i, j) => total.at(i, j).set(0));
  program.forDown(0, substeps, (s) => {
    const stages = forwardStages(w, dynamics, stateAt(s), tangentAt(s), controls, directions);
    const hessian = zeroHessian(w, directions);
    const before = backwardStages(w, dynamics, stages, adjoint, hessian, directions);
    forWanted((i, j) => total.at(i, j).add(hessian.at(i, j)));
    before.map((value) => program.let(value)).forEach((value, i) => adjoint[i].set(value));
  });
  return {
    value: stateAt(substeps),
    jacobian: { at: (i, j) => tangents.at(substeps, i, j) },
    hessian: total,
  };
}

/** The stages of one substep without derivatives. */
function advance(w: Workspace, dynamics: RungeKuttaDynamics, start: readonly Real[], controls: readonly Real[]): { end: Real[] } {
  const { a, b } = dynamics.tableau;
  const slopes: Real[][] = [];
  for (const row of a) {
    const state = combine(w, start, row, slopes);
    const lowering = w.invariants.lowering(bind(w, [...state, ...controls]));
    slopes.push(lowering.lower(dynamics.slope).map((k) => w.program.let(k)));
  }
  return { end: combine(w, start, b, slopes) };
}

interface ForwardStages {
  readonly stages: readonly { readonly lowering: Lowering; readonly tangent: Block }[];
  readonly end: Real[];
  readonly endTangent: Block;
}

function forwardStages(
  w: Workspace,
  dynamics: RungeKuttaDynamics,
  start: readonly Real[],
  startTangent: Block,
  controls: readonly Real[],
  directions: Directions,
): ForwardStages {
  const { program, nx } = w;
  const { columns, jacobian } = directions;
  const { a, b } = dynamics.tableau;
  const slopes: Real[][] = [];
  const slopeTangents: Block[] = [];
  const stages: { lowering: Lowering; tangent: Block }[] = [];
  const combined = (weights: readonly number[], name: string): Block =>
    slopeTangents.every((_, j) => (weights[j] ?? 0) === 0)
      ? startTangent
      : block(program, name, nx, columns, (i, j) =>
          slopeTangents.reduce((sum, k, s) => sum.plus(k.at(i, j).times(weights[s] ?? 0)), startTangent.at(i, j)),
        );
  for (const row of a) {
    const state = combine(w, start, row, slopes);
    const tangent = combined(row, `tangent.${stages.length}`);
    const lowering = w.invariants.lowering(bind(w, [...state, ...controls]));
    const values = lowering.lower([...dynamics.slope, ...jacobian.map((entry) => entry.value)]);
    slopes.push(values.slice(0, nx).map((k) => program.let(k)));
    slopeTangents.push(chain(w, `slope.${stages.length}`, nx, columns, jacobian, values.slice(nx), tangent));
    stages.push({ lowering, tangent });
  }
  return { stages, end: combine(w, start, b, slopes), endTangent: combined(b, 'tangent.end') };
}

/** Adds the Hessian contributions of the substep and returns the costate of its start. */
function backwardStages(
  w: Workspace,
  dynamics: RungeKuttaDynamics,
  { stages }: ForwardStages,
  seed: readonly Real[],
  hessian: MutableBlock,
  directions: Directions,
): Real[] {
  const { program, nx, nz } = w;
  const { a, b } = dynamics.tableau;
  const xi: Real[][] = stages.map(() => []);
  for (let s = stages.length - 1; s >= 0; s--) {
    const kappa = seed.map((value, i) => {
      let sum = value.times(b[s]);
      for (let j = s + 1; j < stages.length; j++) sum = sum.plus(xi[j][i].times(a[j][s]));
      return program.let(sum);
    });
    if (kappa.every((value) => value.literal === 0)) {
      xi[s] = kappa;
      continue;
    }
    const { lowering, tangent } = stages[s];
    lowering.bind(dynamics.seeds, kappa);
    const values = lowering.lower([...dynamics.pullback, ...directions.curvature.map((entry) => entry.value)]);
    xi[s] = values.slice(0, nx).map((value) => program.let(value));
    if (directions.curvature.length === 0) continue;
    const { columns, curvature: entries } = directions;
    const curvature = chain(w, `curvature.${s}`, nz, columns, entries, values.slice(nx), tangent);
    const rows = [...new Set(entries.map(({ row }) => row))];
    for (let i = 0; i < nz; i++)
      program.each(...directions.wanted(i), (j) => {
        let sum = ZERO;
        for (const m of rows) if (m < nx) sum = sum.plus(tangent.at(m, i).times(curvature.at(m, j)));
        if (i >= nx && rows.includes(i)) sum = sum.plus(curvature.at(i, j));
        hessian.add(i, j, sum);
      });
  }
  return seed.map((value, i) => xi.reduce((sum, stage) => sum.plus(stage[i]), value));
}

/** The sparse matrix `entries` times [tangent; E], where row nx + i of E is the unit row of control or parameter i. */
function chain(
  w: Workspace,
  name: string,
  rows: number,
  columns: number,
  entries: readonly SparseEntry[],
  values: readonly Real[],
  tangent: Block,
): Block {
  const { program, nx } = w;
  const fixed = values.map((value) => program.let(value));
  const direct = entries.flatMap(({ row, column }, e) => (column >= nx ? [{ row, column, value: fixed[e] }] : []));
  return block(
    program,
    name,
    rows,
    columns,
    (i, j) =>
      entries.reduce(
        (sum, { row, column }, e) => (row === i && column < nx ? sum.plus(fixed[e].times(tangent.at(column, j))) : sum),
        ZERO,
      ),
    direct,
  );
}

/** start + sum_j weights_j slopes_j, fixed now. */
function combine(w: Workspace, start: readonly Real[], weights: readonly number[], slopes: readonly (readonly Real[])[]): Real[] {
  return start.map((x, i) => w.program.let(slopes.reduce((sum, k, j) => sum.plus(k[i].times(weights[j])), x)));
}

function bind(w: Workspace, z: readonly Real[]): Map<Node, Real> {
  return new Map([...w.stages.x, ...w.stages.u].map((symbol, i) => [symbol, z[i]]));
}

/** entry(i, j) plus the `direct` entries: in locals where the columns are few, in memory otherwise. */
function block(
  program: Program,
  name: string,
  rows: number,
  columns: number,
  entry: (i: number, j: Indexish) => Real,
  direct: readonly { readonly row: number; readonly column: number; readonly value: Real }[] = [],
): Block {
  if (columns <= program.unrollLimit) {
    const values = Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_, j) => {
        const extra = direct.filter((d) => d.row === i && d.column === j);
        return program.let(extra.reduce((sum, d) => sum.plus(d.value), entry(i, j)));
      }),
    );
    return { at: (i, j) => values[i][j as number] };
  }
  const memory = program.shared(`${name}.${columns}`, rows, columns);
  for (let i = 0; i < rows; i++) {
    program.each(0, columns, (j) => memory.at(i, j).set(entry(i, j)));
    for (const d of direct) if (d.row === i) memory.at(i, d.column).add(d.value);
  }
  return { at: (i, j) => memory.at(i, j) };
}

function identity(w: Workspace, { columns }: Directions): Block {
  const ones = Array.from({ length: w.nx }, (_, i) => ({ row: i, column: i, value: real(1) }));
  return block(w.program, 'identity', w.nx, columns, () => ZERO, ones);
}

interface MutableBlock extends Block {
  add(i: number, j: Indexish, value: Real): void;
}

function zeroHessian(w: Workspace, { columns, wanted }: Directions): MutableBlock {
  const { program, nz } = w;
  if (columns <= program.unrollLimit) {
    const values = Array.from({ length: nz }, () => Array.from({ length: columns }, () => ZERO));
    return {
      at: (i, j) => values[i][j as number],
      add: (i, j, value) => {
        values[i][j as number] = program.let(values[i][j as number].plus(value));
      },
    };
  }
  const memory = program.shared(`step.hessian.${columns}`, nz, columns);
  for (let i = 0; i < nz; i++) program.each(...wanted(i), (j) => memory.at(i, j).set(0));
  return { at: (i, j) => memory.at(i, j), add: (i, j, value) => memory.at(i, j).add(value) };
}
