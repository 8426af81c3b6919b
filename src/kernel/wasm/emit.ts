/** A module in the binary format of WebAssembly. */
import type { FunctionCode, Module, ProcedureCode } from '../ir';
import { layout } from '../layout';
import type { Names } from './body';
import { Encoder } from './encoder';
import type { Lanes } from './lanes';
import { ExportKind, Section, Type } from './opcodes';
import { Pairing } from './pairing';
import { type Halves, WIDTH } from './pairs';
import { scalar } from './scalar';
import { inPieces } from './strips';
import { emitText } from './text';

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
export const MEMORY = 'memory';

/** What runs the procedure of that name in some of the lanes. */
export const masked = (procedure: string): string => `masked ${procedure}`;

type Code = FunctionCode | ProcedureCode;

/** A function or procedure as it is emitted. */
export interface Emitted {
  readonly code: Code;
  readonly lanes: Lanes;
  /** In all lanes, or in those whose bits come as its first argument. */
  readonly partly: boolean;
  /** For two iterations of a loop at once, between which its arguments differ by so much; null: it is not. */
  readonly steps: readonly number[] | null;
}

/**
 * `halves`: vectors for pairs of iterations of independent loops, where there is one lane; null: none. Throws where a
 * function is larger than the engines take, or calls something that is not there.
 */
export function emitWasm(given: Module, lanes: Lanes = scalar, halves: Lanes | null = null): Uint8Array<ArrayBuffer> {
  const module = inPieces(given);
  const { offsets, pages } = layout(module.buffers, lanes.count, halves ? WIDTH : 1);
  const { functions, procedures } = module;
  const emitted: Emitted[] = [];
  const plain = { lanes, partly: false, steps: null };
  const pairing = halves && new Pairing(module);
  const names: Names = {
    buffers: offsets,
    functions: add(emitted, functions, plain),
    procedures: add(
      emitted,
      procedures.filter(({ name }) => pairing?.isCalledAlone(name) ?? true),
      plain,
    ),
    masked: add(emitted, lanes.masks ? procedures : [], { ...plain, partly: true }),
  };
  const pairs = halves && pairing && addHalves(emitted, module, offsets, halves, pairing);
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
  for (const f of emitted) if (!signatures.has(signature(f))) signatures.set(signature(f), signatures.size);

  const code = new Encoder();
  for (const byte of HEADER) code.byte(byte);
  section(code, Section.type, [...signatures.keys()], (text) => type(code, text));
  section(code, Section.function, emitted, (f) => code.unsigned(indexOf(signatures, signature(f))));
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
  section(code, Section.code, emitted, (f) => emitText(code, names, pairs, f));
  return code.finish();
}

/** Adds the codes in this form, and gives their numbers. */
function add(emitted: Emitted[], codes: readonly Code[], form: Omit<Emitted, 'code'>): Map<string, number> {
  return new Map(codes.map((code) => [code.name, emitted.push({ ...form, code }) - 1]));
}

/** Functions and procedures for two halves, where there are loops to take in pairs. */
function addHalves(
  emitted: Emitted[],
  module: Module,
  buffers: Names['buffers'],
  lanes: Lanes,
  pairing: Pairing,
): Halves {
  const form = { lanes, partly: false, steps: null };
  const procedures = new Map<string, number>();
  for (const { name, code, steps } of pairing.paired) procedures.set(name, emitted.push({ ...form, code, steps }) - 1);
  const masked = new Map<string, number>();
  for (const { name, code, steps } of pairing.pairedPartly)
    masked.set(name, emitted.push({ ...form, partly: true, code, steps }) - 1);
  const applied = module.functions.filter(({ name }) => pairing.isApplied(name));
  const functions = add(emitted, applied, form);
  return { pairing, lanes, names: { buffers, functions, procedures, masked } };
}

function indexOf(indices: ReadonlyMap<string, number>, name: string): number {
  const index = indices.get(name);
  if (index === undefined) throw new Error(`there is no ${name}`);
  return index;
}

/** One character per operand, R for reals, V for vectors and masks, I for whole numbers; then that of the result. */
function signature({ code, lanes, partly }: Emitted): string {
  const real = lanes.type === Type.v128 ? 'V' : 'R';
  if ('result' in code) return `${(lanes.masks ? real : '') + real.repeat(code.parameters)}:${real}`;
  return `${'I'.repeat(code.parameters + (partly ? 1 : 0))}:`;
}

const types: Record<string, number> = { R: Type.f64, V: Type.v128, I: Type.i32 };

function type(code: Encoder, text: string): void {
  code.byte(Type.function);
  for (const side of text.split(':')) {
    code.unsigned(side.length);
    for (const letter of side) code.byte(types[letter]);
  }
}

function section<Item>(code: Encoder, id: number, items: readonly Item[], emit: (item: Item) => void): void {
  code.byte(id);
  code.sized(() => {
    code.unsigned(items.length);
    for (const item of items) emit(item);
  });
}
