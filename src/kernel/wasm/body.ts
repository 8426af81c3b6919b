/** The instructions of one WebAssembly function. */
import { Affine, type Range } from '../affine';
import type { Comparison, ConditionTerm, Index, RealTerm, Statement } from '../ir';
import { NUMBER_BYTES } from '../layout';
import type { Encoder } from './encoder';
import type { Instruction, Lanes, Masks } from './lanes';
import { Opcode, Type } from './opcodes';
import { homes, isUniform, maskDepth } from './outliving';
import { runningIn } from './running';

/** Where the names of a module are found. */
export interface Names {
  readonly buffers: ReadonlyMap<string, number>;
  readonly functions: ReadonlyMap<string, number>;
  readonly procedures: ReadonlyMap<string, number>;
  /** The same procedures for some of the lanes; none where there is one lane. */
  readonly masked: ReadonlyMap<string, number>;
}

/** Where the variables of a function are among its locals. */
export interface Locals {
  readonly counters: number;
  readonly reals: number;
  /** Two reals for single instructions. */
  readonly scratch: number;
  /** Masks of the conditions that one is inside of, the outermost first. */
  readonly masks: number;
  /** The bits of the active lanes, for a procedure that works on some of them. */
  readonly bits: number | null;
  /** Running addresses of the innermost loop. */
  readonly running: number;
  /** The mask a function works under, or the procedure of `bits`; null: in all lanes. */
  readonly entry: number | null;
}

const indexComparisons: Record<Comparison, number> = {
  lt: Opcode.i32LtS,
  le: Opcode.i32LeS,
  gt: Opcode.i32GtS,
  ge: Opcode.i32GeS,
  eq: Opcode.i32Eq,
  ne: Opcode.i32Ne,
};

/** Arguments are whole numbers from 0 on. */
export const ARGUMENT: Range = { least: 0, greatest: Number.POSITIVE_INFINITY };

/** What a function does, and the value it has. */
export interface BodyText {
  readonly body: readonly Statement[];
  readonly result: RealTerm | null;
}

export type Store = Statement & { kind: 'store' };
export type Call = Statement & { kind: 'call' };

export class Body {
  protected readonly affine = new Affine();
  /** The list of statements the innermost mask is for; the mask, and how many there are. */
  private block: readonly Statement[];
  private mask: number | null;
  private depth = 0;
  /** Where the running addresses of the loop one is in are, by their keys. */
  private readonly running = new Map<string, number>();
  /** Where the values of a local matter to no lane that is masked out. */
  private readonly homes: ReadonlyMap<number, readonly Statement[]>;

  constructor(
    protected readonly code: Encoder,
    protected readonly lanes: Lanes,
    protected readonly names: Names,
    protected readonly locals: Locals,
    protected readonly text: BodyText,
    /** Of the counters, as far as they are known. */
    protected readonly ranges: Range[],
  ) {
    const { body, result } = text;
    this.block = body;
    this.mask = locals.entry;
    this.homes = lanes.masks && (locals.entry !== null || maskDepth(body) > 0) ? homes(body, result) : new Map();
  }

  /** The statements; the result stays on the stack. */
  emitText(): void {
    const { code, lanes, locals, text } = this;
    if (lanes.masks && locals.bits !== null && locals.entry !== null) {
      code.indexed(Opcode.localGet, locals.bits);
      this.emit(lanes.masks.fromBits);
      code.indexed(Opcode.localSet, locals.entry);
    }
    this.statements(text.body);
    if (text.result) this.real(text.result);
  }

  protected statements(statements: readonly Statement[]): void {
    for (let i = 0; i < statements.length; i++) this.statement(statements[i]);
  }

  protected real(term: RealTerm): void {
    const { code, lanes } = this;
    switch (term.kind) {
      case 'literal':
        lanes.literal(code, term.value);
        break;
      case 'local':
        this.code.indexed(Opcode.localGet, this.local(term.id));
        break;
      case 'load':
        lanes.load(code, this.address(term.buffer, term.index));
        break;
      case 'unary':
        this.real(term.operand);
        this.emit(lanes.unary[term.operation]);
        break;
      case 'binary':
        if (lanes.fused && this.fused(term, lanes.fused)) break;
        if ((term.operation === 'min' || term.operation === 'max') && this.bounded(term, term.operation)) break;
        this.real(term.first);
        this.real(term.second);
        this.emit(lanes.binary[term.operation]);
        break;
      case 'select':
        this.real(term.first);
        this.real(term.second);
        this.condition(term.condition);
        this.emit(lanes.select);
        break;
      case 'apply':
        if (lanes.masks) this.pushMask(lanes.masks);
        for (const operand of term.operands) this.real(operand);
        this.call(this.names.functions, term.function);
        break;
      case 'index':
        this.index(term.index);
        this.emit(lanes.convertIndex);
        break;
    }
  }

