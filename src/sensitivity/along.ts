/**
 * The gradient by the parameters of the Lagrangian's change along a direction d = (dz, dlambda, dy, dzeta, de), and perhaps
 * dp, of the primal-dual system,
 *
 *   g = weight L_p + d/deps L_p(w + eps d, p + eps dp),      at eps = 0.
 *
 * Since the optimality conditions are the gradient of the Lagrangian L, this is what both second derivatives need:
 *
 *   adjoint          M a = -s for the seed s, and the gradient of s'w is a'L_wp (+ weight L_p for the objective),
 *   value Hessian    row j is g along column j of the forward sensitivities, with dp the unit vector of j.
 *
 * One pass over the stages by second-order adjoints, whatever the number of parameters (Griewank & Walther, Evaluating
 * Derivatives, 2nd ed., section 5.1).
 */
import { hessian, jvp, type Node, vjp } from '../expression';
import { type Buffer, type Indexish, type Real, ZERO } from '../kernel';
import {
  type AlongFunctions,
  alongFunctions,
  bindStage,
  gatherAlong,
  next,
  type SegmentPlace,
  type Vector,
  type Workspace,
} from '../solver';
import type { ParameterKernels } from './forward';
import { stageLagrangian } from './parameterDerivatives';
import { Pulls } from './pulls';

export const alongNames = {
  /** With the parameters at rest, or moving by `change`. The direction is the solution of the KKT system. */
  atRest: 'sensitivity.along',
  moving: 'sensitivity.alongMoving',
  weight: 'sensitivity.weight',
  /** dp, [np]. */
  change: 'sensitivity.change',
  /** g, [np], and what each stage adds to it. */
  gradient: 'sensitivity.alongGradient',
  pulls: 'sensitivity.alongPulls',
  /** What second derivatives of signals and initial values by the parameters add, to `curvature` [np][np]. */
  curve: 'sensitivity.curve',
  curvature: 'sensitivity.curvature',
} as const;

export function defineAlong(w: Workspace, kernels: ParameterKernels): void {
  const { program } = w;
  const count = w.stages.parameters.length;
  const gradient = program.buffer(alongNames.gradient, count);
  const change = program.buffer(alongNames.change, count);
  const weight = w.scalar(alongNames.weight);
  const { initial, expressed } = kernels;
  const pulls = w.segments.map((place) => new Pulls(w, place, alongNames.pulls));

  for (const moving of [false, true]) {
    const name = moving ? alongNames.moving : alongNames.atRest;
    const { dynamics } = w.stages;
    const slope = dynamics.kind === 'runge-kutta' ? alongFunctions(w, dynamics, moving) : null;
    const memory = { weight, change: moving ? change : null, slope };
    const stages = w.segments.map((place) =>
      program.procedure(
        `${name}.${place.index}`,
        (k) => gatherStage(w, k, place, kernels, { ...memory, pulls: pulls[place.index] }),
        false,
      ),
    );
    program.procedure(name, () => {
      program.each(0, count, (j) => gradient.at(j).set(0));
      w.forEachStage((k, place) => stages[place.index].call(k));
      for (const shares of pulls) shares.gather(gradient, kernels.signals);
      initial.forEach((row, i) => {
        if (row.length === 0) return;
        const costate = w.direction.costate.at(0, i).plus(weight.times(w.iterate.costate.at(0, i)));
        const pull = program.let(costate.times(expressed.at(i)));
        row.forEach((value, j) => gradient.at(j).add(value.times(pull)));
      });
    });
  }
  defineCurvature(w, kernels);
}

interface Memory {
  readonly pulls: Pulls;
  readonly weight: Real;
  /** Null: the parameters are at rest. */
  readonly change: Buffer | null;
  /** Null: the dynamics are no Runge-Kutta steps. */
  readonly slope: AlongFunctions | null;
}

