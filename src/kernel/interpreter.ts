/**
 * The reference backend: a module as closures over its buffers, run lane by lane. It checks what the compiled backends take for
 * granted, that every access lies inside its buffer and every argument is a whole number from 0 on.
 */
import { exponentOf, nearestOf, significandOf } from './bits';
import type {
  BinaryOperation,
  Comparison,
  ConditionTerm,
  Executable,
  FunctionCode,
  Index,
  LaneExecutable,
  Module,
  ProcedureCode,
  RealTerm,
  Statement,
  UnaryOperation,
} from './ir';
import { LaneNumbers } from './laneNumbers';

/** The variables of one call in one lane. */
interface Frame {
  readonly lane: number;
  readonly locals: Float64Array;
  readonly counters: Int32Array;
}

type Step = (frame: Frame) => void;
type Value = (frame: Frame) => number;
type Truth = (frame: Frame) => boolean;

const unaryOperations: Record<UnaryOperation, (x: number) => number> = {
  neg: (x) => -x,
  abs: Math.abs,
  sqrt: Math.sqrt,
  floor: Math.floor,
  nearest: nearestOf,
  exponent: exponentOf,
  significand: significandOf,
};

const binaryOperations: Record<BinaryOperation, (x: number, y: number) => number> = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
  min: Math.min,
  max: Math.max,
  copysign: (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)),
  scale: (x, n) => x * 2 ** n,
};

const comparisons: Record<Comparison, (x: number, y: number) => boolean> = {
  lt: (x, y) => x < y,
  le: (x, y) => x <= y,
  gt: (x, y) => x > y,
  ge: (x, y) => x >= y,
  eq: (x, y) => x === y,
  ne: (x, y) => x !== y,
};

export function interpret(module: Module): Executable {
  const { memory, run } = interpretLanes(module, 1);
  return { buffer: memory, run: (procedure, ...indices) => run(1, procedure, ...indices) };
}

