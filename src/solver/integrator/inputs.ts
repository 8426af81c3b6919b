/**
 * Derivatives of a Runge-Kutta step by inputs p of the slope alone (parameters, signals), with z = (x, u) at rest. For
 * explicit methods, in the notation of explicit.ts, forwards with P = dX/dp,
 *
 *   P_i = P + sum_j a_ij DK_j,   DK_i = f_x P_i + f_p,   P+ = P + sum_i b_i DK_i,
 *
 * and backwards with the adjoints' own derivatives, wdot that of the costate w (Griewank & Walther, section 5.1),
 *
 *   kappadot_i = b_i wdot + sum_{j>i} a_ji xidot_j,
 *   (xidot_i, udot_i) = f_z' kappadot_i + (kappa_i . f_zx) P_i + kappa_i . f_zp,   wdot <- wdot + sum_i xidot_i,
 *
 * so that d2(w'X+)/dx dp is wdot at the start of the step, and d2(w'X+)/du dp the sum of all udot_i: the tangents by z, of
 * which there may be more than inputs, are never needed. Implicit methods take all directions together.
 */
import { type Indexish, type Real, real, ZERO } from '../../kernel';
import type { RungeKuttaDynamics } from '../../problem';
import type { Workspace } from '../workspace';
import { type Block, block } from './block';
import type { Directions } from './directions';
import {
  addPulled,
  bindStage,
  combine,
  type ExplicitMethod,
  isExplicit,
  type MethodStage,
  stageAdjoint,
} from './method';
import { startOf, stepDerivatives } from './step';

/** So many inputs are gone through in straight-line code, where zeros fold away; for more it is too long to be fast. */
const UNROLLED = 8;

export interface InputDerivatives {
  /** dX+/dp, with rows for what is accumulated; and d2(w'X+)/dz dp, what is accumulated with weight 1. */
  readonly tangent: Block;
  readonly mixed: Block;
}

/** `directions`: those of z, then the inputs. `seed`: w. */
export function inputDerivatives(
  w: Workspace,
  dynamics: RungeKuttaDynamics,
  z: readonly Real[],
  seed: readonly Real[],
  directions: Directions,
): InputDerivatives {
  const { method, nz } = w;
  if (!method || !isExplicit(method)) {
    const { jacobian, hessian } = stepDerivatives(w, dynamics, z, seed, directions);
    const behind = (matrix: Block): Block => ({
      at: (i, j) => matrix.at(i, typeof j === 'number' ? nz + j : j.plus(nz)),
    });
    return { tangent: behind(jacobian), mixed: behind(hessian) };
  }
  const seeds = [...seed, ...Array.from({ length: dynamics.accumulators }, () => real(1))];
  const differentiate = dynamics.substeps === 1 ? oneSubstep : manySubsteps;
  return w.program.unrolling(UNROLLED, () =>
    differentiate(new InputSubsteps(w, dynamics, method, z.slice(w.nx), directions), startOf(w, dynamics, z), seeds),
  );
}

interface Forward {
  readonly stages: readonly MethodStage[];
  readonly end: readonly Real[];
  readonly endTangent: Block;
}

interface Backward {
  /** Of X, w and wdot. */
  readonly seed: readonly Real[];
  readonly seedDot: Block;
  /** The substep's share of d2(w'X+)/du dp. */
  readonly controls: Block;
}

class InputSubsteps {
  readonly inputs: number;

  constructor(
    readonly w: Workspace,
    readonly dynamics: RungeKuttaDynamics,
    readonly method: ExplicitMethod,
    private readonly controls: readonly Real[],
    private readonly directions: Directions,
  ) {
    this.inputs = directions.columns - w.nz;
  }

  forward(start: readonly Real[], startTangent: Block): Forward {
    const { w, dynamics } = this;
    const { program, nx, nz } = w;
    const { jacobian } = this.directions;
    const inner = start.length;
    const { a, b } = dynamics.tableau;
    const slopes: Real[][] = [];
    const slopeTangents: Block[] = [];
    const combined = (weights: readonly number[], name: string): Block =>
      slopeTangents.every((_, j) => (weights[j] ?? 0) === 0)
        ? startTangent
        : this.block(name, inner, (i, j) =>
            slopeTangents.reduce((sum, k, s) => sum.plus(k.at(i, j).times(weights[s] ?? 0)), startTangent.at(i, j)),
          );
    const stages = a.map((row, s): MethodStage => {
      const lowering = w.invariants.lowering(bindStage(w, dynamics, combine(w, start, row, slopes), this.controls, []));
      const values = lowering
        .lower([...dynamics.slope, ...jacobian.map(({ value }) => value)])
        .map((value) => program.let(value));
      const tangent = combined(row, `inputs.${s}`);
      const entries = values.slice(inner);
      const by = jacobian.map(({ row: i, column }, e) => ({ row: i, column, value: entries[e] }));
      slopes.push(values.slice(0, inner));
      slopeTangents.push(
        this.block(
          `inputs.slope.${s}`,
          inner,
          (i, j) =>
            sumOf(by, ({ row: r, column, value }) => r === i && column < nx && value.times(tangent.at(column, j))),
          by.filter(({ column }) => column >= nz),
        ),
      );
      return { lowering, tangent, jacobian: entries };
    });
    return { stages, end: combine(w, start, b, slopes), endTangent: combined(b, 'inputs.end') };
  }

