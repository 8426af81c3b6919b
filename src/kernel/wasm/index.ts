/** The WebAssembly backend: a module in the binary format, and an instance of it. */
import type { Executable, FunctionCode, Module, ProcedureCode } from '../ir';
import { layout } from '../layout';
import { Body, type Names } from './body';
import { Encoder } from './encoder';
import { scalar } from './lanes';
import { ExportKind, Opcode, Section, Type } from './opcodes';

/** Limits of the engines (WebAssembly JavaScript interface, section 9). */
const MOST_LOCALS = 50_000;
const MOST_BODY_BYTES = 7_654_321;

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const MEMORY = 'memory';

/** Throws where a function is larger than the engines take, or calls something that is not there. */
export function emitWasm(module: Module): Uint8Array<ArrayBuffer> {
  const { offsets, pages } = layout(module.buffers);
  const { functions, procedures } = module;
  const names: Names = {
    buffers: offsets,
    functions: new Map(functions.map(({ name }, i) => [name, i])),
    procedures: new Map(procedures.map(({ name }, i) => [name, functions.length + i])),
  };
  const signatures = new Map<string, number>();
  for (const code of [...functions, ...procedures])
    if (!signatures.has(signature(code))) signatures.set(signature(code), signatures.size);

  const code = new Encoder();
  for (const byte of HEADER) code.byte(byte);
  section(code, Section.type, [...signatures.keys()], (text) => type(code, text));
  section(code, Section.function, [...functions, ...procedures], (f) =>
    code.unsigned(signatures.get(signature(f)) ?? 0),
  );
  section(code, Section.memory, [pages], () => {
    code.byte(1); // least and most are given
    code.unsigned(pages);
    code.unsigned(pages);
  });
  section(code, Section.export, [null, ...procedures.filter((p) => p.exported)], (procedure) => {
    code.text(procedure ? procedure.name : MEMORY);
    code.byte(procedure ? ExportKind.function : ExportKind.memory);
    code.unsigned(procedure ? (names.procedures.get(procedure.name) ?? 0) : 0);
  });
  section(code, Section.code, [...functions, ...procedures], (f) => body(code, names, f));
  return code.finish();
}

export function instantiate(module: Module): Executable {
  const { offsets } = layout(module.buffers);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(emitWasm(module)));
  const memory = exports[MEMORY];
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('the instance has no memory');
  const buffers = new Map(
    module.buffers.map(({ name, length }) => [name, new Float64Array(memory.buffer, offsets.get(name), length)]),
  );
  return {
    buffer(name) {
      const buffer = buffers.get(name);
      if (!buffer) throw new Error(`there is no buffer ${name}`);
      return buffer;
    },
    run(procedure, ...indices) {
      const exported = exports[procedure];
      if (typeof exported !== 'function') throw new Error(`there is no exported procedure ${procedure}`);
      exported(...indices);
    },
  };
}

/** One character per operand, F for reals and I for indices, and F for a result. */
function signature(code: FunctionCode | ProcedureCode): string {
  return 'result' in code ? `${'F'.repeat(code.parameters)}:F` : `${'I'.repeat(code.parameters)}:`;
}

function type(code: Encoder, text: string): void {
  code.byte(Type.function);
  for (const side of text.split(':')) {
    code.unsigned(side.length);
    for (const letter of side) code.byte(letter === 'F' ? scalar.type : Type.i32);
  }
}

function section<Item>(code: Encoder, id: number, items: readonly Item[], emit: (item: Item) => void): void {
  code.byte(id);
  code.sized(() => {
    code.unsigned(items.length);
    for (const item of items) emit(item);
  });
}

/** Parameters come first among the locals: the counters of procedures, the reals of functions. */
function body(code: Encoder, names: Names, f: FunctionCode | ProcedureCode): void {
  if (f.counters + f.locals > MOST_LOCALS)
    throw new Error(
      `${f.name} has ${f.counters + f.locals} variables, more than the ${MOST_LOCALS} that WebAssembly takes`,
    );
  const size = code.sized(() => {
    const pure = 'result' in f;
    code.unsigned(2);
    code.unsigned(pure ? f.locals - f.parameters : f.counters - f.parameters);
    code.byte(pure ? scalar.type : Type.i32);
    code.unsigned(pure ? f.counters : f.locals);
    code.byte(pure ? Type.i32 : scalar.type);
    const [firstCounter, firstReal] = pure ? [f.locals, 0] : [0, f.counters];
    const emitter = new Body(code, scalar, names, firstCounter, firstReal, pure ? 0 : f.parameters);
    emitter.statements(f.body);
    if (pure) emitter.real(f.result);
    code.byte(Opcode.end);
  });
  if (size > MOST_BODY_BYTES)
    throw new Error(`${f.name} takes ${size} bytes of code, more than the ${MOST_BODY_BYTES} that WebAssembly takes`);
}
