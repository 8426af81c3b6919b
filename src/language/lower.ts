/**
 * From the syntax of an expression to nodes of the graph, with names looked up in the light of where it stands. Vectors
 * and matrices become the scalars they are made of.
 */
import type { Graph, Node } from '../expression';
import { callArrayFunction } from './arrayFunctions';
import { Arrays, type Called, ShapeError } from './arrays';
import type { Report, Span } from './diagnostics';
import type { Binding, Expression, Name } from './expressionSyntax';
import { type Entity, kindInWords, type Names } from './names';
import { type Place, places, refusal } from './places';
import { chosen, type Selected, whole } from './selection';
import { constant, isScalar, type Lowered, scalar, shapeInWords, usesNothing } from './value';
import { functions } from './words';

const notFinite = 'look for a division by zero, or a root or logarithm of a negative number';

export class Lowering {
  private readonly arrays: Arrays;
  /** What `for` counts, at the moment. */
  private readonly counted = new Map<string, number>();

  /** @param clock gives `time` or `stage` as a value that changes from stage to stage. */
  constructor(
    readonly graph: Graph,
    private readonly names: Names,
    private readonly report: Report,
    private readonly clock: (name: 'time' | 'stage') => Lowered,
  ) {
    this.arrays = new Arrays(graph);
  }

  /** Null where the expression has a mistake, which is then reported. */
  lower(expression: Expression | null, place: Place): Lowered | null {
    if (expression === null) return null;
    this.arrays.spend(1);
    const { graph, arrays } = this;
    switch (expression.kind) {
      case 'number':
        return constant(graph, expression.value);
      case 'name':
        return this.name(expression, place);
      case 'call':
        return this.call(expression, place);
      case 'negation':
        return this.fold(expression, [expression.operand], place, (_, a) => arrays.map(a, (entry) => graph.neg(entry)));
      case 'power':
        return this.fold(expression, [expression.base, expression.exponent], place, (base, a, _, called) =>
          base === null ? a : this.power(base, a, called),
        );
      case 'sum':
        return this.sum(expression, place);
      case 'product':
        return this.product(expression, place);
      case 'transpose':
        return this.transpose(expression, place);
      case 'index':
        return this.index(expression, place);
      case 'matrix':
        return this.matrix(expression, place);
      case 'family':
        this.report.error(expression, '`for` stands in `sum(for …)`, `min`, `max` or `[for …]`');
        return null;
    }
  }

  /** Calls back for every value of what is counted, the last binding fastest; stops after the first mistake. */
  forEach(bindings: readonly Binding[], callback: (indices: readonly number[]) => void): void {
    this.count(bindings, [], callback);
  }

  private count(bindings: readonly Binding[], before: readonly number[], callback: (at: readonly number[]) => void) {
    const [binding, ...inner] = bindings;
    if (!binding) {
      callback(before);
      return;
    }
    const declared = this.names.get(binding.name);
    const known = declared ? kindInWords(declared.kind) : this.counted.has(binding.name) ? 'counted already' : null;
    if (known !== null) {
      this.report.error(binding, `\`${binding.name}\` is ${known}; what \`for\` counts needs a name of its own`);
      return;
    }
    const first = this.whole(binding.first);
    const last = this.whole(binding.last);
    if (first === null || last === null) return;
    const errors = this.report.errorCount;
    for (let value = first; value <= last && this.report.errorCount === errors; value++) {
      this.arrays.spend(1);
      this.counted.set(binding.name, value);
      this.count(inner, [...before, value], callback);
    }
    this.counted.delete(binding.name);
  }

  private whole(expression: Expression): number | null {
    const lowered = this.lower(expression, places.index);
    if (!lowered) return null;
    const value = isScalar(lowered) ? this.graph.value(lowered.entries[0] as Node) : Number.NaN;
    if (Number.isInteger(value)) return value;
    this.report.error(
      expression,
      `an index is a whole number, but this ${isScalar(lowered) ? `is ${value}` : shapeInWords(lowered)}`,
    );
    return null;
  }

