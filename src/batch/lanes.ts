/**
 * The solver in two lanes: the same kernels step two instances at once, each with its own iterate, step length and
 * status. A lane whose instance has ended takes the next one while the other goes on. Or in one, which has its vectors to
 * itself.
 */
import {
  compileLane,
  compileLanes,
  instantiateLanes,
  type LaneCount,
  type LaneExecutable,
  type LaneNumbers,
  type Module,
} from '../kernel';
import {
  type Inputs,
  procedures,
  type Settings,
  type Solution,
  type SolutionLayout,
  SolutionReader,
  type Solver,
  type Status,
  scalars,
  settingScalars,
} from '../solver';

/** What lanes are made of: plain data and WebAssembly code, that may go to another thread. */
export interface LaneCode {
  readonly compiled: WebAssembly.Module;
  readonly count: LaneCount;
  readonly buffers: Module['buffers'];
  readonly layout: SolutionLayout;
}

/** `module`: the kernels of the solver. */
export function laneCode({ layout }: Solver, module: Module, count: LaneCount): LaneCode {
  const compiled = count === 1 ? compileLane(module) : compileLanes(module);
  return { compiled, count, buffers: module.buffers, layout };
}

/** An instance and its number in the batch. */
export interface Numbered {
  readonly index: number;
  readonly inputs: Inputs;
}

/** What became of an instance in its lane. */
export interface Ended extends Numbered {
  readonly solution: Solution;
}

/** An instance on its way. */
interface Run extends Numbered {
  readonly began: number;
  readonly warm: boolean;
  iterations: number;
}

/** One lane: what is in it, and what it has of the kernel's memory. */
interface Lane {
  readonly bit: number;
  readonly state: LaneNumbers;
  readonly reader: SolutionReader;
  numbers(buffer: string): LaneNumbers;
  run: Run | null;
  /** Whether its iterate is a solution, to start the next instance from. */
  converged: boolean;
}

export class Lanes {
  private readonly executable: LaneExecutable;
  private readonly lanes: readonly Lane[];

  constructor({ compiled, count, buffers, layout }: LaneCode) {
    const executable = instantiateLanes({ buffers }, compiled, count);
    this.executable = executable;
    this.lanes = Array.from({ length: executable.lanes }, (_, l) => {
      const found = new Map(buffers.map(({ name }) => [name, executable.numbers(l, name)]));
      const numbers = (buffer: string): LaneNumbers => found.get(buffer) ?? executable.numbers(l, buffer);
      const copy = (buffer: string): Float64Array => {
        const lane = numbers(buffer);
        return lane.read(new Float64Array(lane.length));
      };
      return {
        bit: 1 << l,
        state: numbers(scalars.state),
        reader: new SolutionReader(layout, copy),
        numbers,
        run: null,
        converged: false,
      };
    });
  }

  /** The instances as they end, in whatever order. `warm`: from the solution that the lane has just found. */
  *solve(instances: Iterator<Numbered>, settings: Settings, warm: boolean): Generator<Ended> {
    for (const lane of this.lanes) this.clear(lane);
    for (;;) {
      this.fill(instances, settings, warm);
      const active = this.lanes.filter(({ run }) => run !== null);
      if (active.length === 0) return;
      for (const lane of active) {
        const ended = this.end(lane, settings);
        if (ended) yield ended;
      }
      const going = active.filter(({ run }) => run !== null);
      this.run(going, procedures.step);
      for (const { run } of going) if (run) run.iterations++;
    }
  }

  /** The next instances into the lanes that have none, at their first iterate. */
  private fill(instances: Iterator<Numbered>, settings: Settings, warm: boolean): void {
    const filled: Lane[] = [];
    for (const lane of this.lanes) {
      if (lane.run !== null) continue;
      const next = instances.next();
      if (next.done) break;
      lane.run = { ...next.value, began: performance.now(), warm: warm && lane.converged, iterations: 0 };
      filled.push(lane);
    }
    if (filled.length > 0) this.begin(filled, settings);
  }

  private begin(lanes: readonly Lane[], settings: Settings): void {
    for (const { numbers, run } of lanes) if (run) numbers('parameters').write(run.inputs.parameters);
    this.run(lanes, 'prepare');
    this.run(lanes, 'initialState');
    for (const { numbers, run } of lanes) {
      run?.inputs.initial.forEach((value, i) => {
        if (!Number.isNaN(value)) numbers('initial').set(i, value);
      });
      for (const [name, value] of settingScalars(settings)) numbers(name).set(0, value);
    }
    const cold = lanes.filter(({ run }) => !run?.warm);
    this.run(cold, procedures.guess);
    this.run(cold, procedures.initialise);
    this.run(
      lanes.filter(({ run }) => run?.warm),
      procedures.resume,
    );
  }

  /** The instance of the lane, if it is over; one that was started warm in vain starts again from its guess. */
  private end(lane: Lane, settings: Settings): Ended | null {
    const { run } = lane;
    if (!run) return null;
    const status = this.status(lane, run, settings);
    if (status === null) return null;
    if (run.warm && status !== 'converged' && status !== 'time-limit') {
      lane.run = { ...run, warm: false };
      this.begin([lane], settings);
      return null;
    }
    const solution = lane.reader.solution(status, run.iterations);
    lane.converged = status === 'converged';
    lane.run = null;
    return { index: run.index, inputs: run.inputs, solution };
  }

  private status({ state, reader }: Lane, run: Run, { maxIterations, timeLimitMs }: Settings): Status | null {
    if (state.get(0) !== 0) return reader.status();
    if (run.iterations >= maxIterations) return 'iteration-limit';
    return performance.now() - run.began > timeLimitMs ? 'time-limit' : null;
  }

  private clear(lane: Lane): void {
    lane.run = null;
    lane.converged = false;
  }

  private run(lanes: readonly Lane[], procedure: string): void {
    if (lanes.length === 0) return;
    const active = lanes.reduce((bits, { bit }) => bits | bit, 0);
    this.executable.run(active, procedure);
  }
}
