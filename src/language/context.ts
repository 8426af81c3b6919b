/** What every part of the compilation works with. */
import { evaluate, Graph, type Node } from '../expression';
import type { Report, Span } from './diagnostics';
import type { Binding, Expression, Index } from './expressionSyntax';
import { Lowering } from './lower';
import { Names } from './names';
import type { Place } from './places';
import type { Selected } from './selection';
import type { Document } from './syntax';
import { isScalar, type Lowered, type Scalar, type Shape, sameShape, scalar, shapeInWords, usesNothing } from './value';
import { limits } from './words';

export type ClockName = 'time' | 'stage';

export class Context {
  readonly graph = new Graph({ limit: limits.nodes });
  readonly names: Names;
  /** What stands for `time` and `stage`, where they are used. */
  readonly clock = new Map<ClockName, Lowered>();
  private readonly lowering: Lowering;
  private readonly checks: { readonly nodes: readonly Node[]; readonly check: (...values: number[]) => void }[] = [];
  /** Where the compilation is, for mistakes that belong to no name: a graph that grows too large. */
  at: Span = { from: 0, to: 0 };

  constructor(
    readonly document: Document,
    readonly report: Report,
  ) {
    this.names = new Names(document.declarations, report);
    this.lowering = new Lowering(this.graph, this.names, report, (name) => this.clockValue(name));
  }

  private clockValue(name: ClockName): Lowered {
    const value = this.clock.get(name) ?? scalar(this.graph.symbol(name), { ...usesNothing, signal: name });
    this.clock.set(name, value);
    return value;
  }

  /** Null where the expression is missing or has a mistake. */
  lower(expression: Expression | null, place: Place): Lowered | null {
    if (expression) this.at = expression;
    return this.lowering.lower(expression, place);
  }

  /** An expression that must be a single number. */
  scalar(expression: Expression | null, place: Place, hint?: string): Scalar | null {
    const lowered = this.lower(expression, place);
    if (!lowered || !expression) return null;
    if (isScalar(lowered)) return { node: lowered.entries[0] as Node, uses: lowered.uses };
    this.report.error(expression, `${place.name} is a single number, but this ${shapeInWords(lowered)}`, hint);
    return null;
  }

  /** An expression as an array of this shape: a single number fills it, and a row is read as a column where one is wanted. */
  shaped(expression: Expression | null, place: Place, shape: Shape): Lowered | null {
    const lowered = this.lower(expression, place);
    return lowered && expression && this.fitted(expression, lowered, shape);
  }

  fitted(span: Span, lowered: Lowered, { rows, columns }: Shape): Lowered | null {
    const { entries, uses } = lowered;
    if (sameShape(lowered, { rows, columns })) return lowered;
    if (isScalar(lowered)) {
      const [entry] = entries as [Node];
      return { rows, columns, entries: Array<Node>(rows * columns).fill(entry), uses };
    }
    if (columns === 1 && lowered.rows === 1 && lowered.columns === rows) return { rows, columns, entries, uses };
    const wanted = `the value here ${shapeInWords({ rows, columns })}`
      .replace(' has ', ' must have ')
      .replace(' is ', ' must be ');
    this.report.error(span, `${wanted}, but this ${shapeInWords(lowered)}`);
    return null;
  }

  /** Value of an expression without symbols; null where it has a mistake. */
  number(expression: Expression | null, place: Place): number | null {
    const lowered = this.scalar(expression, place);
    return lowered && (evaluate(this.graph, [lowered.node], new Map())[0] as number);
  }

  /** Calls back for everything that is counted. */
  forEach(bindings: readonly Binding[], callback: (indices: readonly number[]) => void): void {
    this.lowering.forEach(bindings, callback);
  }

  /** Entries that indices choose; null where they choose none, which is reported. */
  select(shape: Lowered, indices: readonly Index[], span: Span, name: string): Selected | null {
    return this.lowering.select(shape, indices, span, `\`${name}\``);
  }

  /** Looks at expressions in parameters once all parameters have their values. */
  atDeclaredValues(nodes: readonly Node[], check: (...values: number[]) => void): void {
    this.checks.push({ nodes, check });
  }

  /** Declared values of all parameters that have one. */
  declaredPoint(): Map<Node, number> {
    const point = new Map<Node, number>();
    for (const { symbols, values } of this.names.entities()) {
      if (values) for (const [i, symbol] of symbols.entries()) point.set(symbol, values[i] as number);
    }
    return point;
  }

  runChecks(): void {
    const nodes = this.checks.flatMap((each) => each.nodes);
    const values = evaluate(this.graph, nodes, this.declaredPoint());
    let place = 0;
    for (const { nodes, check } of this.checks) {
      check(...values.slice(place, place + nodes.length));
      place += nodes.length;
    }
  }
}