function gatherStage(
  w: Workspace,
  k: Indexish,
  place: SegmentPlace,
  { signals }: ParameterKernels,
  { pulls, weight, change, slope }: Memory,
): void {
  const { program, stages, direction } = w;
  const { graph, dynamics } = stages;
  const { segment } = place;
  const count = stages.parameters.length;
  const inputs = [...stages.parameters, ...stages.signals];
  const sigma = program.let(weight);

  /** dp of parameters; of signals, through the parameters they depend on. */
  const inputDot = (input: number): Real => {
    if (!change) throw new RangeError('the parameters are at rest');
    if (input < count) return change.at(input);
    const terms = signals.of(input - count).map(([j, derivative]) => change.at(j).times(derivative.at(k)));
    return program.let(terms.reduce((sum, term) => sum.plus(term), program.let(0)));
  };
  const sums = new Map(pulls.inputs.map((input) => [input, program.variable(0)]));
  const gather = (input: number, value: Real): void => sums.get(input)?.add(value);
  const finish = (): void => pulls.set(k, (input) => sums.get(input) ?? ZERO);

  const lagrangian = stageLagrangian(w, place);
  const bindings = new Map([...bindStage(w, k, place, w.iterate.point, true), ...lagrangian.at(k, w.iterate)]);
  const values = new Map([...pointAt(w, k, place, direction), ...lagrangian.at(k, direction)]);
  if (change) inputs.forEach((symbol, j) => values.set(symbol, inputDot(j)));
  const dots = new Map([...values.keys()].map((symbol, i): [Node, Node] => [symbol, graph.symbol(`dot${i}`)]));
  for (const [symbol, dot] of dots) bindings.set(dot, values.get(symbol) as Real);
  const share = graph.symbol('weight');
  bindings.set(share, sigma);
  const changed = jvp(graph, [lagrangian.value], dots);
  const nodes = vjp(graph, [lagrangian.value, ...changed], [share, graph.constant(1)], inputs);
  w.invariants.lower(nodes, bindings).forEach((value, j) => {
    if (!graph.isConstant(nodes[j], 0)) gather(j, value);
  });

  if (segment.terminal || dynamics.kind !== 'runge-kutta' || !slope) {
    finish();
    return;
  }
  const z = [...segment.variables, ...stages.signals].map((symbol) => bindings.get(symbol) as Real);
  const dz = segment.variables.map((symbol) => values.get(symbol) as Real);
  const seed = stages.costates.map((_, i) => program.let(w.iterate.costate.at(next(k), i)));
  const seedDot = seed.map((value, i) => program.let(direction.costate.at(next(k), i).plus(sigma.times(value))));
  const controls = w.nu - dynamics.algebraics.length;
  gatherAlong(
    w,
    dynamics,
    z,
    dz.slice(0, w.nx),
    { seed, seedDot },
    sigma,
    { functions: slope, uDot: dz.slice(w.nx, w.nx + controls), inputDot: change ? slope.inputs.map(inputDot) : [] },
    gather,
  );
  finish();
}

/** Changes of the variables, row multipliers and costates of a stage. */
function pointAt(w: Workspace, k: Indexish, place: SegmentPlace, direction: Vector): Map<Node, Real> {
  const { program, stages } = w;
  const { segment } = place;
  const values = new Map<Node, Real>();
  segment.variables.forEach((symbol, i) => values.set(symbol, program.let(direction.point.at(k, i))));
  segment.rowMultipliers.forEach((symbol, row) => {
    let sum = program.let(0);
    segment.equalities.forEach((equality, i) => {
      if (equality.row === row) sum = sum.plus(direction.y.at(place.equality(k, i)));
    });
    segment.sides.forEach((side, i) => {
      if (side.row === row) sum = sum.plus(direction.zeta.at(place.side(k, i)).times(side.sign));
    });
    values.set(symbol, program.let(sum));
  });
  if (!segment.terminal)
    stages.costates.forEach((symbol, i) => values.set(symbol, program.let(direction.costate.at(next(k), i))));
  return values;
}

/** Second derivatives by p of sum_k dL/ds_k s_k(p) + lambda_0'x0(p), the sensitivities of L held. */
function defineCurvature(w: Workspace, { signalGradient, expressed }: ParameterKernels): void {
  const { program, invariants } = w;
  const { graph, parameters, problem, signalValues } = w.stages;
  const bindings = new Map<Node, Real>();
  const terms: Node[] = [];
  const weigh = (node: Node, value: () => Real): void => {
    const symbol = graph.symbol(`pull${terms.length}`);
    const own = hessian(graph, graph.mul(symbol, node), parameters);
    if (own.length === 0) return;
    terms.push(graph.mul(symbol, node));
    bindings.set(symbol, value());
  };
  program.procedure(alongNames.curve, () => {
    signalValues.forEach((values, s) => {
      values.forEach((node, k) => weigh(node, () => program.let(signalGradient.at(k, s))));
    });
    problem.states.forEach(({ initial }, i) => {
      if (initial !== null) weigh(initial, () => program.let(w.iterate.costate.at(0, i).times(expressed.at(i))));
    });
    const entries = terms.length > 0 ? hessian(graph, graph.sum(terms), parameters) : [];
    const curvature = program.buffer(alongNames.curvature, terms.length > 0 ? parameters.length : 0, parameters.length);
    const values = invariants.lower(
      entries.map(({ value }) => value),
      bindings,
    );
    entries.forEach(({ row, column }, i) => {
      curvature.at(row, column).set(values[i]);
      if (row !== column) curvature.at(column, row).set(values[i]);
    });
  });
}
