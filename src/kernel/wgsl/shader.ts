/**
 * The WGSL backend: a module as a compute shader in single precision, one instance an invocation.
 *
 * All numbers of all instances lie in one storage buffer, TILE instances side by side: element i of instance
 * j = TILE t + r is number (t length + i) TILE + r. A workgroup is a tile, so that its invocations reach for numbers
 * next to each other, and an address is where the instance begins plus a constant wherever the index is one.
 */
import type { Module } from '../ir';
import { emitFunction, type Names } from './body';
import { prelude, TILE } from './prelude';
import { reach } from './reach';

/** A buffer, or a part of one. */
export interface Range {
  readonly buffer: string;
  readonly from: number;
  readonly count: number;
}

export interface ShaderRequest {
  /** Procedures the host runs. */
  readonly procedures: readonly string[];
  /** Groups of numbers that go in or come out together. */
  readonly transfers?: Readonly<Record<string, readonly Range[]>>;
  /** The scalar that is 0 in instances which go on: with it, lists of those can be made. */
  readonly running?: string;
}

export interface Transfer {
  /** Entry points that move the numbers into the instances, and out. */
  readonly write: string;
  readonly read: string;
  /** Numbers of one instance, range by range. */
  readonly length: number;
}

export interface Shader {
  /** What each entry point needs, and no more: a driver reads all of it. */
  readonly code: ReadonlyMap<string, string>;
  /** Numbers of one instance. */
  readonly length: number;
  /** Entry points of the procedures. */
  readonly procedures: ReadonlyMap<string, string>;
  readonly transfers: ReadonlyMap<string, Transfer>;
}

/** Throws where something is asked for or called but not defined. */
export function emitWgsl(module: Module, { procedures, transfers = {}, running }: ShaderRequest): Shader {
  const used = new Set(reach(module, procedures).buffers);
  for (const { buffer } of Object.values(transfers).flat()) used.add(buffer);
  if (running !== undefined) used.add(running);
  const { offsets, length } = place(module, used);
  const code = new Map<string, string>();

  const entries = new Map<string, string>();
  for (const [i, name] of procedures.entries()) {
    const entry = identifier('run', i, name);
    entries.set(name, entry);
    code.set(entry, procedureCode(module, offsets, length, name, entry));
  }

  const moved = new Map<string, Transfer>();
  for (const [i, [name, ranges]] of Object.entries(transfers).entries()) {
    const transfer: Transfer = {
      write: identifier('write', i, name),
      read: identifier('read', i, name),
      length: ranges.reduce((sum, { count }) => sum + count, 0),
    };
    moved.set(name, transfer);
    const move = (entry: string, line: (outside: string, inside: string) => string): void => {
      code.set(entry, `${prelude}\n${entryPoint(entry, length, loops(ranges, offsets, transfer.length, line))}`);
    };
    move(transfer.write, (outside, inside) => `${inside} = ${outside};`);
    move(transfer.read, (outside, inside) => `${outside} = ${inside};`);
  }
  if (running !== undefined) {
    code.set(compactionEntries.compact, `${prelude}\n${compact(length, offsets.get(running) as number)}`);
    code.set(compactionEntries.arrange, `${prelude}\n${arrange}`);
  }
  return { code, length, procedures: entries, transfers: moved };
}

/** A procedure with all it calls, and its entry point. */
function procedureCode(
  module: Module,
  buffers: ReadonlyMap<string, number>,
  length: number,
  name: string,
  entry: string,
): string {
  const reached = reach(module, [name]);
  const named = (kind: string, codes: readonly { readonly name: string }[]): Map<string, string> =>
    new Map(codes.map((code, i) => [code.name, identifier(kind, i, code.name)]));
  const names: Names = {
    buffers,
    functions: named('f', reached.functions),
    procedures: named('p', reached.procedures),
  };
  const [first] = reached.procedures;
  const indices = Array.from({ length: first.parameters }, (_, p) => `, control.indices[${p}]`).join('');
  return [
    prelude,
    ...reached.functions.map((code) => emitFunction(names, code)),
    ...reached.procedures.map((code) => emitFunction(names, code)),
    entryPoint(entry, length, `  ${names.procedures.get(name)}(base${indices});`),
  ].join('\n');
}

/** Buffers one after the other, those that are used. */
function place(module: Module, used: ReadonlySet<string>): { offsets: Map<string, number>; length: number } {
  const offsets = new Map<string, number>();
  let length = 0;
  for (const buffer of module.buffers) {
    if (!used.has(buffer.name)) continue;
    offsets.set(buffer.name, length);
    length += buffer.length;
  }
  for (const name of used) if (!offsets.has(name)) throw new Error(`there is no buffer ${name}`);
  return { offsets, length: Math.max(1, length) };
}

function identifier(kind: string, number: number, name: string): string {
  return `${kind}${number}_${name.replaceAll(/[^A-Za-z0-9]/g, '_')}`;
}

const start = (length: number): string =>
  `  if (id.x >= atomicLoad(&running.count)) { return; }
  let instance = i32(running.instances[id.x]);
  let base = (instance / ${TILE}) * ${length * TILE} + instance % ${TILE};`;

function entryPoint(name: string, length: number, body: string): string {
  return `@compute @workgroup_size(${TILE})
fn ${name}(@builtin(global_invocation_id) id: vec3u) {
${start(length)}
${body}
}
`;
}

/** Outside, the numbers of an instance lie one after the other. */
function loops(
  ranges: readonly Range[],
  offsets: ReadonlyMap<string, number>,
  length: number,
  line: (outside: string, inside: string) => string,
): string {
  let before = 0;
  const lines = ranges.map(({ buffer, from, count }) => {
    const outside = `transfer[instance * ${length} + ${before} + i]`;
    const inside = `memory[base + (${(offsets.get(buffer) as number) + from} + i) * ${TILE}]`;
    before += count;
    return `  for (var i = 0; i < ${count}; i++) { ${line(outside, inside)} }`;
  });
  return lines.join('\n');
}

/** Entry points that list the instances which still run, and count the workgroups they need. */
export const compactionEntries = { compact: 'compact', arrange: 'arrange' } as const;

const compact = (length: number, state: number): string =>
  entryPoint(
    compactionEntries.compact,
    length,
    `  if (memory[base + ${state * TILE}] == 0f) {
    following.instances[atomicAdd(&following.count, 1u)] = u32(instance);
  }`,
  );

const arrange = `@compute @workgroup_size(1)
fn ${compactionEntries.arrange}() {
  let count = atomicLoad(&following.count);
  following.workgroups = vec3u((count + ${TILE - 1}u) / ${TILE}u, 1u, 1u);
  atomicStore(&running.count, 0u);
}
`;
