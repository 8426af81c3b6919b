/** Random kernels for property tests: every statement and operation, indices that run into negative parts. */
import v8 from 'node:v8';
import fc from 'fast-check';
import { type Procedure, Program } from './program';
import {
  abs,
  type Condition,
  Counter,
  copysign,
  exponent,
  floor,
  max,
  min,
  nearest,
  Real,
  scale,
  select,
  significand,
  sqrt,
} from './real';
import { hasFused } from './wasm';

export const MEMORY = 96;
const VARIABLES = 3;
const DEPTH = 3;

/** A loop counter in scope, with the number it starts at. */
interface Scope {
  readonly counters: readonly { readonly counter: Counter; readonly start: number }[];
  readonly depth: number;
}

/** Makes decisions from a list of numbers; when it runs out, the simplest ones. */
class Tape {
  private place = 0;
  constructor(private readonly numbers: readonly number[]) {}
  choose(count: number): number {
    return this.place < this.numbers.length ? this.numbers[this.place++] % count : 0;
  }
  get spent(): boolean {
    return this.place >= this.numbers.length;
  }
}

/** The sign of not-a-number is up to the machine: keep it away from what looks at it. */
const number = (a: Real) => select(a.eq(a), a, 1);

const unaries = [
  (a: Real) => a.negated(),
  abs,
  (a: Real) => sqrt(a),
  floor,
  nearest,
  exponent,
  (a: Real) => significand(number(a)),
];
const binaries = [
  (a: Real, b: Real) => a.plus(b),
  (a: Real, b: Real) => a.minus(b),
  (a: Real, b: Real) => a.times(b),
  (a: Real, b: Real) => a.over(b),
  min,
  max,
  (a: Real, b: Real) => copysign(a, number(b)),
  (a: Real, b: Real, program: Program) => program.apply('later', a, b),
  (a: Real, b: Real) => scale(a, max(-1022, min(1023, nearest(number(b))))),
];
const literals = [0.5, -3, 0, -0, 1e300, 7e-310, Number.POSITIVE_INFINITY, Number.NaN];

function condition(a: Real, b: Real, which: number): Condition {
  return [a.lt(b), a.le(b), a.gt(b), a.ge(b), a.eq(b), a.ne(b)][which];
}

/** A program with a buffer `memory` and a procedure `main(k)` that works on it; k may be 0..3. */
export function randomProgram(tape: Tape): Program {
  const program = new Program(0);
  const memory = program.buffer('memory', MEMORY);

  const index = ({ counters }: Scope): Counter => {
    let sum: Counter = new Counter({ kind: 'literal', value: MEMORY / 2 });
    for (const { counter, start } of counters) sum = sum.plus(counter.minus(start).times(tape.choose(9) - 4));
    return sum;
  };

  const term = (scope: Scope, depth: number, variables: readonly Real[]): Real => {
    const one = () => term(scope, depth + 1, variables);
    switch (depth > DEPTH ? tape.choose(3) : tape.choose(9)) {
      case 0:
        return memory.at(index(scope));
      case 1:
        return variables[tape.choose(variables.length)];
      case 2:
        return new Real({ kind: 'literal', value: literals[tape.choose(literals.length)] });
      case 3:
        return index(scope).toReal();
      case 4:
        return unaries[tape.choose(unaries.length)](one());
      case 5: {
        const picked = condition(one(), one(), tape.choose(6));
        const other = index(scope)
          .lt(index(scope))
          .or(index(scope).eq(index(scope)).not());
        return select(tape.choose(2) === 0 ? picked : picked.and(other), one(), one());
      }
      default:
        return binaries[tape.choose(binaries.length)](one(), one(), program);
    }
  };

  const block = (scope: Scope, variables: ReturnType<Program['variable']>[]): void => {
    const count = 1 + tape.choose(3);
    for (let i = 0; i < count && !tape.spent; i++) statement(scope, variables);
  };

  const statement = (scope: Scope, variables: ReturnType<Program['variable']>[]): void => {
    const inner = { ...scope, depth: scope.depth + 1 };
    switch (scope.depth > DEPTH ? tape.choose(2) : tape.choose(9)) {
      case 0:
        memory.at(index(scope)).set(term(scope, 0, variables));
        break;
      case 1:
        variables[tape.choose(VARIABLES)].set(term(scope, 0, variables));
        break;
      case 2: {
        const [a, b] = [term(scope, 1, variables), term(scope, 1, variables)];
        program.if(
          condition(a, b, tape.choose(6)),
          () => block(inner, variables),
          () => tape.choose(2) === 1 && block(inner, variables),
        );
        break;
      }
      case 3: {
        const left = program.variable(tape.choose(4));
        program.while(left.gt(0), () => {
          left.add(-1);
          block(inner, variables);
        });
        break;
      }
      case 4: {
        const fixed = program.let(term(scope, 1, variables));
        variables[tape.choose(VARIABLES)].set(fixed.plus(fixed));
        break;
      }
      case 5:
        helper?.call(tape.choose(2) === 0 ? scope.counters[0].counter : tape.choose(4));
        break;
      default: {
        if (scope.counters.length > 2) break;
        const start = tape.choose(23) - 11;
        const last = scope.counters[0];
        const up = (counter: Counter) =>
          block({ ...inner, counters: [...scope.counters, { counter, start }] }, variables);
        const end = tape.choose(2) === 0 || !last ? start + tape.choose(5) : last.counter.plus(start - last.start);
        if (tape.choose(2) === 0) program.for(start, end, up);
        else program.forDown(start, end, up);
      }
    }
  };

  const body = (k: Counter, length: number): void => {
    const scope = { counters: [{ counter: k, start: 0 }], depth: 0 };
    const variables = Array.from({ length: VARIABLES }, (_, i) => program.variable(i === 0 ? undefined : i));
    for (let i = 0; i < length && !tape.spent; i++) block(scope, variables);
    variables.forEach((variable, i) => {
      memory.at(i).set(variable);
    });
  };
  let helper: Procedure | null = null;
  helper = program.procedure('helper', (k) => body(k, 1), false);
  program.procedure('main', (k) => body(k, Number.POSITIVE_INFINITY));
  program.function('later', 2, (a, b) => {
    const result = program.variable(b.minus(1));
    program.if(a.lt(b), () => result.set(a));
    const left = program.variable(min(abs(a), 3));
    program.while(left.gt(0.5), () => {
      left.add(-1);
      result.set(result.plus(left.times(b)));
    });
    return result;
  });
  return program;
}

export const randomPrograms = fc
  .array(fc.nat(1000), { minLength: 5, maxLength: 300 })
  .map((numbers) => randomProgram(new Tape(numbers)));

/** Relaxed SIMD from here on, also where the engine has it but does not offer it yet; to be asked for before all else. */
export function offerFused(): boolean {
  v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
  return hasFused();
}

/** Doubles of every size, the special ones often. */
export const anyDouble = fc.oneof(
  fc.double(),
  fc.double({ min: -10, max: 10 }),
  fc.constantFrom(0, -0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 5e-324, -5e-324, 2 ** 52, 2 ** 52 + 1, -(2 ** 53)),
);