export function interpretLanes(
  module: Module,
  lanes: number,
): LaneExecutable & { /** A buffer in all lanes. */ memory(buffer: string): Float64Array } {
  const buffers = new Map(module.buffers.map(({ name, length }) => [name, new Float64Array(length * lanes)]));
  const functions = new Map<string, (operands: number[]) => number>();
  const procedures = new Map<string, (lane: number, indices: number[]) => void>();

  function memory(name: string): Float64Array {
    const buffer = buffers.get(name);
    if (!buffer) throw new Error(`there is no buffer ${name}`);
    return buffer;
  }

  function element(name: string, index: Index): { numbers: Float64Array; at: Value } {
    const numbers = memory(name);
    const length = numbers.length / lanes;
    const place = indexValue(index);
    const at: Value = (frame) => {
      const i = place(frame);
      if (!(i >= 0 && i < length)) throw new Error(`${name}[${i}] is outside 0..${length - 1}`);
      return i * lanes + frame.lane;
    };
    return { numbers, at };
  }

  function indexValue(index: Index): Value {
    switch (index.kind) {
      case 'literal':
        return () => index.value;
      case 'counter':
        return (frame) => frame.counters[index.id];
      case 'sum': {
        const [first, second] = [indexValue(index.first), indexValue(index.second)];
        return (frame) => first(frame) + second(frame);
      }
      case 'product': {
        const first = indexValue(index.first);
        return (frame) => first(frame) * index.factor;
      }
    }
  }

  function value(term: RealTerm): Value {
    switch (term.kind) {
      case 'literal':
        return () => term.value;
      case 'local':
        return (frame) => frame.locals[term.id];
      case 'load': {
        const { numbers, at } = element(term.buffer, term.index);
        return (frame) => numbers[at(frame)];
      }
      case 'unary': {
        const operation = unaryOperations[term.operation];
        const operand = value(term.operand);
        return (frame) => operation(operand(frame));
      }
      case 'binary': {
        const operation = binaryOperations[term.operation];
        const [first, second] = [value(term.first), value(term.second)];
        return (frame) => operation(first(frame), second(frame));
      }
      case 'select': {
        const condition = truth(term.condition);
        const [first, second] = [value(term.first), value(term.second)];
        return (frame) => (condition(frame) ? first(frame) : second(frame));
      }
      case 'apply': {
        const operands = term.operands.map(value);
        return (frame) => {
          const called = functions.get(term.function);
          if (!called) throw new Error(`there is no function ${term.function}`);
          return called(operands.map((operand) => operand(frame)));
        };
      }
      case 'index':
        return indexValue(term.index);
    }
  }

  function truth(condition: ConditionTerm): Truth {
    switch (condition.kind) {
      case 'compare': {
        const compare = comparisons[condition.comparison];
        const [first, second] = [value(condition.first), value(condition.second)];
        return (frame) => compare(first(frame), second(frame));
      }
      case 'compareIndex': {
        const compare = comparisons[condition.comparison];
        const [first, second] = [indexValue(condition.first), indexValue(condition.second)];
        return (frame) => compare(first(frame), second(frame));
      }
      case 'and': {
        const [first, second] = [truth(condition.first), truth(condition.second)];
        return (frame) => first(frame) && second(frame);
      }
      case 'or': {
        const [first, second] = [truth(condition.first), truth(condition.second)];
        return (frame) => first(frame) || second(frame);
      }
      case 'not': {
        const operand = truth(condition.operand);
        return (frame) => !operand(frame);
      }
    }
  }

  function block(statements: readonly Statement[]): Step {
    const steps = statements.map(step);
    return (frame) => {
      for (const run of steps) run(frame);
    };
  }

  function step(statement: Statement): Step {
    switch (statement.kind) {
      case 'assign': {
        const assigned = value(statement.value);
        return (frame) => {
          frame.locals[statement.local] = assigned(frame);
        };
      }
      case 'store': {
        const { numbers, at } = element(statement.buffer, statement.index);
        const stored = value(statement.value);
        return (frame) => {
          numbers[at(frame)] = stored(frame);
        };
      }
      case 'for': {
        const [from, to, body] = [indexValue(statement.from), indexValue(statement.to), block(statement.body)];
        const { counter } = statement;
        if (statement.down)
          return (frame) => {
            const [first, last] = [from(frame), to(frame) - 1];
            for (let i = last; i >= first; i--) {
              frame.counters[counter] = i;
              body(frame);
            }
          };
        return (frame) => {
          const [first, end] = [from(frame), to(frame)];
          for (let i = first; i < end; i++) {
            frame.counters[counter] = i;
            body(frame);
          }
        };
      }
      case 'if': {
        const [condition, then, otherwise] = [
          truth(statement.condition),
          block(statement.body),
          block(statement.otherwise),
        ];
        return (frame) => (condition(frame) ? then(frame) : otherwise(frame));
      }
      case 'while': {
        const [condition, body] = [truth(statement.condition), block(statement.body)];
        return (frame) => {
          while (condition(frame)) body(frame);
        };
      }
      case 'call': {
        const indices = statement.indices.map(indexValue);
        return (frame) =>
          call(
            frame.lane,
            statement.procedure,
            indices.map((index) => index(frame)),
          );
      }
    }
  }

  function call(lane: number, name: string, indices: number[]): void {
    const procedure = procedures.get(name);
    if (!procedure) throw new Error(`there is no procedure ${name}`);
    procedure(lane, indices);
  }

  const variables = (lane: number, code: FunctionCode | ProcedureCode): Frame => ({
    lane,
    locals: new Float64Array(code.locals),
    counters: new Int32Array(code.counters),
  });

  function compileFunction(code: FunctionCode): (operands: number[]) => number {
    const [body, result] = [block(code.body), value(code.result)];
    return (operands) => {
      const frame = variables(0, code);
      frame.locals.set(operands);
      body(frame);
      return result(frame);
    };
  }

  function compileProcedure(code: ProcedureCode): (lane: number, indices: number[]) => void {
    const body = block(code.body);
    return (lane, indices) => {
      checkArguments(code, indices);
      const frame = variables(lane, code);
      frame.counters.set(indices);
      body(frame);
    };
  }

  for (const code of module.functions) functions.set(code.name, compileFunction(code));
  for (const code of module.procedures) procedures.set(code.name, compileProcedure(code));
  const exported = new Set(module.procedures.filter((p) => p.exported).map((p) => p.name));

  return {
    lanes,
    memory,
    numbers: (lane, name) => new LaneNumbers(memory(name), lane, lanes),
    run(active, procedure, ...indices) {
      if (!exported.has(procedure)) throw new Error(`there is no exported procedure ${procedure}`);
      for (let lane = 0; lane < lanes; lane++) if (active & (1 << lane)) call(lane, procedure, indices);
    },
  };
}

function checkArguments({ name, parameters }: ProcedureCode, indices: readonly number[]): void {
  if (indices.length !== parameters) throw new Error(`${name} takes ${parameters} indices, not ${indices.length}`);
  for (const index of indices)
    if (!(Number.isInteger(index) && index >= 0))
      throw new Error(`${name}: the index ${index} is not a whole number from 0 on`);
}
