/**
 * Independent loops of a scalar kernel, two iterations at a time in the two halves of a vector. In the body a real is a
 * vector where it changes with the iteration and is spread over both halves where it does not; elements that lie side
 * by side are loaded and stored together, others one by one. An odd iteration at the end is taken alone.
 */
import type { Range } from '../affine';
import type { ConditionTerm, Index, RealTerm, Reduction, Statement } from '../ir';
import { visit } from '../visit';
import { Body, type BodyText, type Locals, type Names } from './body';
import type { Encoder } from './encoder';
import type { Lanes } from './lanes';
import { Opcode, Type, Vector } from './opcodes';

type Loop = Statement & { kind: 'for' };

const WIDTH = 2;
const ALIGNMENT_LOG2 = 3;

/** The locals that are set in paired loops of a body, in order: each has a vector of its own. */
export function pairedLocals(statements: readonly Statement[]): number[] {
  const found = new Set<number>();
  visit(statements, {
    statement: (loop) => {
      if (loop.kind === 'for' && takesPairs(loop)) for (const local of setIn(loop.body)) found.add(local);
    },
  });
  return [...found];
}

function setIn(statements: readonly Statement[]): Set<number> {
  const found = new Set<number>();
  visit(statements, { statement: (inner) => inner.kind === 'assign' && found.add(inner.local) });
  return found;
}

const decided = new WeakMap<Loop, boolean>();

/** Whether the loop is independent and everything in its body has a form for pairs. */
export function takesPairs(loop: Loop): boolean {
  const known = decided.get(loop);
  if (known !== undefined) return known;
  let takes = loop.independent;
  if (takes)
    visit(loop.body, {
      statement: (inner) => {
        if (inner.kind === 'if' || inner.kind === 'while' || inner.kind === 'call') takes = false;
        if (inner.kind === 'for' && (uses(inner.from, loop.counter) || uses(inner.to, loop.counter))) takes = false;
      },
      real: (term) => {
        if (term.kind === 'apply') takes = false;
        if (term.kind === 'select' && !comparesReals(term.condition)) takes = false;
      },
    });
  decided.set(loop, takes);
  return takes;
}

function uses(index: Index, counter: number): boolean {
  switch (index.kind) {
    case 'literal':
      return false;
    case 'counter':
      return index.id === counter;
    case 'sum':
      return uses(index.first, counter) || uses(index.second, counter);
    case 'product':
      return uses(index.first, counter);
  }
}

function comparesReals(condition: ConditionTerm): boolean {
  switch (condition.kind) {
    case 'compare':
      return true;
    case 'compareIndex':
      return false;
    case 'and':
    case 'or':
      return comparesReals(condition.first) && comparesReals(condition.second);
    case 'not':
      return comparesReals(condition.operand);
  }
}

/**
 * What the halves work with, and where their vectors are: that of the i-th paired local at first + i, then a spare one, then
 * those of single instructions.
 */
export interface Pairs {
  readonly lanes: Lanes;
  readonly first: number;
  readonly order: ReadonlyMap<number, number>;
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

  /** counter = from; while (counter < to - 1) { both halves; counter += 2 }; if (counter < to) body */
  protected override for(loop: Loop): void {
    const { code } = this;
    const { from, to, counter, body, reductions } = loop;
    const count = from.kind === 'literal' && to.kind === 'literal' ? to.value - from.value : null;
    if (!takesPairs(loop) || (count !== null && count < WIDTH)) {
      super.for(loop);
      return;
    }
    const last: Index = { kind: 'sum', first: to, second: { kind: 'literal', value: -1 } };
    this.ranges[counter] = { least: this.rangeOf(from).least, greatest: this.rangeOf(last).greatest };
    const halves = new PairedBody(loop, this.lanes, this.pairs, code, this.names, this.locals, this.ranges);
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
    for (const reduction of reductions) halves.finish(reduction);
    if (count === null || count % WIDTH === 1) onlyIf(to, () => this.statements(body));
  }
}

