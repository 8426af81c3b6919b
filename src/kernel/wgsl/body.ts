/** The statements of one WGSL function. */
import { Affine } from '../affine';
import type {
  BinaryOperation,
  Comparison,
  ConditionTerm,
  FunctionCode,
  Index,
  ProcedureCode,
  RealTerm,
  Statement,
  UnaryOperation,
} from '../ir';
import { localsOf } from './locals';
import { TILE } from './prelude';

/** Where the names of a module are found. */
export interface Names {
  /** First element of each buffer. */
  readonly buffers: ReadonlyMap<string, number>;
  readonly functions: ReadonlyMap<string, string>;
  readonly procedures: ReadonlyMap<string, string>;
}

const call =
  (name: string) =>
  (...operands: string[]): string =>
    `${name}(${operands.join(', ')})`;
const infix =
  (operator: string) =>
  (first: string, second: string): string =>
    `(${first} ${operator} ${second})`;

const unaries: Record<UnaryOperation, (operand: string) => string> = {
  neg: call('negative'),
  abs: call('abs'),
  sqrt: call('sqrt'),
  floor: call('floor'),
  nearest: call('round'),
  exponent: call('exponentOf'),
  significand: call('significandOf'),
};

const binaries: Record<BinaryOperation, (first: string, second: string) => string> = {
  add: infix('+'),
  sub: infix('-'),
  mul: infix('*'),
  div: infix('/'),
  min: call('lesser'),
  max: call('greater'),
  copysign: call('withSign'),
  scale: call('scaled'),
};

const operators: Record<Comparison, string> = { lt: '<', le: '<=', gt: '>', ge: '>=', eq: '==', ne: '!=' };

/** The same number whenever it is evaluated in one statement, and short enough to look. */
function identical(a: RealTerm, b: RealTerm): boolean {
  if (a.kind === 'local' && b.kind === 'local') return a.id === b.id;
  if (a.kind === 'load' && b.kind === 'load')
    return a.buffer === b.buffer && JSON.stringify(a.index) === JSON.stringify(b.index);
  return false;
}

/** A number as a WGSL expression: rounded to single precision. */
export function literal(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return 'notANumber()';
  if (!Number.isFinite(single)) return single > 0 ? 'infinity()' : '(-infinity())';
  if (Object.is(single, -0)) return 'negative(0f)';
  return single < 0 ? `(${single}f)` : `${single}f`;
}

class Body {
  private readonly affine = new Affine();
  private readonly lines: string[] = [];
  private depth = 1;

  constructor(
    private readonly names: Names,
    private readonly constants: ReadonlySet<number>,
  ) {}

  get text(): string {
    return this.lines.join('\n');
  }

  line(text: string): void {
    this.lines.push(`${'  '.repeat(this.depth)}${text}`);
  }

  statements(statements: readonly Statement[]): void {
    for (const statement of statements) this.statement(statement);
  }

  real(term: RealTerm): string {
    switch (term.kind) {
      case 'literal':
        return literal(term.value);
      case 'local':
        return `l${term.id}`;
      case 'load':
        return this.element(term.buffer, term.index);
      case 'unary':
        return unaries[term.operation](this.real(term.operand));
      case 'binary': {
        const { first, second, operation } = term;
        if (operation === 'sub' && identical(first, second)) return `differenceFromItself(${this.real(first)})`;
        return binaries[operation](this.real(first), this.real(second));
      }
      case 'select':
        return `select(${this.real(term.second)}, ${this.real(term.first)}, ${this.condition(term.condition)})`;
      case 'apply': {
        const name = this.names.functions.get(term.function);
        if (name === undefined) throw new Error(`${term.function} is called but not defined`);
        return `${name}(${term.operands.map((operand) => this.real(operand)).join(', ')})`;
      }
      case 'index':
        return `f32(${this.index(term.index)})`;
    }
  }

