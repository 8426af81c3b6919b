/** The instructions of one WebAssembly function. */
import { Affine, type Range } from '../affine';
import type { Comparison, ConditionTerm, Index, RealTerm, Statement } from '../ir';
import { ELEMENT_BYTES } from '../layout';
import type { Encoder } from './encoder';
import type { Instruction, Lanes } from './lanes';
import { Opcode, Type } from './opcodes';

/** Where the names of a module are found. */
export interface Names {
  readonly buffers: ReadonlyMap<string, number>;
  readonly functions: ReadonlyMap<string, number>;
  readonly procedures: ReadonlyMap<string, number>;
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
const ARGUMENT: Range = { least: 0, greatest: Number.POSITIVE_INFINITY };

export class Body {
  private readonly ranges: Range[];
  private readonly affine = new Affine();

  /** Counter i is the local firstCounter + i of the WebAssembly function, real local i is firstReal + i. */
  constructor(
    private readonly code: Encoder,
    private readonly lanes: Lanes,
    private readonly names: Names,
    private readonly firstCounter: number,
    private readonly firstReal: number,
    counterArguments: number,
  ) {
    this.ranges = Array.from({ length: counterArguments }, () => ARGUMENT);
  }

  statements(statements: readonly Statement[]): void {
    for (const statement of statements) this.statement(statement);
  }

  real(term: RealTerm): void {
    const { code, lanes } = this;
    switch (term.kind) {
      case 'literal':
        lanes.literal(code, term.value);
        break;
      case 'local':
        this.code.indexed(Opcode.localGet, this.firstReal + term.id);
        break;
      case 'load':
        lanes.load(code, this.address(term.buffer, term.index));
        break;
      case 'unary':
        this.real(term.operand);
        this.emit(lanes.unary[term.operation]);
        break;
      case 'binary':
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
        for (const operand of term.operands) this.real(operand);
        this.call(this.names.functions, term.function);
        break;
      case 'index':
        this.index(term.index);
        this.emit(lanes.convertIndex);
        break;
    }
  }

  private statement(statement: Statement): void {
    switch (statement.kind) {
      case 'assign':
        this.real(statement.value);
        this.code.indexed(Opcode.localSet, this.firstReal + statement.local);
        break;
      case 'store': {
        const offset = this.address(statement.buffer, statement.index);
        this.real(statement.value);
        this.lanes.store(this.code, offset);
        break;
      }
      case 'for':
        this.for(statement);
        break;
      case 'if':
        this.condition(statement.condition);
        this.code.indexed(Opcode.if, Type.empty);
        this.statements(statement.body);
        if (statement.otherwise.length > 0) {
          this.code.byte(Opcode.else);
          this.statements(statement.otherwise);
        }
        this.code.byte(Opcode.end);
        break;
      case 'while':
        this.while(statement.condition, statement.body);
        break;
      case 'call':
        for (const index of statement.indices) this.index(index);
        this.call(this.names.procedures, statement.procedure);
        break;
    }
  }

  /** counter = first; if (counter is inside) do { body; counter++ } while (counter is inside) */
  private for(statement: Statement & { kind: 'for' }): void {
    const { code } = this;
    const { counter, down, from, to } = statement;
    const last: Index = { kind: 'sum', first: to, second: { kind: 'literal', value: -1 } };
    const counted = from.kind === 'literal' && to.kind === 'literal';
    if (counted && from.value >= to.value) return;

    this.ranges[counter] = { least: this.rangeOf(from).least, greatest: this.rangeOf(last).greatest };
    const local = this.firstCounter + counter;
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
    code.indexed(Opcode.loop, Type.empty);
    this.statements(statement.body);
    code.indexed(Opcode.localGet, local);
    code.integer(Opcode.i32Const, down ? -1 : 1);
    code.byte(Opcode.i32Add);
    code.indexed(Opcode.localSet, local);
    inside();
    code.indexed(Opcode.branchIf, 0);
    code.byte(Opcode.end);
    if (!counted) code.byte(Opcode.end);
  }

  private while(condition: ConditionTerm, body: readonly Statement[]): void {
    const { code } = this;
    code.indexed(Opcode.loop, Type.empty);
    this.condition(condition);
    this.code.indexed(Opcode.if, Type.empty);
    this.statements(body);
    code.indexed(Opcode.branch, 1);
    code.byte(Opcode.end);
    code.byte(Opcode.end);
  }

  private condition(term: ConditionTerm): void {
    const { code, lanes } = this;
    switch (term.kind) {
      case 'compare':
        this.real(term.first);
        this.real(term.second);
        this.emit(lanes.comparison[term.comparison]);
        break;
      case 'compareIndex':
        this.index(term.first);
        this.index(term.second);
        code.byte(indexComparisons[term.comparison]);
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

  /**
   * Leaves an i32 address on the stack and returns the offset to add to it. The machine adds the two as unsigned
   * numbers without wrapping round, so the constant part may only go into the offset where neither can be negative.
   */
  private address(buffer: string, index: Index): number {
    const { affine } = this;
    const base = this.names.buffers.get(buffer);
    if (base === undefined) throw new Error(`there is no buffer ${buffer}`);
    affine.set(index, ELEMENT_BYTES);
    const fixed = base + affine.constant;
    affine.constant = 0;
    const folds = fixed >= 0 && (affine.count === 0 || affine.range(this.ranges).least >= 0);
    if (!folds) affine.constant = fixed;
    this.pushAffine();
    return folds ? fixed : 0;
  }

  private index(index: Index): void {
    this.affine.set(index);
    this.pushAffine();
  }

  private rangeOf(index: Index): Range {
    this.affine.set(index);
    return this.affine.range(this.ranges);
  }

  private pushAffine(): void {
    const { code } = this;
    const { constant, count, counters, factors } = this.affine;
    let pushed = constant !== 0;
    if (pushed) code.integer(Opcode.i32Const, constant);
    for (let i = 0; i < count; i++) {
      if (factors[i] === 0) continue;
      code.indexed(Opcode.localGet, this.firstCounter + counters[i]);
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

  private call(indices: ReadonlyMap<string, number>, name: string): void {
    const called = indices.get(name);
    if (called === undefined) throw new Error(`${name} is called but not defined`);
    this.code.indexed(Opcode.call, called);
  }

  private emit(instruction: Instruction): void {
    if (typeof instruction === 'number') this.code.byte(instruction);
    else instruction(this.code);
  }
}