  /** The entries of an array of this shape that the indices choose; null where they choose none, which is reported. */
  select(base: Lowered, indices: Parameters<typeof chosen>[1], span: Span, called: string): Selected | null {
    if (indices.length === 0) return whole(base);
    const selected = chosen(base, indices, (expression) => this.whole(expression));
    if (!(selected instanceof ShapeError)) return selected;
    this.report.error(span, `${called} ${selected.message}`, selected.hint);
    return null;
  }

  private index({ base, indices, ...span }: Expression & { kind: 'index' }, place: Place): Lowered | null {
    const value = this.lower(base, place);
    const selected = value && this.select(value, indices, span, this.called(base));
    if (!value || !selected) return null;
    const { rows, columns, positions } = selected;
    return { rows, columns, entries: positions.map((i) => value.entries[i] as Node), uses: value.uses };
  }

  private transpose(expression: Expression & { kind: 'transpose' }, place: Place): Lowered | null {
    const { operand } = expression;
    const value = this.lower(operand, place);
    if (value && isScalar(value) && operand.kind === 'name' && this.names.get(operand.name)?.array === false) {
      const span = { from: operand.to, to: expression.to };
      this.report.error(span, 'a derivative stands only on the left of an equation of the dynamics');
      return null;
    }
    return value && this.arrays.transpose(value);
  }

  private matrix(expression: Expression & { kind: 'matrix' }, place: Place): Lowered | null {
    const { arrays } = this;
    const lower = (part: Expression) => (part.kind === 'family' ? this.family(part, place) : [this.lower(part, place)]);
    const rows: (Lowered | null)[] = expression.rows.map((row) => {
      if (row.length === 1 && row[0]?.kind === 'family') return this.possible(row[0], stackedOf(lower(row[0])));
      const parts = row.flatMap(lower);
      return parts.includes(null) ? null : this.possible(expression, arrays.beside(parts as Lowered[]));
    });
    return rows.includes(null) ? null : this.possible(expression, arrays.stacked(rows as Lowered[]));

    function stackedOf(parts: readonly (Lowered | null)[]): Lowered | ShapeError | null {
      return parts.includes(null) || parts.length === 0 ? null : arrays.stacked(parts as Lowered[]);
    }
  }

  /** The values of an expression for everything that is counted. */
  private family(expression: Expression & { kind: 'family' }, place: Place): (Lowered | null)[] {
    const values: (Lowered | null)[] = [];
    this.forEach(expression.bindings, () => values.push(this.lower(expression.value, place)));
    if (values.length === 0) this.report.error(expression, 'there is nothing to count here: it ends before it begins');
    return values.length === 0 ? [null] : values;
  }

  private sum(expression: Expression & { kind: 'sum' }, place: Place): Lowered | null {
    const { graph, arrays } = this;
    const { terms } = expression;
    const operands = terms.map(({ value }) => value);
    return this.fold(expression, operands, place, (total, a, i, called) => {
      if (total === null) return a;
      const negative = terms[i]?.negative ?? false;
      const verb = negative ? 'subtracted' : 'added';
      return arrays.zip(total, a, (x, y) => (negative ? graph.sub(x, y) : graph.add(x, y)), verb, called);
    });
  }

  private product(expression: Expression & { kind: 'product' }, place: Place): Lowered | null {
    const { arrays } = this;
    const { factors } = expression;
    const operands = factors.map(({ value }) => value);
    return this.fold(expression, operands, place, (total, a, i, called) => {
      if (total === null) return a;
      return factors[i]?.inverse ? arrays.divide(total, a, called) : arrays.multiply(total, a, called);
    });
  }

  private power(base: Lowered, exponent: Lowered, called: Called): Lowered | ShapeError {
    if (isScalar(base) && isScalar(exponent)) {
      return this.arrays.zip(base, exponent, (x, y) => this.graph.pow(x, y), 'raised', called);
    }
    const [name, value] = isScalar(base) ? [called[1], exponent] : [called[0], base];
    return new ShapeError(
      `a power is of a single number, but ${name} ${shapeInWords(value)}`,
      'write `sumsq(x)` for the sum of the squares of the entries',
    );
  }

