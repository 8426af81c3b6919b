/** The WebAssembly backend: a module in the binary format, and an instance of it. */
import type { Executable, FunctionCode, LaneExecutable, Module, ProcedureCode } from '../ir';
import { LaneNumbers } from '../laneNumbers';
import { layout } from '../layout';
import { Program } from '../program';
import { ARGUMENT, Body, type Locals, type Names } from './body';
import { Encoder } from './encoder';
import type { Lanes } from './lanes';
import { ExportKind, Opcode, Section, Type } from './opcodes';
import { maskDepth } from './outliving';
import { pair } from './pair';
import { PairingBody, pairedLocals } from './pairs';
import { scalar } from './scalar';

/** Limits of the engines (WebAssembly JavaScript interface, section 9). */
const MOST_LOCALS = 50_000;
const MOST_BODY_BYTES = 7_654_321;

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const MEMORY = 'memory';
const SCRATCH = 2;
const PAIR = 2;
const BOTH = 3;

/** What runs the procedure of that name in some of the lanes. */
const masked = (procedure: string): string => `masked ${procedure}`;

/** A function or procedure as it is emitted: in all lanes, or in those whose bits come as its first argument. */
interface Emitted {
  readonly code: FunctionCode | ProcedureCode;
  readonly partly: boolean;
}

/**
 * `halves`: vectors for pairs of iterations of independent loops, where there is one lane; null: none. Throws where a
 * function is larger than the engines take, or calls something that is not there.
 */
export function emitWasm(module: Module, lanes: Lanes = scalar, halves: Lanes | null = null): Uint8Array<ArrayBuffer> {
  const { offsets, pages } = layout(module.buffers, lanes.count);
  const { functions, procedures } = module;
  const numbered = (codes: readonly { readonly name: string }[], from: number): Map<string, number> =>
    new Map(codes.map(({ name }, i) => [name, from + i]));
  const names: Names = {
    buffers: offsets,
    functions: numbered(functions, 0),
    procedures: numbered(procedures, functions.length),
    masked: numbered(lanes.masks ? procedures : [], functions.length + procedures.length),
  };
  const emitted: Emitted[] = [
    ...[...functions, ...procedures].map((code) => ({ code, partly: false })),
    ...(lanes.masks ? procedures : []).map((code) => ({ code, partly: true })),
  ];
  const exported = procedures.filter((procedure) => procedure.exported);
  const exports: [string, number, number][] = [
    [MEMORY, ExportKind.memory, 0],
    ...exported.map(({ name }): [string, number, number] => [
      name,
      ExportKind.function,
      indexOf(names.procedures, name),
    ]),
    ...(lanes.masks ? exported : []).map(({ name }): [string, number, number] => [
      masked(name),
      ExportKind.function,
      indexOf(names.masked, name),
    ]),
  ];
  const signatures = new Map<string, number>();
  for (const f of emitted)
    if (!signatures.has(signature(f, lanes))) signatures.set(signature(f, lanes), signatures.size);

  const code = new Encoder();
  for (const byte of HEADER) code.byte(byte);
  section(code, Section.type, [...signatures.keys()], (text) => type(code, lanes, text));
  section(code, Section.function, emitted, (f) => code.unsigned(indexOf(signatures, signature(f, lanes))));
  section(code, Section.memory, [pages], () => {
    code.byte(1); // least and most are given
    code.unsigned(pages);
    code.unsigned(pages);
  });
  section(code, Section.export, exports, ([name, kind, index]) => {
    code.text(name);
    code.byte(kind);
    code.unsigned(index);
  });
  section(code, Section.code, emitted, (f) => body(code, lanes, halves, names, f));
  return code.finish();
}

/** One lane, independent loops in pairs where the engine has vectors. */
export function instantiate(module: Module): Executable {
  return instantiateScalar(module, hasLanes() ? pair(hasFused()) : null);
}

/** One lane, independent loops in pairs of such halves, or one by one. */
export function instantiateScalar(module: Module, halves: Lanes | null): Executable {
  const { buffer, procedure } = instance(module.buffers, 1, new WebAssembly.Module(emitWasm(module, scalar, halves)));
  return { buffer, run: (name, ...indices) => procedure(name, name)(...indices) };
}

/** Whether this engine has vectors of two doubles; nearly all have since 2021. */
export const hasLanes = once(() => supports(pair(false)));

