/** The solver of a problem as shaders: all of a solve happens on the device, and the derivatives that are wanted of it. */
import { type Buffer, emitWgsl, type Machine, makeMachine, type Range, type Shader, select } from '../../kernel';
import type { Problem } from '../../problem';
import { defineForward, sensitivityNames } from '../../sensitivity';
import {
  CONVERGED,
  defineSolver,
  procedures,
  type Settings,
  type SolverKernels,
  scalars,
  settingScalars,
  singlePrecision,
  type Workspace,
} from '../../solver';
import { type DerivativeRequest, entryOf } from './derivativeRequest';

export interface DeviceSolver {
  readonly workspace: Workspace;
  readonly machine: Machine;
  readonly shader: Shader;
  /** What each instance takes and gives, in the order of the numbers. */
  readonly inputs: readonly Range[];
  readonly outputs: readonly Range[];
}

/** What a device solves with; of the splitting, an iteration is a round. */
export type DeviceMethod = 'interior-point' | 'admm';

const INITIAL = 'gpu.initial';
export const names = {
  inputs: 'inputs',
  outputs: 'outputs',
  iterations: 'gpu.iterations',
  /** [of][by] */
  derivatives: 'gpu.derivatives',
  /** Residuals of their linear systems, each followed by its scale: of stationarity, and of the other equations, [by]. */
  dualResiduals: 'gpu.dualResiduals',
  primalResiduals: 'gpu.primalResiduals',
  /** 1 where the solution is a strict minimum. */
  definite: 'riccati.definite',
} as const;

/** Of a solution: what `SolutionReader` reads. */
const OUTPUTS = [
  ...Object.values(scalars).filter((name) => !name.startsWith('settings')),
  names.iterations,
  ...['times', 'point', 'costate', 'y', 'zeta', 'e', 'v'],
];
const OF_DERIVATIVES = [names.derivatives, names.dualResiduals, names.primalResiduals, names.definite];

/** Throws NotQuadraticError where the method cannot solve the problem. */
export function defineDeviceSolver(
  problem: Problem,
  method: DeviceMethod,
  settings: Settings,
  derivatives: DerivativeRequest | null,
): DeviceSolver {
  const kernels = defineSolver(problem, 'exact', singlePrecision, method === 'admm');
  const { workspace } = kernels;
  const { program, invariants, nx } = workspace;
  const initial = program.buffer(INITIAL, nx);
  const iterations = program.scalar(names.iterations);
  const state = program.existing(scalars.state);
  const call = (procedure: string): void => program.record({ kind: 'call', procedure, indices: [] });
  const differentiate = derivatives && defineDerivatives(kernels, method, derivatives, { initial, call });
  const solve = program.procedure('gpu.solve', () => {
    problem.numbers.forEach(({ value }, i) => workspace.numbers.at(i).set(value));
    call('prepare');
    call('initialState');
    for (let i = 0; i < nx; i++) {
      const given = program.let(initial.at(i));
      program.if(given.eq(given), () => workspace.initial.at(i).set(given));
    }
    for (const [name, value] of settingScalars(settings)) program.existing(name).set(value);
    call(procedures.guess);
    call(procedures.initialise);
    iterations.set(0);
    program.while(state.eq(0).and(iterations.lt(settings.maxIterations)), () => {
      iterations.add(1);
      call(procedures.step);
    });
    if (differentiate) program.if(state.eq(CONVERGED), differentiate);
  });
  invariants.define(workspace);
  const module = program.module();
  const machine = makeMachine(module, solve.name);
  const lengths = new Map(module.buffers.map(({ name, length }) => [name, length]));
  const whole = (buffer: string): Range => ({ buffer, from: 0, count: lengths.get(buffer) ?? 0 });
  const inputs = ['parameters', INITIAL].map(whole);
  const outputs = [...OUTPUTS, ...(derivatives ? OF_DERIVATIVES : [])].map(whole);
  const shader = emitWgsl(machine.module, {
    procedures: [machine.begin, machine.advance, ...machine.leaves],
    transfers: { [names.inputs]: inputs, [names.outputs]: outputs },
    running: machine.ended,
  });
  return { workspace, machine, shader, inputs, outputs };
}

/** Returns how to record them, at a solution. */
function defineDerivatives(
  kernels: SolverKernels,
  method: DeviceMethod,
  { of, by }: DerivativeRequest,
  { initial, call }: { readonly initial: Buffer; call(procedure: string): void },
): () => void {
  const { workspace } = kernels;
  const { program } = workspace;
  const { expressed } = defineForward(kernels);
  const values = program.buffer(names.derivatives, of.length, by.length);
  const residuals = (['dual', 'primal'] as const).map((kind) => ({
    columns: program.buffer(names[`${kind}Residuals`], by.length, 2),
    residual: program.existing(`kkt.${kind}Residual`),
    scale: program.existing(`kkt.${kind}Scale`),
  }));
  return () => {
    // Slacks and multipliers that are zero have no ratio.
    if (method === 'admm') {
      program.existing(scalars.mu).set(program.existing(scalars.finalBarrier));
      call('start.rebase');
    }
    for (let i = 0; i < workspace.nx; i++) {
      const given = program.let(initial.at(i));
      expressed.at(i).set(select(given.eq(given), 0, 1));
    }
    call(sensitivityNames.prepare);
    call(sensitivityNames.differentiate);
    by.forEach((column, j) => {
      call(sensitivityNames.column(column));
      for (const { columns, residual, scale } of residuals) {
        columns.at(j, 0).set(residual);
        columns.at(j, 1).set(scale);
      }
      of.forEach((wanted, i) => values.at(i, j).set(entryOf(workspace, wanted)));
    });
  };
}
