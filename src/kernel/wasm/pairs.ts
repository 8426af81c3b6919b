/**
 * Independent loops of a scalar kernel, two iterations at a time in the two halves of a vector. In the body, and in the
 * procedures it calls, a real is a vector where it changes with the iteration and is spread over both halves where it does
 * not; elements that lie side by side are loaded and stored together, others one by one. An odd iteration at the end is
 * taken with the one before once more where that does no harm, else alone.
 */
import type { Range } from '../affine';
import type { Index, RealTerm, Reduction } from '../ir';
import { Body, type BodyText, type Call, type Locals, type Names, type Store } from './body';
import type { Encoder } from './encoder';
import type { Lanes } from './lanes';
import { Opcode, Type, Vector } from './opcodes';
import { type Loop, type Pairing, pairedName, type Steps, setIn, stepOf, stepsOf } from './pairing';

export const WIDTH = 2;
const ALIGNMENT_LOG2 = 3;

/** Places of single instructions, as in Locals. */
const SPARE = 1;
const SCRATCH = 2;

/** What the halves work with: functions and procedures in the form for two. */
export interface Halves {
  readonly pairing: Pairing;
  readonly lanes: Lanes;
  readonly names: Names;
}

/** The same in one body, and where its vectors are. */
export interface Pairs extends Halves {
  /** The vector of the i-th paired local is at first + i; then come a spare one, those of single instructions, and masks. */
  readonly first: number;
  readonly order: ReadonlyMap<number, number>;
}

/** How many vectors a body needs for so many locals, and masks inside one another. */
export function vectorsFor(locals: number, masks: number): number {
  return locals + SPARE + SCRATCH + masks;
}

/** A scalar body that takes its independent loops in pairs. */
export class PairingBody extends Body {
  constructor(
    private readonly pairs: Pairs,
    code: Encoder,
    lanes: Lanes,
    names: Names,
    locals: Locals,
    text: BodyText,
    ranges: Range[],
  ) {
    super(code, lanes, names, locals, text, ranges);
  }

  protected override address(buffer: string, index: Index): number {
    return super.address(buffer, this.pairs.pairing.isScratch(buffer) ? ownHalves(index) : index);
  }

  /** counter = from; while (counter < to - 1) { both halves; counter += 2 }; if (counter < to) body */
  protected override for(loop: Loop): void {
    const { code } = this;
    const { from, to, counter, body, reductions } = loop;
    const count = from.kind === 'literal' && to.kind === 'literal' ? to.value - from.value : null;
    if (!this.pairs.pairing.takes(loop) || (count !== null && count < WIDTH)) {
      super.for(loop);
      return;
    }
    const last: Index = { kind: 'sum', first: to, second: { kind: 'literal', value: -1 } };
    this.ranges[counter] = { least: this.rangeOf(from).least, greatest: this.rangeOf(last).greatest };
    const text = { body, result: null };
    const halves = new PairedBody(stepsOf(loop), setIn(body), this.pairs, code, this.locals, text, this.ranges);
    const local = this.locals.counters + counter;
    const counterBelow = (end: Index): void => {
      code.indexed(Opcode.localGet, local);
      this.index(end);
      code.byte(Opcode.i32LtS);
    };
    const onlyIf = (end: Index, emit: () => void): void => {
      if (count === null) {
        counterBelow(end);
        code.indexed(Opcode.if, Type.empty);
      }
      emit();
      if (count === null) code.byte(Opcode.end);
    };

    this.index(from);
    code.indexed(Opcode.localSet, local);
    if (this.pairs.pairing.overlaps(loop)) {
      this.overlapping(loop, halves);
      return;
    }
    for (const reduction of reductions) halves.begin(reduction);
    onlyIf(last, () => {
      code.indexed(Opcode.loop, Type.empty);
      halves.emitText();
      code.indexed(Opcode.localGet, local);
      code.integer(Opcode.i32Const, WIDTH);
      code.byte(Opcode.i32Add);
      code.indexed(Opcode.localSet, local);
      counterBelow(last);
      code.indexed(Opcode.branchIf, 0);
      code.byte(Opcode.end);
    });
    for (const reduction of reductions) halves.finish(reduction, this.lanes);
    if (count === null || count % WIDTH === 1) onlyIf(to, () => this.statements(body));
  }

  /** do both halves while (counter < to - 2 and (counter = min(counter + 2, to - 2))) */
  private overlapping({ counter, to }: Loop, halves: PairedBody): void {
    const { code } = this;
    const local = this.locals.counters + counter;
    const end: Index = { kind: 'sum', first: to, second: { kind: 'literal', value: -WIDTH } };
    code.indexed(Opcode.loop, Type.empty);
    halves.emitText();
    code.indexed(Opcode.localGet, local);
    this.index(end);
    code.byte(Opcode.i32LtS);
    code.indexed(Opcode.if, Type.empty);
    code.indexed(Opcode.localGet, local);
    code.integer(Opcode.i32Const, WIDTH);
    code.byte(Opcode.i32Add);
    code.indexed(Opcode.localTee, local);
    this.index(end);
    code.indexed(Opcode.localGet, local);
    this.index(end);
    code.byte(Opcode.i32LtS);
    code.byte(Opcode.select);
    code.indexed(Opcode.localSet, local);
    code.indexed(Opcode.branch, 1);
    code.byte(Opcode.end);
    code.byte(Opcode.end);
  }
}