  backward({ stages }: Forward, seed: readonly Real[], seedDot: Block): Backward {
    const { w, dynamics, directions } = this;
    const { program, nx, nz } = w;
    const { a, b } = dynamics.tableau;
    const xi: Real[][] = stages.map(() => []);
    const pulledDots: Block[] = [];
    for (let s = stages.length - 1; s >= 0; s--) {
      const { tangent, jacobian } = stages[s];
      const following = stages.flatMap((_, j) => (j > s && a[j][s] !== 0 ? [{ j, weight: a[j][s] }] : []));
      const kappa = seed.map((value, i) =>
        program.let(
          following.reduce(
            (sum, { j, weight }) => (i < nx ? sum.plus(xi[j][i].times(weight)) : sum),
            value.times(b[s]),
          ),
        ),
      );
      const kappaDot = this.block(`inputs.kappa.${s}`, nx, (i, j) =>
        following.reduce(
          (sum, next) => sum.plus(pulledDots[next.j].at(i, j).times(next.weight)),
          seedDot.at(i, j).times(b[s]),
        ),
      );
      const { pulled, curvature } = stageAdjoint(w, dynamics, stages[s], kappa, directions);
      xi[s] = pulled;
      const slope = directions.jacobian.map(({ row, column }, e) => ({ row, column, value: jacobian[e] }));
      const curved = directions.curvature.map(({ row, column }, e) => ({ row, column, value: curvature[e] }));
      pulledDots[s] = this.block(
        `inputs.pulled.${s}`,
        nz,
        (i, j) =>
          sumOf(slope, ({ row, column, value }) => column === i && row < nx && value.times(kappaDot.at(row, j))).plus(
            sumOf(curved, ({ row, column, value }) => row === i && column < nx && value.times(tangent.at(column, j))),
          ),
        curved.filter(({ column }) => column >= nz),
      );
    }
    const all = (i: number, j: Indexish): Real =>
      pulledDots.reduce<Real>((sum, pulled) => sum.plus(pulled.at(i, j)), ZERO);
    return {
      seed: addPulled(seed, xi),
      seedDot: { at: (i, j) => seedDot.at(i, j).plus(all(i, j)) },
      controls: { at: (i, j) => all(nx + i, j) },
    };
  }

  /** One column an input; `direct` entries have the columns of the directions. */
  private block(
    name: string,
    rows: number,
    entry: (i: number, j: Indexish) => Real,
    direct: readonly { readonly row: number; readonly column: number; readonly value: Real }[] = [],
  ): Block {
    const { nz } = this.w;
    const own = direct.map(({ row, column, value }) => ({ row, column: column - nz, value }));
    return block(this.w.program, name, rows, this.inputs, entry, own);
  }
}

const NO_TANGENT: Block = { at: () => ZERO };

function oneSubstep(substeps: InputSubsteps, start: readonly Real[], seed: readonly Real[]): InputDerivatives {
  const { nx } = substeps.w;
  const forward = substeps.forward(start, NO_TANGENT);
  const { seedDot, controls } = substeps.backward(forward, seed, NO_TANGENT);
  return {
    tangent: forward.endTangent,
    mixed: { at: (i, j) => (i < nx ? seedDot.at(i, j) : controls.at(i - nx, j)) },
  };
}

/** Forward over the substeps, keeping where each began; then backwards, each one done again. */
function manySubsteps(substeps: InputSubsteps, start: readonly Real[], seed: readonly Real[]): InputDerivatives {
  const { w, dynamics, inputs } = substeps;
  const { program, nx, nz } = w;
  const count = dynamics.substeps;
  const inner = start.length;
  const states = program.shared('substep.states', count + 1, inner);
  const tangents = program.shared(`inputs.tangents.${inputs}`, count + 1, inner, inputs);
  const mixed = program.shared(`inputs.mixed.${inputs}`, nz, inputs);
  const rows = (n: number, body: (i: number, j: Indexish) => void): void => {
    for (let i = 0; i < n; i++) program.each(0, inputs, (j) => body(i, j));
  };
  const forwardFrom = (s: Indexish): Forward => {
    const state = start.map((_, i) => program.let(states.at(s, i)));
    return substeps.forward(state, { at: (i, j) => tangents.at(s, i, j) });
  };
  start.forEach((value, i) => states.at(0, i).set(value));
  rows(inner, (i, j) => tangents.at(0, i, j).set(0));
  program.for(0, count, (s) => {
    const { end, endTangent } = forwardFrom(s);
    end.forEach((value, i) => states.at(s.plus(1), i).set(value));
    rows(inner, (i, j) => tangents.at(s.plus(1), i, j).set(endTangent.at(i, j)));
  });
  const adjoint = seed.map((value) => program.variable(value));
  rows(nz, (i, j) => mixed.at(i, j).set(0));
  program.forDown(0, count, (s) => {
    const before = substeps.backward(forwardFrom(s), adjoint, mixed);
    rows(nx, (i, j) => mixed.at(i, j).set(before.seedDot.at(i, j)));
    rows(nz - nx, (i, j) => mixed.at(nx + i, j).add(before.controls.at(i, j)));
    before.seed.map((value) => program.let(value)).forEach((value, i) => adjoint[i].set(value));
  });
  return { tangent: { at: (i, j) => tangents.at(count, i, j) }, mixed };
}

/** The sum of what the entries give, those that give something. */
function sumOf<Entry>(entries: readonly Entry[], term: (entry: Entry) => Real | false): Real {
  return entries.reduce<Real>((sum, entry) => {
    const value = term(entry);
    return value === false ? sum : sum.plus(value);
  }, ZERO);
}
