/** The WebAssembly backend: instances of modules that are emitted for it. */
import type { Executable, LaneExecutable, Module } from '../ir';
import { LaneNumbers } from '../laneNumbers';
import { layout } from '../layout';
import { Program } from '../program';
import { emitWasm, MEMORY, masked } from './emit';
import type { Lanes } from './lanes';
import { pair } from './pair';
import { WIDTH } from './pairs';
import { scalar } from './scalar';

export { emitWasm };

const PAIR = 2;
const BOTH = 3;

/** Lanes to a value: two, or one whose independent loops go in pairs. */
export type LaneCount = 1 | 2;

/** One lane, independent loops in pairs where the engine has vectors. */
export function instantiate(module: Module): Executable {
  return instantiateScalar(module, hasLanes() ? pair(hasFused()) : null);
}

/** One lane, independent loops in pairs of such halves, or one by one. */
export function instantiateScalar(module: Module, halves: Lanes | null): Executable {
  const compiled = new WebAssembly.Module(emitWasm(module, scalar, halves));
  const { buffer, procedure } = instance(module.buffers, 1, halves ? WIDTH : 1, compiled);
  return { buffer, run: (name, ...indices) => procedure(name, name)(...indices) };
}

/** Whether this engine has vectors of two doubles; nearly all have since 2021. */
export const hasLanes = once(() => supports(pair(false)));

/**
 * So many lanes, of a module with these buffers. `compiled`: as `compileLane` or `compileLanes` made it, perhaps in another
 * thread.
 */
export function instantiateLanes(
  { buffers }: Pick<Module, 'buffers'>,
  compiled: WebAssembly.Module,
  count: LaneCount = PAIR,
): LaneExecutable {
  const { buffer, procedure } = instance(buffers, count, count === 1 ? WIDTH : 1, compiled);
  if (count === 1)
    return {
      lanes: 1,
      numbers: (lane, name) => new LaneNumbers(buffer(name), lane, 1),
      run: (active, name, ...indices) => (active === 0 ? undefined : procedure(name, name)(...indices)),
    };
  return {
    lanes: PAIR,
    numbers: (lane, name) => new LaneNumbers(buffer(name), lane, PAIR),
    run(active, name, ...indices) {
      if (active === BOTH) procedure(name, name)(...indices);
      else if (active !== 0) procedure(name, masked(name))(active, ...indices);
    },
  };
}

/** With fused multiply-adds where the engine has them: rounding differs between machines then. */
export function compileLanes(module: Module, fused = hasFused()): WebAssembly.Module {
  return new WebAssembly.Module(emitWasm(module, pair(fused)));
}

/** One lane, independent loops in pairs. */
export function compileLane(module: Module): WebAssembly.Module {
  return new WebAssembly.Module(emitWasm(module, scalar, pair(hasFused())));
}

/** Whether this engine has relaxed SIMD. */
export const hasFused = once(() => supports(pair(true)));

interface Instance {
  buffer(name: string): Float64Array;
  /** What runs the procedure, under the name it is exported by. */
  procedure(name: string, exported: string): (...indices: number[]) => void;
}

/** `together`: as `layout` has it. */
function instance(shapes: Module['buffers'], lanes: number, together: number, compiled: WebAssembly.Module): Instance {
  const { offsets } = layout(shapes, lanes, together);
  const { exports } = new WebAssembly.Instance(compiled);
  const memory = exports[MEMORY];
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('the instance has no memory');
  const numbers = memory.buffer;
  const buffers = new Map(
    shapes.map(({ name, length }) => [name, new Float64Array(numbers, offsets.get(name), length * lanes)]),
  );
  return {
    buffer(name) {
      const buffer = buffers.get(name);
      if (!buffer) throw new Error(`there is no buffer ${name}`);
      return buffer;
    },
    procedure(name, exported) {
      const found = exports[exported];
      if (typeof found !== 'function') throw new Error(`there is no exported procedure ${name}`);
      return found as (...indices: number[]) => void;
    },
  };
}

function once(question: () => boolean): () => boolean {
  let answer: boolean | null = null;
  return () => {
    answer ??= question();
    return answer;
  };
}

/** Whether the engine takes x = x x + x in such lanes. */
function supports(lanes: Lanes): boolean {
  const program = new Program();
  const x = program.scalar('x');
  program.procedure('run', () => x.set(x.times(x).plus(x)));
  return WebAssembly.validate(emitWasm(program.module(), lanes));
}
