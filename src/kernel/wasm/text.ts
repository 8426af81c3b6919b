/** The code of one function or procedure: its locals and its body. */
import type { Range } from '../affine';
import type { FunctionCode, ProcedureCode } from '../ir';
import { ARGUMENT, Body, type Locals, type Names } from './body';
import type { Emitted } from './emit';
import type { Encoder } from './encoder';
import type { Lanes } from './lanes';
import { Opcode, Type } from './opcodes';
import { maskDepth } from './outliving';
import { argumentSteps } from './pairing';
import { type Halves, PairedBody, PairingBody, type Pairs, vectorsFor } from './pairs';
import { MOST_RUNNING } from './running';

/** Limits of the engines (WebAssembly JavaScript interface, section 9). */
const MOST_LOCALS = 50_000;
const MOST_BODY_BYTES = 7_654_321;

const SCRATCH = 2;
const RUNNING = [MOST_RUNNING, Type.i32] as const;

/** Throws where it is larger than the engines take. */
export function emitText(code: Encoder, names: Names, halves: Halves | null, one: Emitted): void {
  const { code: f, lanes, steps } = one;
  if (f.counters + f.locals > MOST_LOCALS)
    throw new Error(
      `${f.name} has ${f.counters + f.locals} variables, more than the ${MOST_LOCALS} that WebAssembly takes`,
    );
  const size = code.sized(() => {
    if (halves && steps) pairedText(code, halves, steps, one);
    else if (halves && lanes.count === 1 && !('result' in f)) pairingText(code, names, halves, lanes, f);
    else plainText(code, halves && lanes === halves.lanes ? halves.names : names, one);
    code.byte(Opcode.end);
  });
  if (size > MOST_BODY_BYTES)
    throw new Error(`${f.name} takes ${size} bytes of code, more than the ${MOST_BODY_BYTES} that WebAssembly takes`);
}

/** Parameters come first among the locals: the reals of functions, the counters of procedures. */
function plainText(code: Encoder, names: Names, { code: f, lanes, partly }: Emitted): void {
  const extra = lanes.masks ? maskDepth(f.body) + SCRATCH : 0;
  if ('result' in f) {
    declare(code, [f.locals - f.parameters + extra, lanes.type], [f.counters, Type.i32], RUNNING);
    const locals = functionLocals(f, lanes, extra);
    new Body(code, lanes, names, locals, f, []).emitText();
  } else {
    const reals = f.locals + extra + (partly ? 1 : 0);
    declare(code, [f.counters - f.parameters, Type.i32], [reals, lanes.type], RUNNING);
    const running = (partly ? 1 : 0) + f.counters + reals;
    const text = { body: f.body, result: null };
    new Body(code, lanes, names, procedureLocals(f, partly, running), text, unknown(f)).emitText();
  }
}

/** A procedure of one lane, some of whose loops are paired. */
function pairingText(code: Encoder, names: Names, halves: Halves, lanes: Lanes, f: ProcedureCode): void {
  const paired = halves.pairing.locals(f.body);
  const pairs: Pairs = { ...halves, first: f.counters + f.locals, order: new Map(paired.map((id, i) => [id, i])) };
  const vectors = vectorsFor(paired.length, maskDepth(f.body));
  declare(code, [f.counters - f.parameters, Type.i32], [f.locals, lanes.type], [vectors, pairs.lanes.type], RUNNING);
  const locals = procedureLocals(f, false, pairs.first + vectors);
  const text = { body: f.body, result: null };
  new PairingBody(pairs, code, lanes, names, locals, text, unknown(f)).emitText();
}

/** A procedure called from a paired loop, in both halves or in some: all its reals are vectors. */
function pairedText(code: Encoder, halves: Halves, steps: readonly number[], { code: f, partly }: Emitted): void {
  const counters = partly ? 1 : 0;
  const reals = counters + f.counters;
  const order = new Map(Array.from({ length: f.locals }, (_, id) => [id, id]));
  const pairs: Pairs = { ...halves, first: reals, order };
  const entry = reals + vectorsFor(f.locals, maskDepth(f.body));
  const running = partly ? entry + 1 : entry;
  declare(code, [f.counters - f.parameters, Type.i32], [running - reals, pairs.lanes.type], RUNNING);
  const places = { counters, reals, scratch: 0, masks: 0, running };
  const locals: Locals = partly ? { ...places, bits: 0, entry } : { ...places, bits: null, entry: null };
  const text = { body: f.body, result: null };
  const varying = new Set(order.keys());
  new PairedBody(argumentSteps(steps), varying, pairs, code, locals, text, unknown(f)).emitText();
}

function declare(code: Encoder, ...groups: readonly (readonly [count: number, type: number])[]): void {
  code.unsigned(groups.length);
  for (const [count, type] of groups) {
    code.unsigned(count);
    code.byte(type);
  }
}

/** Arguments may be any whole number. */
function unknown({ parameters }: FunctionCode | ProcedureCode): Range[] {
  return Array.from({ length: parameters }, () => ARGUMENT);
}

/** Its mask, reals, scratch and masks of its conditions (`extra` together), counters, running addresses. */
function functionLocals({ locals, counters: loops }: FunctionCode, lanes: Lanes, extra: number): Locals {
  const reals = lanes.masks ? 1 : 0;
  const scratch = reals + locals;
  const entry = lanes.masks ? 0 : null;
  const counters = scratch + extra;
  return { reals, scratch, masks: scratch + SCRATCH, counters, running: counters + loops, bits: null, entry };
}

/** Its bits, counters, reals, the mask of the bits, scratch, masks of its conditions, running addresses. */
function procedureLocals({ counters, locals }: ProcedureCode, partly: boolean, running: number): Locals {
  const first = partly ? 1 : 0;
  const reals = first + counters;
  const entry = reals + locals;
  const scratch = entry + first;
  const places = { counters: first, reals, scratch, masks: scratch + SCRATCH, running };
  return partly ? { ...places, bits: 0, entry } : { ...places, bits: null, entry: null };
}
