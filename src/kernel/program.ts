/**
 * Writing kernels: a Program records statements as the algorithm's TypeScript runs. Host-side loops and conditions
 * unroll; `for`, `if` and `while` of the program are recorded.
 *
 * A Real is an expression, evaluated where a statement uses it: one that loads from a buffer or reads a variable sees
 * what is there then. `let` fixes a value now.
 */
import { defineElementary, isElementary } from './elementary';
import type { BufferShape, FunctionCode, Index, Module, ProcedureCode, Reduction, Statement } from './ir';
import { type Condition, Counter, type Indexish, index, Real, type Realish, real, select, ZERO } from './real';
import { visit } from './visit';

/** A place that can be read and written: a local variable or an element of a buffer. */
export interface Place extends Real {
  set(value: Realish): void;
  add(value: Realish): void;
}

/** A local that is written once, where it is made. */
class Fixed extends Real {}

class Variable extends Real implements Place {
  constructor(
    private readonly program: Program,
    private readonly id: number,
  ) {
    super({ kind: 'local', id });
  }
  set(value: Realish): void {
    this.program.record({ kind: 'assign', local: this.id, value: real(value).term });
  }
  add(value: Realish): void {
    const term = real(value);
    if (term.literal !== 0) this.set(this.plus(term));
  }
}

class Element extends Real implements Place {
  constructor(
    private readonly program: Program,
    private readonly buffer: string,
    private readonly index: Index,
  ) {
    super({ kind: 'load', buffer, index });
  }
  set(value: Realish): void {
    this.program.record({ kind: 'store', buffer: this.buffer, index: this.index, value: real(value).term });
  }
  add(value: Realish): void {
    const term = real(value);
    if (term.literal !== 0) this.set(this.plus(term));
  }
}

/** A row-major array in memory. */
export class Buffer {
  constructor(
    private readonly program: Program,
    readonly name: string,
    readonly shape: readonly number[],
  ) {}

  get length(): number {
    return this.shape.reduce((a, b) => a * b, 1);
  }

  at(...indices: Indexish[]): Place {
    if (indices.length !== this.shape.length) throw new Error(`${this.name} has ${this.shape.length} indices`);
    let constant = 0;
    let varying: Counter | null = null;
    let stride = 1;
    for (let d = this.shape.length - 1; d >= 0; d--) {
      const i = indices[d];
      if (typeof i === 'number') {
        if (i < 0 || i >= this.shape[d]) throw new Error(`${this.name}: index ${i} is outside 0..${this.shape[d] - 1}`);
        constant += stride * i;
      } else {
        const part = i.times(stride);
        varying = varying === null ? part : part.plus(varying);
      }
      stride *= this.shape[d];
    }
    const place: Index = varying === null ? { kind: 'literal', value: constant } : varying.plus(constant).index;
    return new Element(this.program, this.name, place);
  }

  /** Its i-th number, whatever the shape. */
  flat(i: Indexish): Place {
    return new Element(this.program, this.name, index(i));
  }
}

/** A small matrix of locals where its size is known to be small, of memory otherwise. */
export interface Scratch {
  at(...indices: Indexish[]): Place;
}

export interface Procedure {
  readonly name: string;
  call(...indices: Indexish[]): void;
}

type LoopKind = Pick<Statement & { kind: 'for' }, 'down' | 'independent' | 'reductions'>;

/** Throws where the iterations set a variable made before them: locals 0..made-1, but for those that gather. */
function checkIndependent(code: readonly Statement[], made: number, reductions: readonly Reduction[]): void {
  visit(code, {
    statement: (inner) => {
      if (inner.kind === 'assign' && inner.local < made && !reductions.some(({ local }) => local === inner.local))
        throw new Error('an independent loop sets a variable that was made outside it');
    },
  });
}

const plainLoop: LoopKind = { down: false, independent: false, reductions: [] };

interface Frame {
  counters: number;
  locals: number;
  body: Statement[];
}

export class Program {
  private readonly buffers: BufferShape[] = [];
  private readonly functions: FunctionCode[] = [];
  private readonly procedures: ProcedureCode[] = [];
  private readonly sharedBuffers = new Map<string, Buffer>();
  private readonly applied = new Set<string>();
  private frame: Frame | null = null;

  /** Blocks up to this length are unrolled by `each` and `sum`, and live in locals as scratch. */
  constructor(private limit = 12) {}

  get unrollLimit(): number {
    return this.limit;
  }

  /** Record `body` with another limit. */
  unrolling<T>(limit: number, body: () => T): T {
    const outer = this.limit;
    this.limit = limit;
    const result = body();
    this.limit = outer;
    return result;
  }

  /** The elementary functions that the code applies are added here. */
  module(): Module {
    defineElementary(this, [...this.applied].filter(isElementary));
    return { buffers: this.buffers, functions: this.functions, procedures: this.procedures };
  }

