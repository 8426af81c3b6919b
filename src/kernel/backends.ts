/** Every way to run a module; tests run over all of them. */
import { interpret, interpretLanes } from './interpreter';
import type { Executable, LaneExecutable, Module } from './ir';
import { compileLanes, instantiate, instantiateLanes, instantiateScalar } from './wasm';

export interface Backend {
  readonly name: string;
  load(module: Module): Executable;
}

export interface LaneBackend {
  readonly name: string;
  load(module: Module): LaneExecutable;
}

export const laneBackends: readonly LaneBackend[] = [
  { name: 'interpreter in lanes', load: (module) => interpretLanes(module, 2) },
  { name: 'wasm in lanes', load: (module) => instantiateLanes(module, compileLanes(module, false)) },
];

export const backends: readonly Backend[] = [
  { name: 'interpreter', load: interpret },
  { name: 'wasm', load: instantiate },
  { name: 'wasm without vectors', load: (module) => instantiateScalar(module, null) },
  { name: 'wasm in lanes, together', load: (module) => inLane(module, 0, 3) },
  { name: 'wasm in lanes, alone', load: (module) => inLane(module, 1, 2) },
];

/** One of two lanes, run with the lanes of `active`, all of which have the same numbers. */
export function inLane(module: Module, lane: number, active: number, fused = false): Executable {
  const executable = instantiateLanes(module, compileLanes(module, fused));
  const buffers = new Map<string, Float64Array>();
  for (const { name, length } of module.buffers) buffers.set(name, new Float64Array(length));
  return {
    buffer(name) {
      const buffer = buffers.get(name);
      if (!buffer) throw new Error(`there is no buffer ${name}`);
      return buffer;
    },
    run(procedure, ...indices) {
      for (const [name, buffer] of buffers)
        for (let l = 0; l < executable.lanes; l++) if (active & (1 << l)) executable.numbers(l, name).write(buffer);
      executable.run(active, procedure, ...indices);
      for (const [name, buffer] of buffers) executable.numbers(lane, name).read(buffer);
    },
  };
}