  protected statement(statement: Statement): void {
    switch (statement.kind) {
      case 'assign':
        this.real(statement.value);
        if (this.mask !== null && this.block !== this.homes.get(statement.local)) {
          this.code.indexed(Opcode.localGet, this.local(statement.local));
          this.code.indexed(Opcode.localGet, this.mask);
          this.emit(this.lanes.select);
        }
        this.code.indexed(Opcode.localSet, this.local(statement.local));
        break;
      case 'store':
        this.store(statement);
        break;
      case 'for':
        this.for(statement);
        break;
      case 'if':
        this.if(statement);
        break;
      case 'while':
        this.while(statement);
        break;
      case 'call':
        this.callProcedure(statement);
        break;
    }
  }

  /** Where a real variable is. */
  protected local(id: number): number {
    return this.locals.reals + id;
  }

  protected store(statement: Store): void {
    const offset = this.address(statement.buffer, statement.index);
    this.stored(statement);
    this.lanes.store(this.code, offset);
  }

  /** What the place has after the store: what it had, in lanes that are masked out. */
  protected stored({ buffer, index, value }: Store): void {
    this.real(value);
    if (this.mask === null) return;
    this.real({ kind: 'load', buffer, index });
    this.code.indexed(Opcode.localGet, this.mask);
    this.emit(this.lanes.select);
  }

  /** counter = first; if (counter is inside) do { body; counter++ } while (counter is inside) */
  protected for(statement: Statement & { kind: 'for' }): void {
    const { code } = this;
    const { counter, down, from, to } = statement;
    const last: Index = { kind: 'sum', first: to, second: { kind: 'literal', value: -1 } };
    const counted = from.kind === 'literal' && to.kind === 'literal';
    if (counted && from.value >= to.value) return;

    this.ranges[counter] = { least: this.rangeOf(from).least, greatest: this.rangeOf(last).greatest };
    const local = this.locals.counters + counter;
    const inside = () => {
      code.indexed(Opcode.localGet, local);
      this.index(down ? from : last);
      code.byte(down ? Opcode.i32GeS : Opcode.i32LeS);
    };
    this.index(down ? last : from);
    code.indexed(Opcode.localSet, local);
    if (!counted) {
      inside();
      code.indexed(Opcode.if, Type.empty);
    }
    const size = NUMBER_BYTES * this.lanes.count;
    const running = runningIn(statement, this.affine, size);
    for (const [i, { index, key }] of running.entries()) {
      this.affine.set(index, size);
      this.affine.constant = 0;
      this.pushAffine();
      code.indexed(Opcode.localSet, this.locals.running + i);
      this.running.set(key, this.locals.running + i);
    }
    code.indexed(Opcode.loop, Type.empty);
    this.statements(statement.body);
    this.running.clear();
    for (const [i, { growth }] of running.entries()) this.grow(this.locals.running + i, growth);
    this.grow(local, down ? -1 : 1);
    inside();
    code.indexed(Opcode.branchIf, 0);
    code.byte(Opcode.end);
    if (!counted) code.byte(Opcode.end);
  }

  /** local += by */
  private grow(local: number, by: number): void {
    this.code.indexed(Opcode.localGet, local);
    this.code.integer(Opcode.i32Const, by);
    this.code.byte(Opcode.i32Add);
    this.code.indexed(Opcode.localSet, local);
  }

  private if(statement: Statement & { kind: 'if' }): void {
    const { code } = this;
    const { condition, body, otherwise } = statement;
    const { masks } = this.lanes;
    if (masks && !isUniform(condition)) {
      this.maskedIf(statement, masks);
      return;
    }
    this.truth(condition);
    code.indexed(Opcode.if, Type.empty);
    this.statements(body);
    if (otherwise.length > 0) {
      code.byte(Opcode.else);
      this.statements(otherwise);
    }
    code.byte(Opcode.end);
  }

