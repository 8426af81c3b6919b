/**
 * What of the stage functions depends on parameters alone (bounds, step size, weights, subexpressions such as
 * 1/(2 m)) is the same at every stage and in every iteration: it is computed once a solve, by `prepare`.
 */
import type { Node } from '../expression';
import { type Buffer, GraphLowering, type Indexish, type Procedure, type Program, type Real } from '../kernel';
import type { Stages } from '../problem';

/** One place of the code where nodes are lowered; more symbols may be bound between. */
export interface Lowering {
  bind(symbols: readonly Node[], values: readonly Real[]): void;
  lower(outputs: readonly Node[]): Real[];
}

export class Invariants {
  /** Parameters, and numbers of the text that are inputs. */
  private readonly known: ReadonlySet<Node>;
  /** Whether a node depends on these alone, as far as the graph has been looked at. */
  private readonly invariant: boolean[] = [];
  private readonly places = new Map<Node, Real>();
  private readonly kept = new Set<Real>();
  private readonly below = new Map<string, readonly [Node, Real][]>();
  private readonly stored: { readonly nodes: readonly Node[]; readonly buffer: Buffer }[] = [];

  private readonly signals: Buffer; // [N+1][signals]

  constructor(
    private readonly program: Program,
    private readonly stages: Stages,
  ) {
    this.known = new Set([...stages.parameters, ...stages.numbers]);
    this.signals = program.buffer('signals', stages.steps + 1, stages.signals.length);
  }

  /** The signals at stage k, in the order of `stages.signals`. */
  signalsAt(k: Indexish): Real[] {
    return this.stages.signals.map((_, s) => this.signals.at(k, s));
  }

  /** The same by their symbols. */
  signalBindings(k: Indexish): Map<Node, Real> {
    const values = this.signalsAt(k);
    return new Map(this.stages.signals.map((symbol, s) => [symbol, values[s]]));
  }

  /** Whether the value is one of those computed once a solve. */
  holds(value: Real): boolean {
    return this.kept.has(value);
  }

  /** The nodes as kernel values, given those of the symbols that are no parameters. */
  lower(outputs: readonly Node[], stageSymbols: ReadonlyMap<Node, Real>): Real[] {
    return this.lowering(stageSymbols).lower(outputs);
  }

  /** The same in several goes at one place of the code, which share what they compute. */
  lowering(stageSymbols: ReadonlyMap<Node, Real>): Lowering {
    const session = new GraphLowering(this.program, this.stages.graph, stageSymbols);
    return {
      bind: (symbols, values) => symbols.forEach((symbol, i) => session.bind(symbol, values[i])),
      lower: (outputs) => {
        for (const [node, place] of this.placesBelow(outputs)) session.bind(node, place);
        return session.lower(outputs);
      },
    };
  }

  /** Where the invariants below the outputs are kept. */
  private placesBelow(outputs: readonly Node[]): readonly [Node, Real][] {
    // The same bounds and weights are asked for again and again.
    const key = outputs.join();
    const known = this.below.get(key);
    if (known) return known;
    const needed = this.invariantNodes(outputs);
    const found = needed.filter((node) => !this.places.has(node));
    if (found.length > 0) {
      const buffer = this.program.buffer(`invariants.${this.stored.length}`, found.length);
      for (const [i, node] of found.entries()) {
        const place = buffer.at(i);
        this.places.set(node, place);
        this.kept.add(place);
      }
      this.stored.push({ nodes: found, buffer });
    }
    const result = needed.map((node): [Node, Real] => [node, this.places.get(node) as Real]);
    this.below.set(key, result);
    return result;
  }

  /** Define `prepare`, once every use is known. */
  define({ parameters, numbers }: { readonly parameters: Buffer; readonly numbers: Buffer }): Procedure {
    return this.program.procedure('prepare', () => {
      const { graph } = this.stages;
      const bindings = new Map([
        ...this.stages.parameters.map((symbol, i): [Node, Real] => [symbol, parameters.at(i)]),
        ...this.stages.numbers.map((symbol, i): [Node, Real] => [symbol, numbers.at(i)]),
      ]);
      const all = this.stored.flatMap(({ nodes, buffer }) => nodes.map((node, i) => ({ node, place: buffer.at(i) })));
      const values = new GraphLowering(this.program, graph, bindings).lower(all.map(({ node }) => node));
      for (const [i, { place }] of all.entries()) place.set(values[i]);
      this.stages.signalValues.forEach((nodes, s) => {
        const lowered = new GraphLowering(this.program, graph, bindings).lower(nodes);
        for (const [k, value] of lowered.entries()) this.signals.at(k, s).set(value);
      });
    });
  }

  /** Maximal non-constant nodes below the outputs that depend on parameters alone. */
  private invariantNodes(outputs: readonly Node[]): Node[] {
    const { graph } = this.stages;
    const found: Node[] = [];
    const met = new Set(outputs);
    for (const node of met) {
      if (this.isInvariant(node)) {
        if (!graph.isConstant(node)) found.push(node);
      } else for (const operand of graph.operands(node)) met.add(operand);
    }
    return found;
  }

  private isInvariant(node: Node): boolean {
    const { graph } = this.stages;
    const { invariant } = this;
    for (let next = invariant.length as Node; next <= node; next = invariant.length as Node) {
      const arity = graph.arity(next);
      const first = arity === 0 || invariant[graph.first(next)];
      const second = arity < 2 || invariant[graph.second(next)];
      invariant.push(graph.isSymbol(next) ? this.known.has(next) : first && second);
    }
    return invariant[node];
  }
}
