/** Every way to run a module; tests run over all of them. */
import { interpret } from './interpreter';
import type { Executable, Module } from './ir';
import { instantiate } from './wasm';

export interface Backend {
  readonly name: string;
  load(module: Module): Executable;
}

export const backends: readonly Backend[] = [
  { name: 'interpreter', load: interpret },
  { name: 'wasm', load: instantiate },
];
