/** What every part of the compilation works with. */
import { evaluate, Graph, type Node } from '../expression';
import type { Report, Span } from './diagnostics';
import { Lowering, type Place } from './lower';
import { type Lowered, Names } from './names';
import type { Document, Expression } from './syntax';
import { limits } from './words';

export class Context {
  readonly graph = new Graph({ limit: limits.nodes });
  readonly names: Names;
  private readonly lowering: Lowering;
  private readonly checks: { readonly nodes: readonly Node[]; readonly check: (...values: number[]) => void }[] = [];
  /** Where the compilation is, for mistakes that belong to no name: a graph that grows too large. */
  at: Span = { from: 0, to: 0 };

  constructor(
    readonly document: Document,
    readonly report: Report,
  ) {
    this.names = new Names(document.declarations, report);
    this.lowering = new Lowering(this.graph, this.names, report);
  }

  lower(expression: Expression | null, place: Place): Lowered | null {
    if (expression) this.at = expression;
    return this.lowering.lower(expression, place);
  }

  /** Value of an expression without symbols; null where it has a mistake. */
  number(expression: Expression | null, place: Place): number | null {
    const lowered = this.lower(expression, place);
    return lowered && (evaluate(this.graph, [lowered.node], new Map())[0] as number);
  }

  /** Looks at expressions in parameters once all parameters have their values. */
  atDeclaredValues(nodes: readonly Node[], check: (...values: number[]) => void): void {
    this.checks.push({ nodes, check });
  }

  runChecks(): void {
    const point = new Map<Node, number>();
    for (const { lowered, value } of this.names.entities())
      if (lowered && value !== null) point.set(lowered.node, value);
    const values = evaluate(
      this.graph,
      this.checks.flatMap(({ nodes }) => nodes),
      point,
    );
    let place = 0;
    for (const { nodes, check } of this.checks) {
      check(...values.slice(place, place + nodes.length));
      place += nodes.length;
    }
  }
}
