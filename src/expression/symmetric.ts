/** A sparse symmetric matrix of expressions to which terms are added. */
import type { Graph } from './graph';
import type { Node } from './primitives';

const nothing: ReadonlyMap<number, Node> = new Map();

export class SymmetricMatrix {
  /** Row j holds the entries (j, k) with k <= j. */
  private readonly rows: (Map<number, Node> | undefined)[];

  /** @param isWanted which entries are kept; terms for others are dropped. */
  constructor(
    private readonly graph: Graph,
    size: number,
    private readonly isWanted: (j: number, k: number) => boolean,
  ) {
    this.rows = new Array(size);
  }

  add(j: number, k: number, term: Node): void {
    if (this.graph.isConstant(term, 0) || !this.isWanted(j, k)) return;
    const [high, low] = j >= k ? [j, k] : [k, j];
    this.rows[high] ??= new Map();
    const row = this.rows[high];
    const present = row.get(low);
    row.set(low, present === undefined ? term : this.graph.add(present, term));
  }

  /** The entries (j, k) with k <= j, by k. */
  below(j: number): ReadonlyMap<number, Node> {
    return this.rows[j] ?? nothing;
  }

  /** The entry, or null where it vanishes. */
  at(j: number, k: number): Node | null {
    const value = this.rows[Math.max(j, k)]?.get(Math.min(j, k));
    return value === undefined || this.graph.isConstant(value, 0) ? null : value;
  }
}