  /** Each side under the mask of the lanes that take it, if there are any. */
  private maskedIf({ condition, body, otherwise }: Statement & { kind: 'if' }, masks: Masks): void {
    const { code } = this;
    const outer = this.mask;
    this.condition(condition);
    this.under(body, (mask) => {
      this.narrow(outer);
      code.indexed(Opcode.localTee, mask);
      this.emit(masks.any);
      code.indexed(Opcode.if, Type.empty);
      this.statements(body);
      code.byte(Opcode.end);
    });
    if (otherwise.length === 0) return;
    this.pushMask(masks);
    this.under(otherwise, (mask) => {
      code.indexed(Opcode.localGet, mask);
      this.emit(masks.xor);
      code.indexed(Opcode.localTee, mask);
      this.emit(masks.any);
      code.indexed(Opcode.if, Type.empty);
      this.statements(otherwise);
      code.byte(Opcode.end);
    });
  }

  private while({ condition, body }: Statement & { kind: 'while' }): void {
    const { code } = this;
    const { masks } = this.lanes;
    if (masks && !isUniform(condition)) {
      this.maskedWhile(condition, body, masks);
      return;
    }
    code.indexed(Opcode.loop, Type.empty);
    this.truth(condition);
    code.indexed(Opcode.if, Type.empty);
    this.statements(body);
    code.indexed(Opcode.branch, 1);
    code.byte(Opcode.end);
    code.byte(Opcode.end);
  }

  /** A lane whose condition has once been false stays out. */
  private maskedWhile(condition: ConditionTerm, body: readonly Statement[], masks: Masks): void {
    const { code } = this;
    this.pushMask(masks);
    this.under(body, (mask) => {
      code.indexed(Opcode.localSet, mask);
      code.indexed(Opcode.loop, Type.empty);
      this.condition(condition);
      this.narrow(mask);
      code.indexed(Opcode.localTee, mask);
      this.emit(masks.any);
      code.indexed(Opcode.if, Type.empty);
      this.statements(body);
      code.indexed(Opcode.branch, 1);
      code.byte(Opcode.end);
      code.byte(Opcode.end);
    });
  }

  /** Emits with the next mask as the innermost one, for the statements of `block`. */
  private under(block: readonly Statement[], emit: (mask: number) => void): void {
    const { block: outerBlock, mask: outerMask } = this;
    this.block = block;
    this.mask = this.locals.masks + this.depth++;
    emit(this.mask);
    this.depth--;
    this.block = outerBlock;
    this.mask = outerMask;
  }

  /** The condition on the stack, in the lanes of the mask. */
  private narrow(mask: number | null): void {
    if (mask === null) return;
    this.code.indexed(Opcode.localGet, mask);
    this.emit(this.lanes.and);
  }

  private pushMask(masks: Masks): void {
    if (this.mask === null) masks.all(this.code);
    else this.code.indexed(Opcode.localGet, this.mask);
  }

  /** What the procedure is called among the names of this body. */
  protected calledName({ procedure }: Call): string {
    return procedure;
  }

  /** With all lanes in a mask, the procedure for all lanes: it need not care. */
  private callProcedure(call: Call): void {
    const { code, mask, names } = this;
    const name = this.calledName(call);
    const { masks } = this.lanes;
    const everywhere = (): void => {
      for (const index of call.indices) this.index(index);
      this.call(names.procedures, name);
    };
    const masked = (pushBits: () => void): void => {
      pushBits();
      for (const index of call.indices) this.index(index);
      this.call(names.masked, name);
    };
    if (!masks || mask === null) everywhere();
    else if (mask === this.locals.entry) masked(() => code.indexed(Opcode.localGet, this.locals.bits ?? 0));
    else {
      const bits = (): void => {
        code.indexed(Opcode.localGet, mask);
        this.emit(masks.toBits);
      };
      if (this.locals.bits !== null) {
        masked(bits);
        return;
      }
      code.indexed(Opcode.localGet, mask);
      this.emit(masks.every);
      code.indexed(Opcode.if, Type.empty);
      everywhere();
      code.byte(Opcode.else);
      masked(bits);
      code.byte(Opcode.end);
    }
  }

  /** A condition of the lanes. */
  protected condition(term: ConditionTerm): void {
    const { lanes } = this;
    switch (term.kind) {
      case 'compare':
        this.real(term.first);
        this.real(term.second);
        this.emit(lanes.comparison[term.comparison]);
        break;
      case 'compareIndex':
        this.compareIndex(term);
        if (lanes.masks) this.emit(lanes.masks.spread);
        break;
      case 'and':
      case 'or':
        this.condition(term.first);
        this.condition(term.second);
        this.emit(lanes[term.kind]);
        break;
      case 'not':
        this.condition(term.operand);
        this.emit(lanes.not);
        break;
    }
  }

