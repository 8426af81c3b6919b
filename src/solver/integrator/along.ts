/**
 * A Runge-Kutta step along one direction, and the derivatives of its change by parameters: with X+ = F(X, u, p), a seed w
 * and a direction (Xdot, udot, pdot, wdot), the gradient by the inputs p of
 *
 *   d/de  (w + e wdot)' F(X + e Xdot, u + e udot, p + e pdot)      at e = 0.
 *
 * One pass forwards and one backwards, whatever the number of inputs: second-order adjoints (Griewank & Walther,
 * Evaluating Derivatives, 2nd ed., section 5.1). Per stage, with f~dot the change of the slope along the direction,
 *
 *   h = d(kappa' f~dot)/d(x, Y),   xidot = h_x + f~_x' kappadot,   gradient += d(kappadot' f~ + kappa' f~dot)/dp,
 *
 * where kappa and its change kappadot are the adjoints of the stage, as the methods find them.
 */
import { jvp, type Node, symbolsOf, vjp } from '../../expression';
import type { Real } from '../../kernel';
import type { RungeKuttaDynamics } from '../../problem';
import type { Lowering } from '../invariants';
import type { Workspace } from '../workspace';

/** What is differentiated by, and what moves along. */
export interface AlongFunctions {
  /** Numbers, among parameters and then signals, of the inputs the slope depends on. */
  readonly inputs: readonly number[];
  /** Symbols of the changes of x, controls, algebraic variables; and of the inputs, where these move. */
  readonly xDot: readonly Node[];
  readonly uDot: readonly Node[];
  readonly yDot: readonly Node[];
  readonly inputDot: readonly Node[];
  /** f~dot. */
  readonly slopeDot: readonly Node[];
  /** h by x, and by the algebraic variables. */
  readonly curvature: readonly Node[];
  readonly curvatureY: readonly Node[];
  /** Symbols of kappadot, and f~_x' kappadot. */
  readonly seedDots: readonly Node[];
  readonly pullbackDot: readonly Node[];
  /** d(kappadot' f~ + kappa' f~dot)/d(inputs). */
  readonly gradient: readonly Node[];
}

export function alongFunctions(w: Workspace, dynamics: RungeKuttaDynamics, inputsMove: boolean): AlongFunctions {
  const { graph, x, u, parameters, signals } = w.stages;
  const { slope, seeds, algebraics } = dynamics;
  const all = [...parameters, ...signals];
  const present = new Set(symbolsOf(graph, slope));
  const inputs = all.flatMap((symbol, j) => (present.has(symbol) ? [j] : []));
  const controls = u.slice(0, u.length - algebraics.length);
  const dots = (name: string, symbols: readonly unknown[]): Node[] =>
    symbols.map((_, i) => graph.symbol(`along.${name}${i}`));
  const xDot = dots('x', x);
  const uDot = dots('u', controls);
  const yDot = dots('y', algebraics);
  const inputDot = inputsMove ? dots('p', inputs) : [];
  const seedDots = dots('w', seeds);
  const direction = new Map<Node, Node>();
  const move = (symbols: readonly Node[], changes: readonly Node[]): void =>
    changes.forEach((change, i) => direction.set(symbols[i], change));
  const inputSymbols = inputs.map((j) => all[j]);
  move(x, xDot);
  move(controls, uDot);
  move(algebraics, yDot);
  move(inputSymbols, inputDot);
  const slopeDot = jvp(graph, slope, direction);
  const curvature = vjp(graph, slopeDot, seeds, [...x, ...algebraics]);
  return {
    inputs,
    xDot,
    uDot,
    yDot,
    inputDot,
    slopeDot,
    curvature: curvature.slice(0, x.length),
    curvatureY: curvature.slice(x.length),
    seedDots,
    pullbackDot: vjp(graph, slope, seedDots, x),
    gradient: vjp(graph, [...slope, ...slopeDot], [...seedDots, ...seeds], inputSymbols),
  };
}

/** Values of the direction. */
export interface Direction {
  readonly functions: AlongFunctions;
  /** Of the controls that are no algebraic variables. */
  readonly uDot: readonly Real[];
  /** Of the inputs, where they move. */
  readonly inputDot: readonly Real[];
}

/** A stage at its solution, with the changes of its state bound. */
export interface StageAlong {
  readonly lowering: Lowering;
}

export interface SubstepAlong {
  readonly stages: readonly StageAlong[];
  readonly end: Real[];
  readonly endDot: Real[];
}

export interface AdjointAlong {
  readonly seed: Real[];
  readonly seedDot: Real[];
}

/** gradient(i, value): value is to be added for input i. */
export type Gather = (i: number, value: Real) => void;

/** The changes that do not depend on the stage. */
export function bindDirection(lowering: Lowering, { functions, uDot, inputDot }: Direction): void {
  lowering.bind(functions.uDot, uDot);
  lowering.bind(functions.inputDot, inputDot);
}

/** The stage with its adjoint's change known: adds to the gradient, and returns f~_x' kappadot. */
export function pullAlong(
  w: Workspace,
  { lowering }: StageAlong,
  { functions }: Direction,
  kappaDot: readonly Real[],
  gather: Gather,
): Real[] {
  lowering.bind(functions.seedDots, kappaDot);
  const values = lowering.lower([...functions.pullbackDot, ...functions.gradient]);
  const pulled = values.slice(0, w.nx).map((value) => w.program.let(value));
  values.slice(w.nx).forEach((value, i) => {
    gather(functions.inputs[i], value);
  });
  return pulled;
}