  private statement(statement: Statement): void {
    switch (statement.kind) {
      case 'assign': {
        const declared = this.constants.has(statement.local) ? 'let ' : '';
        this.line(`${declared}l${statement.local} = ${this.real(statement.value)};`);
        break;
      }
      case 'store':
        this.line(`${this.element(statement.buffer, statement.index)} = ${this.real(statement.value)};`);
        break;
      case 'for': {
        const { from, to, down } = statement;
        const c = `c${statement.counter}`;
        const [start, inside, step] = down
          ? [`${this.index(to)} - 1`, `${c} >= ${this.index(from)}`, `${c}--`]
          : [this.index(from), `${c} < ${this.index(to)}`, `${c}++`];
        this.block(`for (var ${c}: i32 = ${start}; ${inside}; ${step})`, statement.body);
        break;
      }
      case 'if':
        this.block(`if (${this.condition(statement.condition)})`, statement.body);
        if (statement.otherwise.length > 0) this.block('else', statement.otherwise);
        break;
      case 'while':
        this.block(`while (${this.condition(statement.condition)})`, statement.body);
        break;
      case 'call': {
        const name = this.names.procedures.get(statement.procedure);
        if (name === undefined) throw new Error(`${statement.procedure} is called but not defined`);
        this.line(`${name}(${['base', ...statement.indices.map((index) => this.index(index))].join(', ')});`);
        break;
      }
    }
  }

  private block(head: string, body: readonly Statement[]): void {
    this.line(`${head} {`);
    this.depth++;
    this.statements(body);
    this.depth--;
    this.line('}');
  }

  private condition(term: ConditionTerm): string {
    switch (term.kind) {
      case 'compare': {
        const { comparison, first, second } = term;
        // A number that differs from itself is none: said in bits, so that no compiler takes it for impossible.
        if (identical(first, second) && (comparison === 'ne' || comparison === 'eq'))
          return `${comparison === 'eq' ? '!' : ''}isNotANumber(${this.real(first)})`;
        return infix(operators[comparison])(this.real(first), this.real(second));
      }
      case 'compareIndex':
        return infix(operators[term.comparison])(this.index(term.first), this.index(term.second));
      // Not       case 'and':      case 'and': and ||, which would branch: drivers are slow to compile what branches much.
      case 'and':
        return infix('&')(this.condition(term.first), this.condition(term.second));
      case 'or':
        return infix('|')(this.condition(term.first), this.condition(term.second));
      case 'not':
        return `!${this.condition(term.operand)}`;
    }
  }

  /** Element i of an instance lies TILE numbers behind element i - 1. */
  private element(buffer: string, index: Index): string {
    const first = this.names.buffers.get(buffer);
    if (first === undefined) throw new Error(`there is no buffer ${buffer}`);
    this.affine.set(index, TILE);
    this.affine.constant += first * TILE;
    return `memory[base + ${this.sum()}]`;
  }

  private index(index: Index): string {
    this.affine.set(index);
    return this.sum();
  }

  private sum(): string {
    const { constant, count, counters, factors } = this.affine;
    const terms: string[] = [];
    for (let i = 0; i < count; i++) if (factors[i] !== 0) terms.push(`c${counters[i]} * ${integer(factors[i])}`);
    if (constant !== 0 || terms.length === 0) terms.push(integer(constant));
    return terms.length === 1 ? terms[0] : `(${terms.join(' + ')})`;
  }
}

const integer = (value: number): string => (value < 0 ? `(${value})` : `${value}`);

/** Operands of a function are its first locals; `base` is where the instance begins, for a procedure. */
export function emitFunction(names: Names, code: FunctionCode | ProcedureCode): string {
  const pure = 'result' in code;
  const name = (pure ? names.functions : names.procedures).get(code.name);
  const operands = pure ? code.parameters : 0;
  const { constants, written } = localsOf(code.body, operands, pure ? code.result : null);
  const body = new Body(names, constants);
  for (let local = 0; local < code.locals; local++) {
    if (constants.has(local)) continue;
    if (local >= operands) body.line(`var l${local} = 0f;`);
    else if (written.has(local)) body.line(`var l${local} = p${local};`);
    else body.line(`let l${local} = p${local};`);
  }
  body.statements(code.body);
  if (pure) body.line(`return ${body.real(code.result)};`);
  const parameters = Array.from({ length: code.parameters }, (_, i) => (pure ? `p${i}: f32` : `c${i}: i32`));
  const signature = pure ? `${parameters.join(', ')}) -> f32` : `${['base: i32', ...parameters].join(', ')})`;
  return `fn ${name}(${signature} {\n${body.text}\n}\n`;
}
