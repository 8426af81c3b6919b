/**
 * Implicit Runge-Kutta methods (collocation), for stiff systems and for index-1 differential-algebraic ones. With
 * algebraic variables Y and the stacked slope f~ = (f, -g), the step size included in f, the unknowns (K_i, Y_i) solve
 *
 *   R_i = (K_i - f(X_i, Y_i, u),  g(X_i, Y_i, u)) = 0,   X_i = X + sum_j a_ij K_j,   X+ = X + sum_i b_i K_i.
 *
 * Newton's method with M = dR/d(K, Y), damped where it leaps, finds them; the implicit function theorem gives the
 * derivatives, with the same M:
 *
 *   M (DK, DY) = f~_x D + f~_u   (stage by stage),         D+ = D + sum_i b_i DK_i,
 *   M' kappa = (b_i w, 0),        w <- w + sum_i f~_x' kappa_i,
 *
 * and the Hessian of w'X+ is sum_i [D_i; DY_i; E]' (kappa_i . f~_zz) [D_i; DY_i; E], as for explicit methods. Along a
 * direction, with h_i as in along.ts,
 *
 *   M' kappadot = (b_i wdot + sum_j a_ji h_jx, h_iY).
 *
 * (Hairer & Wanner, Solving Ordinary Differential Equations II, IV.8; Quirynen 2017, chapter 2.)
 */
import { abs, max, type Place, type Real, real } from '../../kernel';
import type { RungeKuttaDynamics } from '../../problem';
import type { Lowering } from '../invariants';
import type { Workspace } from '../workspace';
import { bindDirection, pullAlong, type StageAlong } from './along';
import { type Block, block, chain } from './block';
import { defineLu, type Lu } from './lu';
import { addPulled, bindStage, combine, innerStates, type Method, type MethodStage, pullBack } from './method';

const MAX_NEWTON = 60;
/** Newton ends one step after its step is this small, relative to the unknowns: the error is then its square. */
const CONVERGED = 1e-9;
/** Steps that are larger than this after all iterations come of equations that are not solved. */
const UNSOLVED = 1e-4;
/** A step is halved where it makes the residual so many times larger, or not a number, unless it is small already. */
const MOST_GROWTH = 1e3;
const SMALL = 1e-6;
const LEAST_DAMPING = 1e-3;

/** The Newton matrix and its factors, one for all steps of the problem. */
export function defineNewtonMatrix(w: Workspace, dynamics: RungeKuttaDynamics): Lu {
  return defineLu(w, 'collocation', dynamics.tableau.b.length * dynamics.slope.length);
}