  buffer(name: string, ...shape: number[]): Buffer {
    return this.memory(name, shape, false);
  }

  /** Scratch memory that several pieces of code use under one name, each for itself and at once. */
  shared(name: string, ...shape: number[]): Buffer {
    const known = this.sharedBuffers.get(name);
    if (known && known.shape.join() === shape.join()) return known;
    if (known) throw new Error(`shared buffer ${name} has another shape`);
    const made = this.memory(name, shape, true);
    this.sharedBuffers.set(name, made);
    return made;
  }

  /** A scalar in memory, shared by procedures and the host. */
  scalar(name: string): Place {
    return this.buffer(name, 1).at(0);
  }

  /** The scalar of that name, made before. */
  existing(name: string): Place {
    if (!this.buffers.some((b) => b.name === name)) throw new Error(`there is no ${name}`);
    return new Element(this, name, { kind: 'literal', value: 0 });
  }

  scratch(name: string, ...shape: number[]): Scratch {
    if (Math.max(...shape) > this.unrollLimit) return this.buffer(name, ...shape);
    const places = Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => this.variable());
    return {
      at: (...indices) => {
        const flat = indices.reduce<number>((sum, i, d) => {
          if (typeof i !== 'number') throw new Error(`${name} lives in locals: its indices are numbers, not counters`);
          return sum * shape[d] + i;
        }, 0);
        return places[flat];
      },
    };
  }

  /** Define a procedure of whole-number arguments. `exported`: the host may run it. */
  procedure(name: string, body: (...indices: Counter[]) => void, exported = true): Procedure {
    if (this.frame) throw new Error(`procedure ${name} inside another one`);
    if (this.procedures.some((p) => p.name === name)) throw new Error(`procedure ${name} exists already`);
    this.frame = { counters: body.length, locals: 0, body: [] };
    body(...Array.from({ length: body.length }, (_, id) => new Counter({ kind: 'counter', id })));
    const { counters, locals, body: code } = this.frame;
    this.procedures.push({ name, parameters: body.length, counters, locals, body: code, exported });
    this.frame = null;
    return {
      name,
      call: (...indices) => this.record({ kind: 'call', procedure: name, indices: indices.map(index) }),
    };
  }

  /** Define a pure function of reals, to be used through `apply`. */
  function(name: string, parameters: number, body: (...operands: Real[]) => Real): void {
    if (this.frame) throw new Error(`function ${name} inside another one`);
    if (this.hasFunction(name)) throw new Error(`function ${name} exists already`);
    this.frame = { counters: 0, locals: parameters, body: [] };
    const operands = Array.from({ length: parameters }, (_, id) => new Fixed({ kind: 'local', id }));
    const result = body(...operands).term;
    this.functions.push({
      name,
      parameters,
      counters: this.frame.counters,
      locals: this.frame.locals,
      body: this.frame.body,
      result,
    });
    this.frame = null;
  }

  /** The value of a function of the module: one of the elementary functions, or one defined by `function`. */
  apply(name: string, ...operands: Realish[]): Real {
    this.applied.add(name);
    return new Real({ kind: 'apply', function: name, operands: operands.map((operand) => real(operand).term) });
  }

  hasFunction(name: string): boolean {
    return this.functions.some((f) => f.name === name);
  }

  /** A local variable; set to `initial` here if that is given. */
  variable(initial?: Realish): Place {
    const made = new Variable(this, this.current().locals++);
    if (initial !== undefined) made.set(initial);
    return made;
  }

  /** The value as it is now; literals and locals that cannot change stay what they are. */
  let(value: Realish): Real {
    const term = real(value);
    if (term.literal !== null || term instanceof Fixed) return term;
    const local = this.current().locals++;
    this.record({ kind: 'assign', local, value: term.term });
    return new Fixed({ kind: 'local', id: local });
  }

  for(from: Indexish, to: Indexish, body: (i: Counter) => void): void {
    this.loop(from, to, body);
  }

  forDown(from: Indexish, to: Indexish, body: (i: Counter) => void): void {
    this.loop(from, to, body, { down: true });
  }

  /**
   * Iterations that do not depend on each other: none reads what another writes, and variables set in the body are made
   * in it. A backend may take several at once; best where the last index of what is read and written is i.
   */
  forEach(from: Indexish, to: Indexish, body: (i: Counter) => void): void {
    this.loop(from, to, body, { independent: true });
  }

  /** The sum of term(i) for i = from..to-1, in any order, fixed now. */
  total(from: Indexish, to: Indexish, term: (i: Indexish) => Realish): Real {
    return this.reduce('add', 0, from, to, (sum, i) => sum.plus(term(i)));
  }

  /** The sums of so many terms for i = from..to-1 in one go, each in any order, fixed now. */
  totals(count: number, from: Indexish, to: Indexish, terms: (i: Indexish) => readonly Realish[]): Real[] {
    return this.reduceAll('add', Array(count).fill(0), from, to, (sums, i) =>
      terms(i).map((term, n) => sums[n].plus(term)),
    );
  }

  /** The greatest of `least` and all term(i), fixed now; terms that are not a number are passed over. */
  greatest(least: Realish, from: Indexish, to: Indexish, term: (i: Indexish) => Realish): Real {
    return this.reduce('max', least, from, to, (most, i) => {
      const next = this.let(term(i));
      return select(next.gt(most), next, most);
    });
  }

  /** The smallest of `most` and all term(i), likewise. */
  smallest(most: Realish, from: Indexish, to: Indexish, term: (i: Indexish) => Realish): Real {
    return this.reduce('min', most, from, to, (least, i) => {
      const next = this.let(term(i));
      return select(next.lt(least), next, least);
    });
  }

  if(condition: Condition, then: () => void, otherwise: () => void = () => {}): void {
    this.record({
      kind: 'if',
      condition: condition.term,
      body: this.block(then),
      otherwise: this.block(otherwise),
    });
  }

  while(condition: Condition, body: () => void): void {
    this.record({ kind: 'while', condition: condition.term, body: this.block(body) });
  }

  /** i = from..to-1, unrolled where both are numbers and few, otherwise a loop. */
  each(from: Indexish, to: Indexish, body: (i: Indexish) => void): void {
    if (typeof from === 'number' && typeof to === 'number' && to <= this.unrollLimit)
      for (let i = from; i < to; i++) body(i);
    else this.for(from, to, body);
  }

  /** The same from the end. */
  eachDown(from: Indexish, to: number, body: (i: Indexish) => void): void {
    if (typeof from === 'number' && to <= this.unrollLimit) for (let i = to - 1; i >= from; i--) body(i);
    else this.forDown(from, to, body);
  }

  /** The sum of term(i) for i = from..to-1, fixed now. */
  sum(from: Indexish, to: Indexish, term: (i: Indexish) => Realish): Real {
    if (typeof from === 'number' && typeof to === 'number' && to <= this.unrollLimit) {
      let total = ZERO;
      for (let i = from; i < to; i++) total = total.plus(term(i));
      return this.let(total);
    }
    const total = this.variable(0);
    this.for(from, to, (i) => total.add(term(i)));
    return this.let(total);
  }

  record(statement: Statement): void {
    this.current().body.push(statement);
  }

  private memory(name: string, shape: readonly number[], scratch: boolean): Buffer {
    if (this.buffers.some((b) => b.name === name)) throw new Error(`buffer ${name} exists already`);
    const made = new Buffer(this, name, shape);
    this.buffers.push({ name, length: made.length, scratch });
    return made;
  }

  private loop(from: Indexish, to: Indexish, body: (i: Counter) => void, how: Partial<LoopKind> = {}): void {
    const { locals: made } = this.current();
    const counter = this.current().counters++;
    const code = this.block(() => body(new Counter({ kind: 'counter', id: counter })));
    if (how.independent) checkIndependent(code, made, how.reductions ?? []);
    if (code.length > 0)
      this.record({ ...plainLoop, ...how, kind: 'for', counter, from: index(from), to: index(to), body: code });
  }

  private reduce(
    operation: Reduction['operation'],
    start: Realish,
    from: Indexish,
    to: Indexish,
    step: (gathered: Real, i: Indexish) => Real,
  ): Real {
    return this.reduceAll(operation, [start], from, to, ([gathered], i) => [step(gathered, i)])[0];
  }

  private reduceAll(
    operation: Reduction['operation'],
    starts: readonly Realish[],
    from: Indexish,
    to: Indexish,
    step: (gathered: readonly Real[], i: Indexish) => readonly Real[],
  ): Real[] {
    const locals = starts.map(() => this.current().locals++);
    const variables = locals.map((local) => new Variable(this, local));
    variables.forEach((variable, n) => variable.set(starts[n]));
    const reductions = locals.map((local) => ({ local, operation }));
    const body = (i: Indexish): void => step(variables, i).forEach((value, n) => variables[n].set(value));
    this.loop(from, to, body, { independent: true, reductions });
    return locals.map((id) => new Fixed({ kind: 'local', id }));
  }

  private block(body: () => void): Statement[] {
    const frame = this.current();
    const outer = frame.body;
    frame.body = [];
    body();
    const inner = frame.body;
    frame.body = outer;
    return inner;
  }

  private current(): Frame {
    if (!this.frame) throw new Error('statements belong into a procedure or function');
    return this.frame;
  }
}
