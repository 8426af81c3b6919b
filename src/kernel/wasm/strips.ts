/**
 * Independent loops over a long procedure, piece by piece: a few iterations go through its first piece, then through the
 * second and so on, so that an instruction fetched serves them all; then come the next few. (Strip mining and loop
 * distribution: Allen & Kennedy 2002, Optimizing Compilers for Modern Architectures, chapters 5 and 6.)
 */
import type { BufferShape, Index, Module, ProcedureCode, Statement } from '../ir';
import { visit } from '../visit';
import { argumentSteps, type Loop, stepOf, stepsOf } from './pairing';
import { type Pieces, piecesOf } from './pieces';
import { usesOf } from './uses';

/** Iterations that go through a piece together. Even; what they keep is to stay in the fastest memory. */
const STRIP = 8;

/** The module with its long procedures in pieces. */
export function inPieces(module: Module): Module {
  const strips = new Strips(module);
  return strips.found.size === 0
    ? module
    : {
        ...module,
        buffers: [...module.buffers, ...strips.buffers()],
        procedures: module.procedures.flatMap((procedure) => strips.rewritten(procedure)),
      };
}

interface Cut {
  readonly procedure: ProcedureCode;
  readonly pieces: Pieces;
}

class Strips {
  readonly found: ReadonlyMap<string, Cut>;
  private readonly scratch: ReadonlySet<string>;

  constructor({ buffers, procedures }: Module) {
    this.scratch = new Set(buffers.flatMap(({ name, scratch }) => (scratch ? [name] : [])));
    this.found = new Map(
      procedures.flatMap((procedure) => {
        const pieces = piecesOf(procedure);
        return pieces ? [[procedure.name, { procedure, pieces }]] : [];
      }),
    );
  }

  /** For a strip, which may be longer by one. */
  buffers(): BufferShape[] {
    return Array.from(this.found.values(), ({ pieces: { buffer, kept } }) => ({
      name: buffer,
      length: kept * (STRIP + 1),
      scratch: true,
    }));
  }

  rewritten(procedure: ProcedureCode): ProcedureCode[] {
    const cut = this.found.get(procedure.name);
    if (cut) {
      const { parameters } = procedure;
      const indices = Array.from({ length: parameters }, (_, id): Index => ({ kind: 'counter', id }));
      const body = calls(cut.pieces, indices, literal(0));
      return [...cut.pieces.codes, { ...procedure, counters: parameters, locals: 0, body }];
    }
    const counters = new Counters(procedure.counters);
    const body = this.block(procedure.body, counters);
    return [{ ...procedure, counters: counters.count, body }];
  }

  private block(statements: readonly Statement[], counters: Counters): Statement[] {
    return statements.flatMap((statement) => {
      switch (statement.kind) {
        case 'for':
          return this.loop(statement, counters);
        case 'while':
          return [{ ...statement, body: this.block(statement.body, counters) }];
        case 'if': {
          const { body, otherwise } = statement;
          return [{ ...statement, body: this.block(body, counters), otherwise: this.block(otherwise, counters) }];
        }
        default:
          return [statement];
      }
    });
  }

  private loop(loop: Loop, counters: Counters): Statement[] {
    const { from, to, body, independent } = loop;
    const [call] = body;
    const cut = call?.kind === 'call' && body.length === 1 && this.found.get(call.procedure);
    const stays = { ...loop, body: this.block(body, counters) };
    if (!cut || !independent || from.kind !== 'literal' || to.kind !== 'literal') return [stays];
    const steps = call.indices.map((index) => stepOf(index, stepsOf(loop)));
    if (!this.isSeparable(cut.procedure, steps)) return [stays];

    /** All pieces for `length` iterations from `first` on. */
    const strip = (first: Index, length: number): Statement[] =>
      cut.pieces.codes.map((piece) => {
        const counter = counters.next();
        const own: Index = { kind: 'counter', id: counter };
        const at = { kind: 'sum', first, second: own } as const;
        const place = { kind: 'product', first: own, factor: cut.pieces.kept } as const;
        const indices = [...call.indices.map((index) => substituted(index, loop.counter, at)), place];
        const inner: Statement = { kind: 'call', procedure: piece.name, indices };
        return { ...loop, counter, from: literal(0), to: literal(length), body: [inner] };
      });
    const all = to.value - from.value;
    // One alone would need code for itself.
    const whole = all % STRIP === 1 ? Math.floor(all / STRIP) - 1 : Math.floor(all / STRIP);
    const statements: Statement[] = [];
    if (whole > 0) {
      const counter = counters.next();
      const first: Index = {
        kind: 'sum',
        first: { kind: 'product', first: { kind: 'counter', id: counter }, factor: STRIP },
        second: from,
      };
      const outer = { ...loop, counter, from: literal(0), to: literal(whole), independent: false };
      statements.push({ ...outer, body: strip(first, STRIP) });
    }
    const rest = all - Math.max(0, whole) * STRIP;
    if (rest > 0) statements.push(...strip(literal(to.value - rest), rest));
    return statements;
  }

  /** Whether an iteration may stop between two statements while others go on: it writes to places of its own. */
  private isSeparable({ body }: ProcedureCode, steps: readonly number[]): boolean {
    const { reads, writes, calls: inner } = usesOf(body);
    if (inner.length > 0 || [...reads, ...writes].some((buffer) => this.scratch.has(buffer))) return false;
    let own = true;
    visit(body, {
      statement: (one) => {
        if (one.kind === 'store' && stepOf(one.index, argumentSteps(steps)) === 0) own = false;
      },
    });
    return own;
  }
}

class Counters {
  constructor(public count: number) {}

  next(): number {
    return this.count++;
  }
}

const literal = (value: number): Index & { kind: 'literal' } => ({ kind: 'literal', value });

function calls({ codes }: Pieces, indices: readonly Index[], place: Index): Statement[] {
  return codes.map(({ name }) => ({ kind: 'call', procedure: name, indices: [...indices, place] }));
}

/** The index with another one in place of a counter. */
function substituted(index: Index, counter: number, by: Index): Index {
  switch (index.kind) {
    case 'literal':
      return index;
    case 'counter':
      return index.id === counter ? by : index;
    case 'sum':
      return {
        kind: 'sum',
        first: substituted(index.first, counter, by),
        second: substituted(index.second, counter, by),
      };
    case 'product':
      return { ...index, first: substituted(index.first, counter, by) };
  }
}
