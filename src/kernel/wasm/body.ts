/** The instructions of one WebAssembly function. */
import { type Affine, affine, type Range, rangeOfTerms } from '../affine';
import type { Comparison, ConditionTerm, Index, RealTerm, Statement } from '../ir';
import { ELEMENT_BYTES } from '../layout';
import type { Encoder } from './encoder';
import type { Lanes } from './lanes';
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
        this.local(Opcode.localGet, this.firstReal + term.id);
        break;
      case 'load':
        lanes.load(code, this.address(term.buffer, term.index));
        break;
      case 'unary':
        this.real(term.operand);
        lanes.unary[term.operation](code);
        break;
      case 'binary':
        this.real(term.first);
        this.real(term.second);
        lanes.binary[term.operation](code);
        break;
      case 'select':
        this.real(term.first);
        this.real(term.second);
        this.condition(term.condition);
        lanes.select(code);
        break;
      case 'apply':
        for (const operand of term.operands) this.real(operand);
        this.call(this.names.functions, term.function);
        break;
      case 'index':
        this.index(affine(term.index));
        lanes.convertIndex(code);
        break;
    }
  }

  private statement(statement: Statement): void {
    switch (statement.kind) {
      case 'assign':
        this.real(statement.value);
        this.local(Opcode.localSet, this.firstReal + statement.local);
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
        this.open(Opcode.if);
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
        for (const index of statement.indices) this.index(affine(index));
        this.call(this.names.procedures, statement.procedure);
        break;
    }
  }

  /** counter = first; if (counter is inside) do { body; counter++ } while (counter is inside) */
  private for(statement: Statement & { kind: 'for' }): void {
    const { code } = this;
    const { counter, down } = statement;
    const [from, to] = [affine(statement.from), affine(statement.to)];
    const last = { constant: to.constant - 1, terms: to.terms };
    const counted = from.terms.length === 0 && to.terms.length === 0;
    if (counted && from.constant > last.constant) return;

    this.ranges[counter] = {
      least: from.constant + rangeOfTerms(from.terms, this.ranges).least,
      greatest: last.constant + rangeOfTerms(last.terms, this.ranges).greatest,
    };
    const local = this.firstCounter + counter;
    const inside = () => {
      this.local(Opcode.localGet, local);
      this.index(down ? from : last);
      code.byte(down ? Opcode.i32GeS : Opcode.i32LeS);
    };
    this.index(down ? last : from);
    this.local(Opcode.localSet, local);
    if (!counted) {
      inside();
      this.open(Opcode.if);
    }
    this.open(Opcode.loop);
    this.statements(statement.body);
    this.local(Opcode.localGet, local);
    this.integer(down ? -1 : 1);
    code.byte(Opcode.i32Add);
    this.local(Opcode.localSet, local);
    inside();
    code.byte(Opcode.branchIf);
    code.unsigned(0);
    code.byte(Opcode.end);
    if (!counted) code.byte(Opcode.end);
  }

  private while(condition: ConditionTerm, body: readonly Statement[]): void {
    const { code } = this;
    this.open(Opcode.loop);
    this.condition(condition);
    this.open(Opcode.if);
    this.statements(body);
    code.byte(Opcode.branch);
    code.unsigned(1);
    code.byte(Opcode.end);
    code.byte(Opcode.end);
  }

  private condition(term: ConditionTerm): void {
    const { code, lanes } = this;
    switch (term.kind) {
      case 'compare':
        this.real(term.first);
        this.real(term.second);
        lanes.comparison[term.comparison](code);
        break;
      case 'compareIndex':
        this.index(affine(term.first));
        this.index(affine(term.second));
        code.byte(indexComparisons[term.comparison]);
        break;
      case 'and':
      case 'or':
        this.condition(term.first);
        this.condition(term.second);
        lanes[term.kind](code);
        break;
      case 'not':
        this.condition(term.operand);
        lanes.not(code);
        break;
    }
  }

  /**
   * Leaves an i32 address on the stack and returns the offset to add to it. The machine adds the two as unsigned
   * numbers without wrapping round, so the constant part may only go into the offset where neither can be negative.
   */
  private address(buffer: string, index: Index): number {
    const base = this.names.buffers.get(buffer);
    if (base === undefined) throw new Error(`there is no buffer ${buffer}`);
    const { constant, terms } = affine(index);
    const fixed = base + ELEMENT_BYTES * constant;
    const scaled = terms.map(({ counter, factor }) => ({ counter, factor: ELEMENT_BYTES * factor }));
    if (fixed >= 0 && rangeOfTerms(scaled, this.ranges).least >= 0) {
      this.index({ constant: 0, terms: scaled });
      return fixed;
    }
    this.index({ constant: fixed, terms: scaled });
    return 0;
  }

  private index({ constant, terms }: Affine): void {
    if (constant !== 0 || terms.length === 0) this.integer(constant);
    terms.forEach(({ counter, factor }, i) => {
      this.local(Opcode.localGet, this.firstCounter + counter);
      if (factor !== 1) this.multiply(factor);
      if (i > 0 || constant !== 0) this.code.byte(Opcode.i32Add);
    });
  }

  private multiply(factor: number): void {
    const shift = Math.log2(factor);
    const power = Number.isInteger(shift);
    this.integer(power ? shift : factor);
    this.code.byte(power ? Opcode.i32Shl : Opcode.i32Mul);
  }

  private call(indices: ReadonlyMap<string, number>, name: string): void {
    const called = indices.get(name);
    if (called === undefined) throw new Error(`${name} is called but not defined`);
    this.code.byte(Opcode.call);
    this.code.unsigned(called);
  }

  private open(opcode: number): void {
    this.code.byte(opcode);
    this.code.byte(Type.empty);
  }

  private local(opcode: number, local: number): void {
    this.code.byte(opcode);
    this.code.unsigned(local);
  }

  private integer(value: number): void {
    this.code.byte(Opcode.i32Const);
    this.code.signed(value);
  }
}