export function implicitMethod(w: Workspace, dynamics: RungeKuttaDynamics, lu: Lu): Method {
  const { program, nx } = w;
  const { a, b } = dynamics.tableau;
  const rows = dynamics.slope.length; // states and accumulators, then algebraic equations
  const inner = innerStates(w, dynamics);
  const ny = rows - inner;
  const unknowns = program.shared('collocation.unknowns', b.length, rows);
  const unsolved = program.shared('collocation.unsolved', 1).at(0);
  const step = program.shared('collocation.step', b.length * rows);
  const forUnknowns = (body: (unknown: Place, i: number) => void): void => {
    for (let s = 0; s < b.length; s++) for (let i = 0; i < rows; i++) body(unknowns.at(s, i), s * rows + i);
  };
  const slopeAt = (s: number): Real[] => Array.from({ length: inner }, (_, i) => unknowns.at(s, i));

  const slopesNow = (): Real[][] => b.map((_, s) => slopeAt(s));

  /** The stages at the present unknowns: where their functions are lowered. */
  const stagesAt = (start: readonly Real[], controls: readonly Real[]): Lowering[] => {
    const slopes = slopesNow();
    return a.map((row, s) => {
      const state = combine(w, start, row, slopes);
      const algebraics = Array.from({ length: ny }, (_, i) => program.let(unknowns.at(s, inner + i)));
      return w.invariants.lowering(bindStage(w, dynamics, state, controls, algebraics));
    });
  };

  /** M into lu.matrix: identity on the slopes, minus the Jacobian of f~ through X_i and Y_i. */
  const assemble = (jacobians: readonly (readonly Real[])[]): void => {
    const { matrix } = lu;
    const n = b.length * rows;
    program.each(0, n, (i) => program.each(0, n, (j) => matrix.at(i, j).set(0)));
    for (const [s, values] of jacobians.entries()) {
      for (let i = 0; i < inner; i++) matrix.at(s * rows + i, s * rows + i).set(1);
      dynamics.jacobian.forEach(({ row, column }, e) => {
        const value = program.let(values[e].negated());
        if (column >= w.nz) matrix.at(s * rows + row, s * rows + inner + column - w.nz).add(value);
        else if (column < nx)
          for (let j = 0; j < b.length; j++) matrix.at(s * rows + row, j * rows + column).add(value.times(a[s][j]));
      });
    }
  };

  const newton = (start: readonly Real[], controls: readonly Real[]): void => {
    // The algebraic variables at the shooting node are the last controls.
    const guess = controls.slice(w.nu - ny, w.nu);
    const first = w.invariants.lowering(bindStage(w, dynamics, start, controls, guess));
    const slope = first.lower(dynamics.slope.slice(0, inner)).map((value) => program.let(value));
    for (let s = 0; s < b.length; s++) {
      for (let i = 0; i < inner; i++) unknowns.at(s, i).set(slope[i]);
      for (let i = 0; i < ny; i++) unknowns.at(s, inner + i).set(guess[i]);
    }
    const left = program.variable(MAX_NEWTON);
    const relative = program.variable(1);
    const damping = program.variable(1);
    const before = program.variable(Number.POSITIVE_INFINITY);
    program.while(left.gt(0), () => {
      const values = stagesAt(start, controls).map((lowering) =>
        lowering.lower([...dynamics.slope, ...dynamics.jacobian.map((entry) => entry.value)]),
      );
      const norm = program.variable(0);
      for (const [s, stage] of values.entries())
        for (let i = 0; i < rows; i++) {
          const residual = program.let(i < inner ? unknowns.at(s, i).minus(stage[i]) : stage[i].negated());
          lu.vector.at(s * rows + i).set(residual);
          norm.add(abs(residual));
        }
      left.add(-1);
      const bearable = norm.le(before.times(MOST_GROWTH)).or(relative.le(SMALL)).or(damping.le(LEAST_DAMPING));
      program.if(
        bearable.not(),
        () => {
          damping.set(damping.times(0.5));
          forUnknowns((unknown, i) => unknown.add(damping.times(step.at(i))));
        },
        () => {
          before.set(norm);
          damping.set(1);
          assemble(values.map((stage) => stage.slice(rows)));
          lu.factorise.call();
          lu.solve.call();
          const longest = program.variable(0);
          const size = program.variable(0);
          forUnknowns((unknown, i) => {
            const change = program.let(lu.vector.at(i));
            size.set(max(size, abs(unknown)));
            longest.set(max(longest, abs(change)));
            step.at(i).set(change);
            unknown.add(change.negated());
          });
          relative.set(longest.over(size.plus(1)));
          // Not a number compares as false and would go on for nothing.
          const done = relative.le(CONVERGED).or(relative.ne(relative));
          program.if(done, () => left.set(0));
        },
      );
    });
    program.if(relative.gt(UNSOLVED), () => unsolved.set(1));
  };

  return {
    unsolved,

    advance(start, controls) {
      newton(start, controls);
      return combine(
        w,
        start,
        b,
        b.map((_, s) => slopeAt(s)),
      );
    },

    forward(start, startTangent, controls, directions) {
      const { columns, jacobian } = directions;
      newton(start, controls);
      const lowerings = stagesAt(start, controls);
      const values = lowerings.map((lowering) =>
        lowering.lower([...dynamics.jacobian.map((entry) => entry.value), ...jacobian.map((entry) => entry.value)]),
      );
      const own = dynamics.jacobian.length;
      assemble(values.map((stage) => stage.slice(0, own)));
      lu.factorise.call();

      // Right-hand sides f~_x D + f~_u, all stages; algebraic variables do not depend on the directions yet.
      const still: Block = { at: (i, j) => (i < inner ? startTangent.at(i, j) : real(0)) };
      const shape = { rows, columns, nx, inner };
      const tangents = program.shared(`collocation.tangents.${columns}`, b.length, rows, columns);
      for (const [s, stage] of values.entries()) {
        const right = chain(program, `collocation.right.${s}`, shape, jacobian, stage.slice(own), still);
        for (let i = 0; i < rows; i++) program.each(0, columns, (j) => tangents.at(s, i, j).set(right.at(i, j)));
      }
      program.for(0, columns, (j) => {
        for (let s = 0; s < b.length; s++)
          for (let i = 0; i < rows; i++) lu.vector.at(s * rows + i).set(tangents.at(s, i, j));
        lu.solve.call();
        for (let s = 0; s < b.length; s++)
          for (let i = 0; i < rows; i++) tangents.at(s, i, j).set(lu.vector.at(s * rows + i));
      });
      const combined = (weights: readonly number[], name: string, s: number | null): Block =>
        block(program, name, s === null ? inner : rows, columns, (i, j) =>
          i < inner
            ? weights.reduce((sum, weight, m) => sum.plus(tangents.at(m, i, j).times(weight)), startTangent.at(i, j))
            : tangents.at(s as number, i, j),
        );
      const stages: MethodStage[] = lowerings.map((lowering, s) => ({
        lowering,
        tangent: combined(a[s], `tangent.${s}`, s),
        jacobian: values[s].slice(own),
      }));
      const end = combine(
        w,
        start,
        b,
        b.map((_, s) => slopeAt(s)),
      );
      return { stages, end, endTangent: combined(b, 'tangent.end', null) };
    },

    backward({ stages }, seed, hessian, directions) {
      for (let s = 0; s < b.length; s++)
        for (let i = 0; i < rows; i++) lu.vector.at(s * rows + i).set(i < inner ? seed[i].times(b[s]) : 0);
      lu.solveTransposed.call();
      const kappa = stages.map((_, s) =>
        Array.from({ length: rows }, (_, i) => program.let(lu.vector.at(s * rows + i))),
      );
      const xi = stages.map((stage, s) => pullBack(w, dynamics, stage, kappa[s], hessian, directions));
      return addPulled(seed, xi);
    },

    along(start, startDot, controls, direction) {
      const { functions } = direction;
      newton(start, controls);
      const lowerings = stagesAt(start, controls);
      assemble(lowerings.map((lowering) => lowering.lower(dynamics.jacobian.map((entry) => entry.value))));
      lu.factorise.call();
      // The right-hand side: the slopes' changes where the stages follow the start alone, and Y is still.
      lowerings.forEach((_, s) => {
        const state = combine(w, start, a[s], slopesNow());
        const algebraics = Array.from({ length: ny }, (_, i) => program.let(unknowns.at(s, inner + i)));
        const still = w.invariants.lowering(bindStage(w, dynamics, state, controls, algebraics));
        still.bind(functions.xDot, startDot);
        still.bind(
          functions.yDot,
          functions.yDot.map(() => real(0)),
        );
        bindDirection(still, direction);
        still.lower(functions.slopeDot).forEach((value, i) => {
          lu.vector.at(s * rows + i).set(value);
        });
      });
      lu.solve.call();
      const dots = b.map((_, s) => Array.from({ length: rows }, (_, i) => program.let(lu.vector.at(s * rows + i))));
      const slopeDots = dots.map((stage) => stage.slice(0, inner));
      const stages = lowerings.map((lowering, s): StageAlong => {
        lowering.bind(functions.xDot, combine(w, startDot, a[s], slopeDots));
        lowering.bind(functions.yDot, dots[s].slice(inner));
        bindDirection(lowering, direction);
        return { lowering };
      });
      return { stages, end: combine(w, start, b, slopesNow()), endDot: combine(w, startDot, b, slopeDots) };
    },

    adjointAlong({ stages }, { seed, seedDot }, direction, gather) {
      const { functions } = direction;
      const weighted = (values: readonly Real[], s: number, i: number): Real =>
        i < inner ? values[i].times(b[s]) : real(0);
      const solved = (): Real[][] => {
        lu.solveTransposed.call();
        return b.map((_, s) => Array.from({ length: rows }, (_, i) => program.let(lu.vector.at(s * rows + i))));
      };
      for (let s = 0; s < b.length; s++)
        for (let i = 0; i < rows; i++) lu.vector.at(s * rows + i).set(weighted(seed, s, i));
      const kappa = solved();
      const pulled = stages.map(({ lowering }, s) => {
        lowering.bind(dynamics.seeds, kappa[s]);
        const values = lowering.lower([...dynamics.pullback, ...functions.curvature, ...functions.curvatureY]);
        return values.map((value) => program.let(value));
      });
      // The change of M' comes in on the right-hand side, through X_j = X + sum_s a_js K_s and through Y.
      for (let s = 0; s < b.length; s++)
        for (let i = 0; i < rows; i++) {
          const through =
            i < nx
              ? pulled.reduce((sum, stage, j) => sum.plus(stage[nx + i].times(a[j][s])), real(0))
              : i < inner
                ? real(0)
                : pulled[s][2 * nx + i - inner];
          lu.vector.at(s * rows + i).set(weighted(seedDot, s, i).plus(through));
        }
      const xi = pulled.map((stage) => stage.slice(0, nx));
      const xiDot = solved().map((kappaDot, s) =>
        pullAlong(w, stages[s], direction, kappaDot, gather).map((value, i) =>
          program.let(value.plus(pulled[s][nx + i])),
        ),
      );
      return { seed: addPulled(seed, xi), seedDot: addPulled(seedDot, xiDot) };
    },
  };
}