  /** A condition that is the same in all lanes, as an i32. */
  private truth(term: ConditionTerm): void {
    switch (term.kind) {
      case 'compare':
        this.condition(term);
        break;
      case 'compareIndex':
        this.compareIndex(term);
        break;
      case 'and':
      case 'or':
        this.truth(term.first);
        this.truth(term.second);
        this.code.byte(term.kind === 'and' ? Opcode.i32And : Opcode.i32Or);
        break;
      case 'not':
        this.truth(term.operand);
        this.code.byte(Opcode.i32Eqz);
        break;
    }
  }

  private compareIndex({ first, second, comparison }: ConditionTerm & { kind: 'compareIndex' }): void {
    this.index(first);
    this.index(second);
    this.code.byte(indexComparisons[comparison]);
  }

  /** The smaller or larger of a term and a literal; false where it is another. */
  private bounded({ first, second }: RealTerm & { kind: 'binary' }, operation: 'min' | 'max'): boolean {
    const isBound = (term: RealTerm): boolean => term.kind === 'literal' && Math.abs(term.value) > 0;
    if (isBound(first)) [first, second] = [second, first];
    if (!isBound(second)) return false;
    this.real(first);
    this.real(second);
    this.emit(this.lanes.bounded[operation]);
    return true;
  }

  /** a b + c, c + a b and c - a b; false where the term is none of these. */
  private fused(
    { operation, first, second }: RealTerm & { kind: 'binary' },
    { madd, nmadd }: NonNullable<Lanes['fused']>,
  ): boolean {
    const product = (term: RealTerm): (RealTerm & { kind: 'binary' }) | null =>
      term.kind === 'binary' && term.operation === 'mul' ? term : null;
    const onto = (factors: RealTerm & { kind: 'binary' }, rest: RealTerm, instruction: Instruction): true => {
      this.real(factors.first);
      this.real(factors.second);
      this.real(rest);
      this.emit(instruction);
      return true;
    };
    const behind = product(second);
    if (operation === 'sub') return behind !== null && onto(behind, first, nmadd);
    if (operation !== 'add') return false;
    if (behind) return onto(behind, first, madd);
    const before = product(first);
    return before !== null && onto(before, second, madd);
  }

  /**
   * Leaves an i32 address on the stack and returns the offset to add to it. The machine adds the two as unsigned
   * numbers without wrapping round, so the constant part may only go into the offset where neither can be negative.
   */
  protected address(buffer: string, index: Index): number {
    const { affine } = this;
    const base = this.names.buffers.get(buffer);
    if (base === undefined) throw new Error(`there is no buffer ${buffer}`);
    affine.set(index, NUMBER_BYTES * this.lanes.count);
    const fixed = base + affine.constant;
    affine.constant = 0;
    const folds = fixed >= 0 && (affine.count === 0 || affine.least(this.ranges) >= 0);
    const running = this.running.size > 0 && folds ? this.running.get(affine.key) : undefined;
    if (running !== undefined) {
      this.code.indexed(Opcode.localGet, running);
      return fixed;
    }
    if (!folds) affine.constant = fixed;
    this.pushAffine();
    return folds ? fixed : 0;
  }

  protected index(index: Index): void {
    this.affine.set(index);
    this.pushAffine();
  }

  protected rangeOf(index: Index): Range {
    const { affine, ranges } = this;
    affine.set(index);
    return { least: affine.least(ranges), greatest: affine.greatest(ranges) };
  }

  private pushAffine(): void {
    const { code } = this;
    const { constant, count, counters, factors } = this.affine;
    let pushed = constant !== 0;
    if (pushed) code.integer(Opcode.i32Const, constant);
    for (let i = 0; i < count; i++) {
      if (factors[i] === 0) continue;
      code.indexed(Opcode.localGet, this.locals.counters + counters[i]);
      if (factors[i] !== 1) this.multiply(factors[i]);
      if (pushed) code.byte(Opcode.i32Add);
      pushed = true;
    }
    if (!pushed) code.integer(Opcode.i32Const, 0);
  }

  private multiply(factor: number): void {
    const shift = Math.log2(factor);
    const power = Number.isInteger(shift);
    this.code.integer(Opcode.i32Const, power ? shift : factor);
    this.code.byte(power ? Opcode.i32Shl : Opcode.i32Mul);
  }

  protected call(indices: ReadonlyMap<string, number>, name: string): void {
    const called = indices.get(name);
    if (called === undefined) throw new Error(`${name} is called but not defined`);
    this.code.indexed(Opcode.call, called);
  }

  protected emit(instruction: Instruction): void {
    if (typeof instruction === 'number') this.code.byte(instruction);
    else instruction(this.code, this.locals.scratch);
  }
}
