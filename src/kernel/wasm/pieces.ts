/**
 * A long procedure in pieces, one called after the other. Engines put the operations of a straight line into an order of
 * their own, breadth first, in which thousands of values wait for each other, and wait in memory; only what is done to
 * memory stays in order. So a value that is used far from where it is made is put into memory by the code itself, and
 * loaded again where it is used: the rest follows.
 */
import type { Index, ProcedureCode, Statement } from '../ir';
import { renamed } from '../rename';
import { type Visitor, visit } from '../visit';
import { type Lives, livesOf } from './lives';

/** About how many operations make a piece: its code is to stay in the instruction cache. */
const PIECE = 2000;
/** A use more than so many operations after the one before is far. */
const FAR = 100;

export interface Pieces {
  /**
   * Their arguments are those of the procedure, then the first place of the iteration in the buffer of the values that
   * are kept.
   */
  readonly codes: readonly ProcedureCode[];
  readonly buffer: string;
  /** How many places an iteration has. */
  readonly kept: number;
}

/** null: the procedure is short, or nowhere to be cut. */
export function piecesOf(procedure: ProcedureCode): Pieces | null {
  const { name, parameters, body } = procedure;
  const ends = operationsUntil(body);
  if ((ends[ends.length - 1] ?? 0) < 1.5 * PIECE) return null;
  const lives = livesOf(body);
  const numbers = pieceNumbers(ends, lives);
  const count = (numbers[numbers.length - 1] ?? 0) + 1;
  if (count === 1) return null;

  const buffer = `kept ${name}`;
  const { far, places, kept } = plan(ends, lives, numbers);
  const counter = (id: number): number => (id < parameters ? id : id + 1);
  const element = (local: number): { buffer: string; index: Index } => {
    const second: Index = { kind: 'literal', value: places.get(local) ?? Number.NaN };
    return { buffer, index: { kind: 'sum', first: { kind: 'counter', id: parameters }, second } };
  };
  const codes = Array.from({ length: count }, (_, number): ProcedureCode => {
    const written: Statement[] = [];
    const locals = new Map<number, number>();
    let made = 0;
    const local = (id: number): number => {
      const known = locals.get(id);
      if (known !== undefined) return known;
      locals.set(id, made);
      return made++;
    };
    for (let i = numbers.indexOf(number); numbers[i] === number; i++) {
      for (const id of far.get(i) ?? []) {
        locals.set(id, made);
        written.push({ kind: 'assign', local: made++, value: { kind: 'load', ...element(id) } });
      }
      const statement = body[i];
      written.push(renamed(statement, { local, counter }));
      if (statement.kind === 'assign' && places.has(statement.local))
        written.push({
          kind: 'store',
          ...element(statement.local),
          value: { kind: 'local', id: local(statement.local) },
        });
    }
    return {
      name: `${name}, piece ${number}`,
      parameters: parameters + 1,
      counters: procedure.counters + 1,
      locals: made,
      body: written,
      exported: false,
    };
  });
  return { codes, buffer, kept };
}

/** How many operations there are from the start to the end of each statement, those in loops once. */
function operationsUntil(body: readonly Statement[]): number[] {
  let total = 0;
  const visitor: Visitor = {
    real: ({ kind }) => {
      if (kind === 'unary' || kind === 'binary') total++;
    },
  };
  const one: Statement[] = [];
  return body.map((statement) => {
    one[0] = statement;
    visit(one, visitor);
    return total;
  });
}

/** The piece that each statement belongs to. Locals that change are not taken from one to another. */
function pieceNumbers(ends: readonly number[], { changing }: Lives): number[] {
  const inside = ends.map(() => false);
  for (const { first, last } of changing.values()) inside.fill(true, first + 1, last + 1);
  const all = ends[ends.length - 1] ?? 0;
  const length = all / Math.round(all / PIECE);
  let number = 0;
  let start = 0;
  return ends.map((_, i) => {
    const before = ends[i - 1] ?? 0;
    if (!inside[i] && before - start >= length && all - before >= length / 2) {
      number++;
      start = before;
    }
    return number;
  });
}

interface Plan {
  /** The locals to be loaded before a statement. */
  readonly far: ReadonlyMap<number, readonly number[]>;
  /** Where those that are kept have their places, and how many places there are. */
  readonly places: ReadonlyMap<number, number>;
  readonly kept: number;
}

function plan(ends: readonly number[], { made, uses }: Lives, numbers: readonly number[]): Plan {
  const far = new Map<number, number[]>();
  const places = new Map<number, number>();
  const free: number[] = [];
  /** By the statement after which they are not needed any more. */
  const leaving = new Map<number, number[]>();
  let kept = 0;
  let left = 0;
  for (const [local, first] of made) {
    let last = first;
    let isKept = false;
    for (const use of uses.get(local) ?? []) {
      if (numbers[use] !== numbers[last] || (ends[use - 1] ?? 0) - ends[last] > FAR) {
        addTo(far, use, local);
        isKept = true;
      }
      last = use;
    }
    if (!isKept) continue;
    for (; left <= first; left++) for (const gone of leaving.get(left) ?? []) free.push(gone);
    const place = free.pop() ?? kept++;
    places.set(local, place);
    addTo(leaving, last, place);
  }
  return { far, places, kept };
}

function addTo(lists: Map<number, number[]>, key: number, value: number): void {
  const known = lists.get(key);
  if (known) known.push(value);
  else lists.set(key, [value]);
}