/** What both halves of a pair of iterations do. */
class PairedBody extends Body {
  /** The counter; its value is that of the first half, and the second is one ahead. */
  private readonly counter: number;
  /** The locals that are vectors here. */
  private readonly varying: ReadonlySet<number>;

  constructor(
    { counter, body }: Loop,
    private readonly alone: Lanes,
    private readonly pairs: Pairs,
    code: Encoder,
    names: Names,
    locals: Locals,
    ranges: Range[],
  ) {
    // No masks: all iterations of a pair are taken. Elements are those of one lane.
    const places = { ...locals, scratch: pairs.first + pairs.order.size + 1 };
    super(code, { ...pairs.lanes, masks: null, count: 1 }, names, places, { body, result: null }, ranges);
    this.counter = counter;
    this.varying = setIn(body);
  }

  /** Both halves start from what changes nothing. */
  begin({ local, operation }: Reduction): void {
    const { code, lanes } = this;
    if (operation === 'add') lanes.literal(code, 0);
    else {
      code.indexed(Opcode.localGet, this.locals.reals + local);
      code.vector(Vector.f64x2Splat);
    }
    code.indexed(Opcode.localSet, this.vectorOf(local));
  }

  finish({ local, operation }: Reduction): void {
    const { code } = this;
    code.indexed(Opcode.localGet, this.locals.reals + local);
    for (let half = 0; half < WIDTH; half++) {
      code.indexed(Opcode.localGet, this.vectorOf(local));
      code.vector(Vector.f64x2ExtractLane);
      code.byte(half);
      this.emit(this.alone.binary[operation]);
    }
    code.indexed(Opcode.localSet, this.locals.reals + local);
  }

  protected override real(term: RealTerm): void {
    const { code } = this;
    switch (term.kind) {
      case 'local':
        if (this.varying.has(term.id)) code.indexed(Opcode.localGet, this.vectorOf(term.id));
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
        this.aheadBy(this.stride(term.index));
        break;
      default:
        super.real(term);
    }
  }

  protected override statement(statement: Statement): void {
    switch (statement.kind) {
      case 'assign':
        this.real(statement.value);
        this.code.indexed(Opcode.localSet, this.vectorOf(statement.local));
        break;
      case 'store':
        this.store(statement.buffer, statement.index, statement.value);
        break;
      default:
        super.statement(statement);
    }
  }

  private load(buffer: string, index: Index): void {
    const stride = this.stride(index);
    if (stride === 0) this.access(Vector.load64Splat, this.address(buffer, index));
    else if (stride === 1) this.access(Vector.load, this.address(buffer, index));
    else {
      const second = this.address(buffer, shifted(index, stride));
      this.access(Vector.load64Zero, this.address(buffer, index));
      this.access(Vector.load64Lane, second);
      this.code.byte(1);
    }
  }

  private store(buffer: string, index: Index, value: RealTerm): void {
    const { code } = this;
    const stride = this.stride(index);
    if (stride === 0) throw new Error(`all iterations of a loop store into the same place of ${buffer}`);
    if (stride === 1) {
      const offset = this.address(buffer, index);
      this.real(value);
      this.access(Vector.store, offset);
      return;
    }
    const spare = this.pairs.first + this.pairs.order.size;
    this.real(value);
    code.indexed(Opcode.localSet, spare);
    for (let half = 0; half < WIDTH; half++) {
      const offset = this.address(buffer, shifted(index, half * stride));
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

  /** By how much the index grows from the first half to the second. */
  private stride(index: Index): number {
    const { affine } = this;
    affine.set(index);
    let stride = 0;
    for (let i = 0; i < affine.count; i++) if (affine.counters[i] === this.counter) stride += affine.factors[i];
    return stride;
  }

  private vectorOf(local: number): number {
    return this.pairs.first + (this.pairs.order.get(local) ?? Number.NaN);
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