  /** Lowers the operands and joins them from left to right; the value so far is null at the first. */
  private fold(
    written: Expression,
    operands: readonly Expression[],
    place: Place,
    join: (soFar: Lowered | null, operand: Lowered, index: number, called: Called) => Lowered | ShapeError,
  ): Lowered | null {
    return this.joined(
      written,
      operands.map((operand) => this.lower(operand, place)),
      operands,
      join,
    );
  }

  private joined(
    written: Expression,
    values: readonly (Lowered | null)[],
    operands: readonly Expression[],
    join: (soFar: Lowered | null, operand: Lowered, index: number, called: Called) => Lowered | ShapeError,
  ): Lowered | null {
    if (values.includes(null)) return null;
    let total: Lowered | null = null;
    for (const [i, value] of (values as readonly Lowered[]).entries()) {
      const before = total;
      const soFar: Span = { from: operands[0]?.from ?? 0, to: operands[Math.max(0, i - 1)]?.to ?? 0 };
      total = this.possible(written, join(before, value, i, [this.called(soFar), this.called(operands[i] ?? written)]));
      if (total === null || !this.finite(written, total, before ? [before, value] : [value])) return null;
    }
    return total;
  }

  private possible(written: Span, result: Lowered | ShapeError | null): Lowered | null {
    if (!(result instanceof ShapeError)) return result;
    this.report.error(written, result.message, result.hint);
    return null;
  }

  /** Whether constants made constants: one that is not finite is kept as an operation by the graph. */
  private finite(written: Expression, { entries }: Lowered, operands: readonly Lowered[]): boolean {
    const { graph } = this;
    if (!operands.every((operand) => operand.entries.every((entry) => graph.isConstant(entry)))) return true;
    if (entries.every((entry) => graph.isConstant(entry))) return true;
    this.report.error(written, 'this has no finite value', notFinite);
    return false;
  }

  private called({ from, to }: Span): string {
    // Sums may be very long: no more is looked at than is shown.
    const text = this.report.text.slice(from, Math.min(to, from + 120)).replace(/\s+/g, ' ');
    return text.length <= 40 ? `\`${text}\`` : `\`${text.slice(0, 39)}…\``;
  }

  private call(expression: Expression & { kind: 'call' }, place: Place): Lowered | null {
    const { name, arguments: written } = expression;
    const known = functions.get(name);
    if (!known) {
      this.reportNoFunction(expression);
      return null;
    }
    const [first] = written;
    if (first?.kind === 'family') return this.callOfFamily(expression, first, place);
    const { least, most, signature, operation } = known;
    const values = written.map((value) => this.lower(value, place));
    const [only] = values;
    // min(v), max(v): of the entries of a vector.
    const ofEntries = 'binary' in operation && most > 2 && values.length === 1 && (!only || !isScalar(only));
    if (!ofEntries && (written.length < least || written.length > most)) {
      const wanted = most === 1 ? 'one argument' : most === least ? `${least} arguments` : `${least} or more arguments`;
      const given = written.length === 0 ? 'none is' : written.length === 1 ? 'one is' : `${written.length} are`;
      this.report.error(expression, `\`${name}\` takes ${wanted}, but ${given} given`, `write \`${signature}\``);
      return null;
    }
    if (ofEntries) return only ? this.apply(expression, entriesOf(only), written) : null;
    return this.apply(expression, values, written);
  }

