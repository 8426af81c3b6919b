/** The solver of a problem as shaders: all of a solve happens on the device. */
import { emitWgsl, type Machine, makeMachine, type Range, type Shader } from '../../kernel';
import type { Problem } from '../../problem';
import {
  defineSolver,
  procedures,
  type Settings,
  scalars,
  settingScalars,
  singlePrecision,
  type Workspace,
} from '../../solver';

export interface DeviceSolver {
  readonly workspace: Workspace;
  readonly machine: Machine;
  readonly shader: Shader;
  /** What each instance takes and gives, in the order of the numbers. */
  readonly inputs: readonly Range[];
  readonly outputs: readonly Range[];
}

const ITERATIONS = 'gpu.iterations';
const INITIAL = 'gpu.initial';
export const names = { inputs: 'inputs', outputs: 'outputs', iterations: ITERATIONS } as const;

/** Of a solution: what `SolutionReader` reads. */
const OUTPUTS = [
  ...Object.values(scalars).filter((name) => !name.startsWith('settings')),
  ITERATIONS,
  ...['times', 'point', 'costate', 'y', 'zeta', 'e', 'v'],
];

/** What a device solves with; of the splitting, an iteration is a round. */
export type DeviceMethod = 'interior-point' | 'admm';

export function defineDeviceSolver(problem: Problem, method: DeviceMethod, settings: Settings): DeviceSolver {
  const { workspace } = defineSolver(problem, 'exact', singlePrecision, method === 'admm');
  const { program, invariants, nx } = workspace;
  const initial = program.buffer(INITIAL, nx);
  const iterations = program.scalar(ITERATIONS);
  const state = program.existing(scalars.state);
  const call = (procedure: string): void => program.record({ kind: 'call', procedure, indices: [] });
  const solve = program.procedure('gpu.solve', () => {
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
  });
  invariants.define(workspace);
  const module = program.module();
  const machine = makeMachine(module, solve.name);
  const lengths = new Map(module.buffers.map(({ name, length }) => [name, length]));
  const whole = (buffer: string): Range => ({ buffer, from: 0, count: lengths.get(buffer) ?? 0 });
  const inputs = ['parameters', INITIAL].map(whole);
  const outputs = OUTPUTS.map(whole);
  const shader = emitWgsl(machine.module, {
    procedures: [machine.begin, machine.advance, ...machine.leaves],
    transfers: { [names.inputs]: inputs, [names.outputs]: outputs },
    running: machine.ended,
  });
  return { workspace, machine, shader, inputs, outputs };
}
