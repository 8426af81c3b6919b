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
  /** Lower triangle of the Hessian of w'X+, i >= j. */
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

/** X+, its Jacobian and the Hessian of w'X+ with w = `seed`. */
export function stepDerivatives(
  w: Workspace,
  dynamics: RungeKuttaDynamics,
  z: readonly Real[],
  seed: readonly Real[],
): StepDerivatives {
  return dynamics.substeps === 1
    ? oneSubstep(w, dynamics, z, seed)
    : manySubsteps(w, dynamics, z, seed);
}

function oneSubstep(w: Workspace, dynamics: RungeKuttaDynamics, z: readonly Real[], seed: readonly Real[]): StepDerivatives {
  const stages = forwardStages(w, dynamics, z.slice(0, w.nx), identity(w), z.slice(w.nx));
  const hessian = zeroTriangle(w);
  backwardStages(w, dynamics, stages, seed, hessian);
  return { value: stages.end, jacobian: stages.endTangent, hessian };
}

/** Forward over the substeps, keeping where each began; then backwards, each one done again with its derivatives. */
function manySubsteps(w: Workspace, dynamics: RungeKuttaDynamics, z: readonly Real[], seed: readonly Real[]): StepDerivatives {
  const { program, nx, nz } = w;
  const { substeps } = dynamics;
  const memory = w.once('substeps', () => ({
    states: program.buffer('substep.states', substeps + 1, nx),
    tangents: program.buffer('substep.tangents', substeps + 1, nx, nz),
    hessian: program.buffer('substep.hessian', nz, nz),
  }));
  const controls = z.slice(nx);
  const stateAt = (s: Indexish): Real[] => z.slice(0, nx).map((_, i) => program.let(memory.states.at(s, i)));
  const tangentAt = (s: Indexish): Block =>
    nz <= program.unrollLimit
      ? block(program, 'tangent', nx, nz, (i, j) => memory.tangents.at(s, i, j))
      : { at: (i, j) => memory.tangents.at(s, i, j) };

  for (let i = 0; i < nx; i++) {
    memory.states.at(0, i).set(z[i]);
    program.each(0, nz, (j) => memory.tangents.at(0, i, j).set(0));
    memory.tangents.at(0, i, i).set(1);
  }
  program.for(0, substeps, (s) => {
    const stages = forwardStages(w, dynamics, stateAt(s), tangentAt(s), controls);
    for (let i = 0; i < nx; i++) {
      memory.states.at(s.plus(1), i).set(stages.end[i]);
      program.each(0, nz, (j) => memory.tangents.at(s.plus(1), i, j).set(stages.endTangent.at(i, j)));
    }
  });

  const adjoint = seed.map((value) => program.variable(value));
  program.each(0, nz, (i) => program.each(0, nz, (j) => memory.hessian.at(i, j).set(0)));
  program.forDown(0, substeps, (s) => {
    const stages = forwardStages(w, dynamics, stateAt(s), tangentAt(s), controls);
    const hessian = zeroTriangle(w);
    const before = backwardStages(w, dynamics, stages, adjoint, hessian);
    for (let i = 0; i < nz; i++) program.each(0, i + 1, (j) => memory.hessian.at(i, j).add(hessian.at(i, j)));
    before.map((value) => program.let(value)).forEach((value, i) => adjoint[i].set(value));
  });
  return {
    value: stateAt(substeps),
    jacobian: { at: (i, j) => memory.tangents.at(substeps, i, j) },
    hessian: memory.hessian as Block,
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
): ForwardStages {
  const { program, nx, nz } = w;
  const { a, b } = dynamics.tableau;
  const slopes: Real[][] = [];
  const slopeTangents: Block[] = [];
  const stages: { lowering: Lowering; tangent: Block }[] = [];
  const combined = (weights: readonly number[], name: string): Block =>
    slopeTangents.every((_, j) => (weights[j] ?? 0) === 0)
      ? startTangent
      : block(program, name, nx, nz, (i, j) =>
          slopeTangents.reduce((sum, k, s) => sum.plus(k.at(i, j).times(weights[s] ?? 0)), startTangent.at(i, j)),
        );
  for (const row of a) {
    const state = combine(w, start, row, slopes);
    const tangent = combined(row, `tangent.${stages.length}`);
    const lowering = w.invariants.lowering(bind(w, [...state, ...controls]));
    const values = lowering.lower([...dynamics.slope, ...dynamics.jacobian.map((entry) => entry.value)]);
    slopes.push(values.slice(0, nx).map((k) => program.let(k)));
    slopeTangents.push(chain(w, `slope.${stages.length}`, nx, dynamics.jacobian, values.slice(nx), tangent));
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
    const values = lowering.lower([...dynamics.pullback, ...dynamics.hessian.map((entry) => entry.value)]);
    xi[s] = values.slice(0, nx).map((value) => program.let(value));
    const mirrored = dynamics.hessian.flatMap((entry, i) => mirror(entry, values[nx + i]));
    if (mirrored.length === 0) continue;
    const curvature = chain(w, `curvature.${s}`, nz, mirrored, mirrored.map((m) => m.real), tangent);
    const rows = [...new Set(mirrored.map(({ row }) => row))];
    for (let i = 0; i < nz; i++)
      program.each(0, i + 1, (j) => {
        let sum = ZERO;
        for (const m of rows) if (m < nx) sum = sum.plus(tangent.at(m, i).times(curvature.at(m, j)));
        if (i >= nx && rows.includes(i)) sum = sum.plus(curvature.at(i, j));
        hessian.add(i, j, sum);
      });
  }
  return seed.map((value, i) => xi.reduce((sum, stage) => sum.plus(stage[i]), value));
}

function mirror(entry: SparseEntry, value: Real): { row: number; column: number; real: Real }[] {
  const { row, column } = entry;
  return row === column ? [{ row, column, real: value }] : [
    { row, column, real: value },
    { row: column, column: row, real: value },
  ];
}

/** The sparse matrix `entries` times [tangent; E], where row nx + i of E is the unit row of control i. */
function chain(
  w: Workspace,
  name: string,
  rows: number,
  entries: readonly { readonly row: number; readonly column: number }[],
  values: readonly Real[],
  tangent: Block,
): Block {
  const { program, nx, nz } = w;
  const fixed = values.map((value) => program.let(value));
  const direct = entries.flatMap(({ row, column }, e) => (column >= nx ? [{ row, column, value: fixed[e] }] : []));
  return block(
    program,
    name,
    rows,
    nz,
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
  const memory = program.shared(name, rows, columns);
  for (let i = 0; i < rows; i++) {
    program.each(0, columns, (j) => memory.at(i, j).set(entry(i, j)));
    for (const d of direct) if (d.row === i) memory.at(i, d.column).add(d.value);
  }
  return { at: (i, j) => memory.at(i, j) };
}

function identity(w: Workspace): Block {
  const ones = Array.from({ length: w.nx }, (_, i) => ({ row: i, column: i, value: real(1) }));
  return block(w.program, 'identity', w.nx, w.nz, () => ZERO, ones);
}

interface MutableBlock extends Block {
  add(i: number, j: Indexish, value: Real): void;
}

function zeroTriangle(w: Workspace): MutableBlock {
  const { program, nz } = w;
  if (nz <= program.unrollLimit) {
    const values = Array.from({ length: nz }, () => Array.from({ length: nz }, () => ZERO));
    return {
      at: (i, j) => values[i][j as number],
      add: (i, j, value) => {
        values[i][j as number] = program.let(values[i][j as number].plus(value));
      },
    };
  }
  const memory = program.shared('triangle', nz, nz);
  for (let i = 0; i < nz; i++) program.each(0, i + 1, (j) => memory.at(i, j).set(0));
  return { at: (i, j) => memory.at(i, j), add: (i, j, value) => memory.at(i, j).add(value) };
}
