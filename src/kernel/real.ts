/**
 * Reals, conditions and indices as the algorithms write them: `a.times(b).plus(c)`, `x.lt(y).and(z.ge(0))`.
 * Constants fold and structural zeros vanish here, so that an algorithm written for dense blocks emits sparse code.
 */
import type { BinaryOperation, Comparison, ConditionTerm, Index, RealTerm, UnaryOperation } from './ir';

export type Realish = Real | number;
export type Indexish = Counter | number;

export class Real {
  constructor(readonly term: RealTerm) {}

  /** Its value where it is known at generation time. */
  get literal(): number | null {
    return this.term.kind === 'literal' ? this.term.value : null;
  }

  plus(other: Realish): Real {
    const b = real(other);
    if (this.literal === 0) return b;
    if (b.literal === 0) return this;
    if (b.term.kind === 'unary' && b.term.operation === 'neg') return this.minus(new Real(b.term.operand));
    if (this.term.kind === 'unary' && this.term.operation === 'neg') return b.minus(new Real(this.term.operand));
    return binary('add', this, b, (x, y) => x + y);
  }

  minus(other: Realish): Real {
    const b = real(other);
    if (b.literal === 0) return this;
    if (this.literal === 0) return b.negated();
    if (b.term.kind === 'unary' && b.term.operation === 'neg') return this.plus(new Real(b.term.operand));
    return binary('sub', this, b, (x, y) => x - y);
  }

  times(other: Realish): Real {
    const b = real(other);
    if (this.literal === 0 || b.literal === 0) return ZERO;
    if (this.literal === 1) return b;
    if (b.literal === 1) return this;
    if (this.literal === -1) return b.negated();
    if (b.literal === -1) return this.negated();
    return binary('mul', this, b, (x, y) => x * y);
  }

  over(other: Realish): Real {
    const b = real(other);
    if (this.literal === 0) return ZERO;
    if (b.literal === 1) return this;
    return binary('div', this, b, (x, y) => x / y);
  }

  negated(): Real {
    if (this.literal !== null) return real(-this.literal);
    if (this.term.kind === 'unary' && this.term.operation === 'neg') return new Real(this.term.operand);
    return unary('neg', this);
  }

  /** Evaluates its operand twice: `let` it first where that is more than a variable. */
  squared(): Real {
    return this.times(this);
  }

  lt(other: Realish): Condition {
    return compare('lt', this, other);
  }
  le(other: Realish): Condition {
    return compare('le', this, other);
  }
  gt(other: Realish): Condition {
    return compare('gt', this, other);
  }
  ge(other: Realish): Condition {
    return compare('ge', this, other);
  }
  eq(other: Realish): Condition {
    return compare('eq', this, other);
  }
  ne(other: Realish): Condition {
    return compare('ne', this, other);
  }
}

export class Condition {
  constructor(readonly term: ConditionTerm) {}
  and(other: Condition): Condition {
    return new Condition({ kind: 'and', first: this.term, second: other.term });
  }
  or(other: Condition): Condition {
    return new Condition({ kind: 'or', first: this.term, second: other.term });
  }
  not(): Condition {
    return new Condition({ kind: 'not', operand: this.term });
  }
}

/** A whole number known alike to all lanes: a loop counter, an argument, or affine in them. */
export class Counter {
  constructor(readonly index: Index) {}
  plus(other: Indexish): Counter {
    const b = index(other);
    if (b.kind === 'literal' && b.value === 0) return this;
    if (this.index.kind === 'literal' && b.kind === 'literal')
      return new Counter({ kind: 'literal', value: this.index.value + b.value });
    return new Counter({ kind: 'sum', first: this.index, second: b });
  }
  minus(other: number): Counter {
    return this.plus(-other);
  }
  times(factor: number): Counter {
    if (factor === 1) return this;
    if (factor === 0) return new Counter({ kind: 'literal', value: 0 });
    if (this.index.kind === 'literal') return new Counter({ kind: 'literal', value: this.index.value * factor });
    return new Counter({ kind: 'product', first: this.index, factor });
  }
  lt(other: Indexish): Condition {
    return new Condition({ kind: 'compareIndex', comparison: 'lt', first: this.index, second: index(other) });
  }
  eq(other: Indexish): Condition {
    return new Condition({ kind: 'compareIndex', comparison: 'eq', first: this.index, second: index(other) });
  }
  /** As a real number. */
  toReal(): Real {
    return this.index.kind === 'literal' ? real(this.index.value) : new Real({ kind: 'index', index: this.index });
  }
}

export function real(value: Realish): Real {
  return value instanceof Real ? value : new Real({ kind: 'literal', value });
}

export function index(value: Indexish): Index {
  return value instanceof Counter ? value.index : { kind: 'literal', value };
}

export const ZERO = real(0);

function unary(operation: UnaryOperation, operand: Real, fold?: (x: number) => number): Real {
  if (fold && operand.literal !== null) return real(fold(operand.literal));
  return new Real({ kind: 'unary', operation, operand: operand.term });
}

function binary(operation: BinaryOperation, a: Real, b: Real, fold: (x: number, y: number) => number): Real {
  if (a.literal !== null && b.literal !== null) return real(fold(a.literal, b.literal));
  return new Real({ kind: 'binary', operation, first: a.term, second: b.term });
}

function compare(comparison: Comparison, a: Realish, b: Realish): Condition {
  return new Condition({ kind: 'compare', comparison, first: real(a).term, second: real(b).term });
}

export const abs = (a: Realish): Real => unary('abs', real(a), Math.abs);
export const sqrt = (a: Realish): Real => unary('sqrt', real(a), Math.sqrt);
export const floor = (a: Realish): Real => unary('floor', real(a), Math.floor);
export const nearest = (a: Realish): Real => unary('nearest', real(a));
export const exponent = (a: Realish): Real => unary('exponent', real(a));
export const significand = (a: Realish): Real => unary('significand', real(a));
/** Not a number where either is, as in WebAssembly. */
export const min = (a: Realish, b: Realish): Real => binary('min', real(a), real(b), Math.min);
export const max = (a: Realish, b: Realish): Real => binary('max', real(a), real(b), Math.max);
export const scale = (a: Realish, power: Realish): Real => binary('scale', real(a), real(power), (x, n) => x * 2 ** n);
export const copysign = (magnitude: Realish, sign: Realish): Real =>
  binary(
    'copysign',
    real(magnitude),
    real(sign),
    (x, y) => (Object.is(Math.sign(y), -0) || y < 0 ? -1 : 1) * Math.abs(x),
  );
export const select = (condition: Condition, a: Realish, b: Realish): Real =>
  new Real({ kind: 'select', condition: condition.term, first: real(a).term, second: real(b).term });