  /** The function of values that are worked out. */
  private apply(
    expression: Expression & { kind: 'call' },
    values: readonly (Lowered | null)[],
    written: readonly Expression[],
  ): Lowered | null {
    const { graph, arrays } = this;
    const operation = functions.get(expression.name)?.operation;
    if (!operation || values.includes(null)) return null;
    if ('array' in operation) {
      const given = (values as Lowered[]).map((value, i) => ({ value, called: this.called(written[i] ?? expression) }));
      const [first, ...rest] = given;
      return first ? this.possible(expression, callArrayFunction(arrays, operation.array, [first, ...rest])) : null;
    }
    return this.joined(expression, values, written, (soFar, a, _, called) => {
      if ('unary' in operation) return arrays.map(a, (entry) => graph.unary(operation.unary, entry));
      if (soFar === null) return a;
      return arrays.zip(soFar, a, (x, y) => graph.binary(operation.binary, x, y), 'compared', called);
    });
  }

  private callOfFamily(
    expression: Expression & { kind: 'call' },
    family: Expression & { kind: 'family' },
    place: Place,
  ): Lowered | null {
    const { name } = expression;
    const { graph, arrays } = this;
    if (name !== 'sum' && name !== 'min' && name !== 'max') {
      this.report.error(family, `\`for\` stands in \`sum\`, \`min\` and \`max\`, not in \`${name}\``);
      return null;
    }
    const values = this.family(family, place);
    if (name !== 'sum') return this.apply(expression, values, [family]);
    return this.joined(expression, values, [family], (soFar, a, _, called) =>
      soFar === null ? a : arrays.zip(soFar, a, (x, y) => graph.add(x, y), 'added', called),
    );
  }

  private reportNoFunction({ name, from }: Expression & { kind: 'call' }): void {
    const span = { from, to: from + name.length };
    const entity = this.names.get(name);
    if (!entity) {
      this.names.reportUnknown(span, name, 'function');
      return;
    }
    entity.used = true;
    const hint = `write \`${name}*(…)\` if a product is meant${entity.array ? `, \`${name}[…]\` for an entry` : ''}`;
    this.report.error(span, `\`${name}\` is ${kindInWords(entity.kind)}, not a function`, hint);
  }

  private name(expression: Expression & Name, place: Place): Lowered | null {
    const { name } = expression;
    const counted = this.counted.get(name);
    if (counted !== undefined) return constant(this.graph, counted);
    if (name === 'N' && place.steps !== undefined) return constant(this.graph, place.steps);
    if (name === 'pi') return constant(this.graph, Math.PI);
    if (name === 'inf') {
      this.report.error(expression, '`inf` can only be a whole bound', 'such as in `control u in [0, inf]`');
      return null;
    }
    const entity = this.names.get(name);
    if (entity) {
      entity.used = true;
      return this.entity(expression, entity, place);
    }
    if (functions.has(name)) {
      const hint = `write \`${functions.get(name)?.signature}\``;
      this.report.error(expression, `the function \`${name}\` stands here without an argument`, hint);
      return null;
    }
    if (name === 'time' || name === 'stage') return this.clocked(expression, name, place);
    this.names.reportUnknown(expression, name, 'value');
    return null;
  }

  private clocked(span: Span, name: 'time' | 'stage', place: Place): Lowered | null {
    if (place.signals !== 'none' && (name === 'stage' || place.signals !== 'stage')) return this.clock(name);
    const message = `\`${name}\` changes from stage to stage, but ${place.name} is the same at all of them`;
    this.report.error(span, message);
    return null;
  }

  private entity(span: Name, entity: Entity, place: Place): Lowered | null {
    const refused = refusal(this.names, span.name, entity, place);
    if (refused) {
      this.report.error(span, refused.message, refused.hint);
      return null;
    }
    if (entity.kind !== 'parameter' || place.parameters !== 'values') return entity.lowered;
    if (entity.values !== null && entity.lowered) {
      const { rows, columns } = entity.lowered;
      return { rows, columns, entries: entity.values.map((value) => this.graph.constant(value)), uses: usesNothing };
    }
    if (entity.declaration.from > span.from) {
      const message = `the parameter \`${span.name}\` is declared only further down`;
      this.report.error(span, message, 'the value of a parameter may use the parameters above it');
    }
    return null;
  }
}

const entriesOf = ({ entries, uses }: Lowered): Lowered[] => entries.map((entry) => scalar(entry, uses));
