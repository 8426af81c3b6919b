/** What a solve and its derivatives consist of, each part alone. */
import { emitWasm, instantiate, type Module } from '../../src/kernel';
import type { DifferentiableSolver } from '../../src/sensitivity';
import { compileSolver, type Inputs, RealTimeIteration } from '../../src/solver';
import { type Effort, measure, measureCall, timed } from './measure';
import { iterationOperations, partOperations } from './operations';
import type { Parts, ProblemResult } from './schema';

const SAMPLES = 20;
const PERTURBATION = 1e-3;
const RICCATI = ['riccati.factorise', 'riccati.solve'] as const;
const KKT = ['kkt.factorise', 'kkt.solve'] as const;

type Measured = Pick<ProblemResult, 'operations' | 'memory'> & { readonly parts: Parts };

/** `solver` has just solved for these inputs. */
export function benchParts(solver: DifferentiableSolver, inputs: Inputs, effort: Effort): Measured {
  const { problem, method } = solver;
  const modules: Module[] = [];
  const plain = compileSolver(problem, undefined, (module) => {
    modules.push(module);
    return instantiate(module);
  });
  const [module] = modules;
  plain.solve(inputs);
  const { executable } = plain;
  const calls = (...names: readonly string[]) =>
    measureCall(() => {
      for (const name of names) executable.run(name);
    }, effort);
  const linearise = calls('linearise');
  const kkt = calls(...KKT);
  const riccati = calls(...RICCATI);

  const forward = measure(() => {
    solver.solve(inputs, {}, { warm: true });
    return timed(() => solver.sensitivities());
  }, effort);
  const first = problem.controls.map(() => 1);
  const seed = { u: [...first, ...new Array<number>(first.length * (problem.horizon.steps - 1)).fill(0)] };
  const adjoint = measureCall(() => solver.adjoint(seed), effort);
  const value = measureCall(() => solver.valueDerivatives(), effort);
  return {
    parts: { linearise, riccati, kkt, ...realTime(solver, inputs, effort), forward, adjoint, value },
    operations: {
      iteration: iterationOperations(problem, method, inputs),
      linearise: partOperations(module, 'linearise'),
      riccati: partOperations(module, ...RICCATI),
      kkt: partOperations(module, ...KKT),
    },
    memory: { numbers: executable.buffer('parameters').buffer.byteLength, code: emitWasm(module).byteLength },
  };
}

/** Real-time iterations at the solution, for a state measured now a little above it, now a little below. */
function realTime({ problem }: DifferentiableSolver, { parameters, initial }: Inputs, effort: Effort) {
  const controller = new RealTimeIteration(problem, parameters, { hessian: 'exact', regularize: 'none' });
  const { x } = controller.start(initial);
  let sign = 1;
  const sample = () => {
    sign = -sign;
    const measured = problem.states.map((state, i) =>
      state.initial === null ? Number.NaN : x[i] + sign * PERTURBATION,
    );
    return controller.sample(Float64Array.from(measured), false);
  };
  const mean = (part: 'preparationMs' | 'feedbackMs'): number => {
    let sum = 0;
    for (let i = 0; i < SAMPLES; i++) sum += sample()[part];
    return sum / SAMPLES;
  };
  return {
    preparation: measure(() => mean('preparationMs'), effort),
    feedback: measure(() => mean('feedbackMs'), effort),
  };
}
