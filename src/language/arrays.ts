/** Operations on vectors and matrices, entry by entry on the scalars they are made of. */
import type { Graph, Node } from '../expression';
import { bothUses, isScalar, type Lowered, sameShape, scalar, shapeInWords, sizeOf, usesNothing } from './value';
import { limits } from './words';

/** Why an operation is not possible. */
export class ShapeError {
  constructor(
    readonly message: string,
    readonly hint?: string,
  ) {}
}

/** Thrown where a text asks for more operations than any problem needs. */
export class EffortError extends Error {}

/** Operands as they are called in sentences. */
export type Called = readonly [string, string];

export class Arrays {
  private effort = 0;

  constructor(readonly graph: Graph) {}

  /** Counts operations, so that no text can keep the program busy for long. */
  spend(operations: number): void {
    this.effort += operations;
    if (this.effort > limits.operations) throw new EffortError();
  }

  map(a: Lowered, operation: (entry: Node) => Node): Lowered {
    this.spend(a.entries.length);
    return { ...a, entries: a.entries.map(operation) };
  }

  /** Entry by entry; a single number goes with every entry of the other. */
  zip(
    a: Lowered,
    b: Lowered,
    operation: (a: Node, b: Node) => Node,
    verb: string,
    called: Called,
  ): Lowered | ShapeError {
    const uses = bothUses(a.uses, b.uses);
    const shape = isScalar(a) ? b : a;
    if (!isScalar(a) && !isScalar(b) && !sameShape(a, b)) return mismatch(a, b, verb, called);
    this.spend(sizeOf(shape));
    const at = (value: Lowered, i: number) => value.entries[isScalar(value) ? 0 : i] as Node;
    const entries = Array.from({ length: sizeOf(shape) }, (_, i) => operation(at(a, i), at(b, i)));
    return { rows: shape.rows, columns: shape.columns, entries, uses };
  }

  multiply(a: Lowered, b: Lowered, called: Called): Lowered | ShapeError {
    const { graph } = this;
    if (isScalar(a) || isScalar(b)) return this.zip(a, b, (x, y) => graph.mul(x, y), 'multiplied', called);
    if (a.columns !== b.rows) {
      const { message } = mismatch(a, b, 'multiplied', called);
      const sums = sameShape(a, b) && a.columns === 1;
      return new ShapeError(
        message,
        sums ? `write \`dot(${called[0]}, ${called[1]})\` for the sum of the products` : undefined,
      );
    }
    this.spend(a.rows * a.columns * b.columns);
    const entries: Node[] = [];
    for (let i = 0; i < a.rows; i++) {
      for (let j = 0; j < b.columns; j++) {
        entries.push(
          this.inner(
            Array.from({ length: a.columns }, (_, k) => a.entries[i * a.columns + k] as Node),
            Array.from({ length: a.columns }, (_, k) => b.entries[k * b.columns + j] as Node),
          ),
        );
      }
    }
    return { rows: a.rows, columns: b.columns, entries, uses: bothUses(a.uses, b.uses) };
  }

  private inner(a: readonly Node[], b: readonly Node[]): Node {
    return this.graph.sum(a.map((entry, k) => this.graph.mul(entry, b[k] as Node)));
  }

  divide(a: Lowered, b: Lowered, called: Called): Lowered | ShapeError {
    if (!isScalar(b)) return new ShapeError(`${called[1]} ${shapeInWords(b)}: only a single number can be divided by`);
    return this.zip(a, b, (x, y) => this.graph.div(x, y), 'divided', called);
  }

  transpose({ rows, columns, entries, uses }: Lowered): Lowered {
    const turned = entries.map((_, i) => entries[(i % rows) * columns + Math.floor(i / rows)] as Node);
    return { rows: columns, columns: rows, entries: turned, uses };
  }

  /** Values beside one another. */
  beside(parts: readonly Lowered[]): Lowered | ShapeError {
    const turned = this.stacked(parts.map((part) => this.transpose(part)));
    if (!(turned instanceof ShapeError)) return this.transpose(turned);
    return new ShapeError('the parts of a row have different numbers of rows');
  }

  /** Values below one another. */
  stacked(parts: readonly Lowered[]): Lowered | ShapeError {
    const columns = parts[0]?.columns ?? 1;
    const other = parts.find((part) => part.columns !== columns);
    if (other) return new ShapeError(`the rows have different lengths: ${columns} and ${other.columns}`);
    const entries = parts.flatMap((part) => part.entries);
    this.spend(entries.length);
    return {
      rows: entries.length / columns,
      columns,
      entries,
      uses: parts.reduce((uses, part) => bothUses(uses, part.uses), usesNothing),
    };
  }

  sum({ entries, uses }: Lowered): Lowered {
    return scalar(this.graph.sum(entries), uses);
  }

  /** x' Q x with a matrix, or with a vector or number of weights on the squares. */
  quadratic(x: Lowered, q: Lowered, called: Called): Lowered | ShapeError {
    const { graph } = this;
    const n = sizeOf(x);
    const uses = bothUses(x.uses, q.uses);
    const vector = x.rows === 1 || x.columns === 1;
    if (vector && q.rows === n && q.columns === n && n > 1) {
      this.spend(n * n);
      const terms = q.entries.map((weight, k) => {
        const product = graph.mul(x.entries[Math.floor(k / n)] as Node, x.entries[k % n] as Node);
        return graph.mul(weight, product);
      });
      return scalar(graph.sum(terms), uses);
    }
    if (vector && (isScalar(q) || ((q.rows === 1 || q.columns === 1) && sizeOf(q) === n))) {
      this.spend(n);
      const weight = (i: number) => q.entries[isScalar(q) ? 0 : i] as Node;
      return scalar(graph.sum(x.entries.map((entry, i) => graph.mul(weight(i), graph.square(entry)))), uses);
    }
    const message = `${called[0]} ${shapeInWords(x)} and ${called[1]} ${shapeInWords(q)}: this is no quadratic form`;
    return new ShapeError(message, `the matrix is ${n}x${n}, or ${n} weights`);
  }
}

function mismatch(a: Lowered, b: Lowered, verb: string, [first, second]: Called): ShapeError {
  return new ShapeError(`${first} ${shapeInWords(a)} and ${second} ${shapeInWords(b)}: they cannot be ${verb}`);
}