/** What both halves of a pair of iterations do. The value of a counter is that of the first half. */
export class PairedBody extends Body {
  constructor(
    private readonly steps: Steps,
    /** The locals that are vectors here; others are the same in both halves. */
    private readonly varying: ReadonlySet<number>,
    private readonly pairs: Pairs,
    code: Encoder,
    locals: Locals,
    text: BodyText,
    ranges: Range[],
  ) {
    const scratch = pairs.first + pairs.order.size + SPARE;
    const places = { ...locals, scratch, masks: scratch + SCRATCH };
    // Elements are those of one lane.
    super(code, { ...pairs.lanes, count: 1 }, pairs.names, places, text, ranges);
  }

  /** Both halves start from what changes nothing. */
  begin({ local, operation }: Reduction): void {
    const { code, lanes } = this;
    if (operation === 'add') lanes.literal(code, 0);
    else {
      code.indexed(Opcode.localGet, this.locals.reals + local);
      code.vector(Vector.f64x2Splat);
    }
    code.indexed(Opcode.localSet, this.local(local));
  }

  /** What the halves have gathered, joined in a body of `alone`. */
  finish({ local, operation }: Reduction, alone: Lanes): void {
    const { code } = this;
    code.indexed(Opcode.localGet, this.locals.reals + local);
    for (let half = 0; half < WIDTH; half++) {
      code.indexed(Opcode.localGet, this.local(local));
      code.vector(Vector.f64x2ExtractLane);
      code.byte(half);
      this.emit(alone.binary[operation]);
    }
    code.indexed(Opcode.localSet, this.locals.reals + local);
  }

  protected override local(id: number): number {
    return this.pairs.first + (this.pairs.order.get(id) ?? Number.NaN);
  }

  protected override real(term: RealTerm): void {
    const { code } = this;
    switch (term.kind) {
      case 'local':
        if (this.varying.has(term.id)) super.real(term);
        else {
          code.indexed(Opcode.localGet, this.locals.reals + term.id);
          code.vector(Vector.f64x2Splat);
        }
        break;
      case 'load':
        this.load(term.buffer, term.index);
        break;
      case 'select': {
        const extreme = extremeOf(term);
        if (extreme === null) super.real(term);
        else {
          this.real(term.second);
          this.real(term.first);
          code.vector(extreme);
        }
        break;
      }
      case 'index':
        super.real(term);
        this.aheadBy(this.stepOf(term.index));
        break;
      default:
        super.real(term);
    }
  }

  protected override calledName({ procedure, indices }: Call): string {
    return pairedName(
      procedure,
      indices.map((index) => this.stepOf(index)),
    );
  }

  private load(buffer: string, index: Index): void {
    const { code } = this;
    const step = this.stepOf(index);
    if (this.pairs.pairing.isScratch(buffer)) this.access(Vector.load, this.address(buffer, ownHalves(index)));
    else if (step === 0) this.access(Vector.load64Splat, this.address(buffer, index));
    else if (step === 1) this.access(Vector.load, this.address(buffer, index));
    else {
      const second = this.address(buffer, shifted(index, step));
      this.access(Vector.load64Zero, this.address(buffer, index));
      this.access(Vector.load64Lane, second);
      code.byte(1);
    }
  }

  protected override store(statement: Store): void {
    const { code } = this;
    const { buffer, index } = statement;
    const step = this.stepOf(index);
    const scratch = this.pairs.pairing.isScratch(buffer);
    if (scratch || step === 1) {
      const offset = this.address(buffer, scratch ? ownHalves(index) : index);
      this.stored(statement);
      this.access(Vector.store, offset);
      return;
    }
    const spare = this.pairs.first + this.pairs.order.size;
    this.stored(statement);
    code.indexed(Opcode.localSet, spare);
    for (let half = 0; half < WIDTH; half++) {
      const offset = this.address(buffer, shifted(index, half * step));
      code.indexed(Opcode.localGet, spare);
      this.access(Vector.store64Lane, offset);
      code.byte(half);
    }
  }

  /** Add 0 to the first half, and the difference to the second. */
  private aheadBy(difference: number): void {
    const { code, lanes } = this;
    const bits = new BigInt64Array(new Float64Array([difference]).buffer)[0];
    code.pair(0n, bits);
    this.emit(lanes.binary.add);
  }

  private stepOf(index: Index): number {
    return stepOf(index, this.steps);
  }

  private access(opcode: number, offset: number): void {
    this.code.vectorMemory(opcode, ALIGNMENT_LOG2, offset);
  }
}

/** x > y ? x : y and x < y ? x : y are one instruction; null: it is neither. */
function extremeOf({ condition, first, second }: RealTerm & { kind: 'select' }): number | null {
  if (condition.kind !== 'compare' || !sameLocal(condition.first, first) || !sameLocal(condition.second, second))
    return null;
  if (condition.comparison === 'gt') return Vector.f64x2Pmax;
  return condition.comparison === 'lt' ? Vector.f64x2Pmin : null;
}

function sameLocal(a: RealTerm, b: RealTerm): boolean {
  return a.kind === 'local' && b.kind === 'local' && a.id === b.id;
}

function shifted(index: Index, by: number): Index {
  return by === 0 ? index : { kind: 'sum', first: index, second: { kind: 'literal', value: by } };
}

/** In scratch memory the halves of an element lie side by side. */
function ownHalves(index: Index): Index {
  return { kind: 'product', first: index, factor: WIDTH };
}