/** Two lanes, of a module with these buffers. `compiled`: as `compileLanes` made it, perhaps in another thread. */
export function instantiateLanes({ buffers }: Pick<Module, 'buffers'>, compiled: WebAssembly.Module): LaneExecutable {
  const { buffer, procedure } = instance(buffers, PAIR, compiled);
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

/** Whether this engine has relaxed SIMD. */
export const hasFused = once(() => supports(pair(true)));

interface Instance {
  buffer(name: string): Float64Array;
  /** What runs the procedure, under the name it is exported by. */
  procedure(name: string, exported: string): (...indices: number[]) => void;
}

function instance(shapes: Module['buffers'], lanes: number, compiled: WebAssembly.Module): Instance {
  const { offsets } = layout(shapes, lanes);
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

function indexOf(indices: ReadonlyMap<string, number>, name: string): number {
  const index = indices.get(name);
  if (index === undefined) throw new Error(`there is no ${name}`);
  return index;
}

/** One character per operand, R for reals, M for masks and I for whole numbers, and R for a result. */
function signature({ code, partly }: Emitted, lanes: Lanes): string {
  if ('result' in code) return `${lanes.masks ? 'M' : ''}${'R'.repeat(code.parameters)}:R`;
  return `${'I'.repeat(code.parameters + (partly ? 1 : 0))}:`;
}

function type(code: Encoder, lanes: Lanes, text: string): void {
  code.byte(Type.function);
  for (const side of text.split(':')) {
    code.unsigned(side.length);
    for (const letter of side) code.byte(letter === 'I' ? Type.i32 : lanes.type);
  }
}

function section<Item>(code: Encoder, id: number, items: readonly Item[], emit: (item: Item) => void): void {
  code.byte(id);
  code.sized(() => {
    code.unsigned(items.length);
    for (const item of items) emit(item);
  });
}

function body(code: Encoder, lanes: Lanes, halves: Lanes | null, names: Names, { code: f, partly }: Emitted): void {
  if (f.counters + f.locals > MOST_LOCALS)
    throw new Error(
      `${f.name} has ${f.counters + f.locals} variables, more than the ${MOST_LOCALS} that WebAssembly takes`,
    );
  const size = code.sized(() => {
    const pure = 'result' in f;
    const masks = lanes.masks ? maskDepth(f.body) : 0;
    const extra = lanes.masks ? masks + SCRATCH : 0;
    const locals = pure ? functionLocals(f, lanes, extra) : procedureLocals(f, partly);
    // Parameters come first among the locals: the reals of functions, the counters of procedures.
    const paired = lanes.count === 1 && halves ? pairedLocals(f.body) : null;
    code.unsigned(paired ? 3 : 2);
    code.unsigned(pure ? f.locals - f.parameters + extra : f.counters - f.parameters);
    code.byte(pure ? lanes.type : Type.i32);
    code.unsigned(pure ? f.counters : f.locals + extra + (partly ? 1 : 0));
    code.byte(pure ? Type.i32 : lanes.type);
    const text = { body: f.body, result: pure ? f.result : null };
    const ranges = Array.from({ length: pure ? 0 : f.parameters }, () => ARGUMENT);
    if (paired && halves) {
      code.unsigned(paired.length + 1 + SCRATCH);
      code.byte(halves.type);
      const pairs = { lanes: halves, first: f.counters + f.locals, order: new Map(paired.map((id, i) => [id, i])) };
      new PairingBody(pairs, code, lanes, names, locals, text, ranges).emitText();
    } else new Body(code, lanes, names, locals, text, ranges).emitText();
    code.byte(Opcode.end);
  });
  if (size > MOST_BODY_BYTES)
    throw new Error(`${f.name} takes ${size} bytes of code, more than the ${MOST_BODY_BYTES} that WebAssembly takes`);
}

/** Its mask, reals, scratch, masks of its conditions, counters; `extra` is how many scratch and masks are. */
function functionLocals({ locals }: FunctionCode, lanes: Lanes, extra: number): Locals {
  const reals = lanes.masks ? 1 : 0;
  const scratch = reals + locals;
  const entry = lanes.masks ? 0 : null;
  return { reals, scratch, masks: scratch + SCRATCH, counters: scratch + extra, bits: null, entry };
}

/** Its bits, counters, reals, the mask of the bits, scratch, masks of its conditions. */
function procedureLocals({ counters, locals }: ProcedureCode, partly: boolean): Locals {
  const first = partly ? 1 : 0;
  const reals = first + counters;
  const entry = reals + locals;
  const scratch = entry + first;
  const places = { counters: first, reals, scratch, masks: scratch + SCRATCH };
  return partly ? { ...places, bits: 0, entry } : { ...places, bits: null, entry: null };
}
