/** Functions of vectors and matrices. */
import type { Node } from '../expression';
import { type Arrays, type Called, ShapeError } from './arrays';
import { constant, isVector, type Lowered, sameShape, shapeInWords, sizeOf, usesNothing } from './value';
import { type ArrayFunction, limits } from './words';

interface Argument {
  readonly value: Lowered;
  /** As it is called in a sentence. */
  readonly called: string;
}

/** Arguments are as many as the function takes. */
export function callArrayFunction(
  arrays: Arrays,
  name: ArrayFunction,
  [first, second]: readonly [Argument, ...Argument[]],
): Lowered | ShapeError {
  const { graph } = arrays;
  const called: Called = [first.called, second?.called ?? ''];
  switch (name) {
    case 'sum':
      return arrays.sum(first.value);
    case 'sumsq':
      return arrays.sum(arrays.map(first.value, (entry) => graph.square(entry)));
    case 'dot': {
      if (!second) return first.value;
      if (!isVector(first.value) || !isVector(second.value) || sizeOf(first.value) !== sizeOf(second.value)) {
        const shapes = `${called[0]} ${shapeInWords(first.value)} and ${called[1]} ${shapeInWords(second.value)}`;
        return new ShapeError(`${shapes}: \`dot\` takes two vectors of the same length`);
      }
      const turned = sameShape(first.value, second.value) ? second.value : arrays.transpose(second.value);
      const products = arrays.zip(first.value, turned, (x, y) => graph.mul(x, y), 'multiplied', called);
      return products instanceof ShapeError ? products : arrays.sum(products);
    }
    case 'quad':
      return second ? arrays.quadratic(first.value, second.value, called) : first.value;
    case 'diag': {
      const { value } = first;
      if (!isVector(value)) return new ShapeError(`${first.called} ${shapeInWords(value)}: \`diag\` takes a vector`);
      return square(arrays, sizeOf(value), (i) => value.entries[i] as Node, value.uses);
    }
    case 'eye': {
      const n = sizeOfArray(arrays, [first]);
      return n instanceof ShapeError ? n : square(arrays, n.rows, () => graph.constant(1));
    }
    case 'zeros':
    case 'ones': {
      const shape = sizeOfArray(arrays, second ? [first, second] : [first]);
      if (shape instanceof ShapeError) return shape;
      const entry = graph.constant(name === 'ones' ? 1 : 0);
      return { ...shape, entries: Array<Node>(sizeOf(shape)).fill(entry), uses: usesNothing };
    }
  }
}

function square(arrays: Arrays, n: number, diagonal: (i: number) => Node, uses = usesNothing): Lowered | ShapeError {
  if (n * n > limits.entries) return tooLarge();
  arrays.spend(n * n);
  const zero = constant(arrays.graph, 0).entries[0] as Node;
  const entries = Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? diagonal(k / (n + 1)) : zero));
  return { rows: n, columns: n, entries, uses };
}

/** Sizes given as numbers: rows, and columns or 1. */
function sizeOfArray({ graph }: Arrays, sizes: readonly Argument[]) {
  const numbers: number[] = [];
  for (const { value, called } of sizes) {
    const size = value.entries.length === 1 ? graph.value(value.entries[0] as Node) : Number.NaN;
    if (!Number.isInteger(size) || size < 1) return new ShapeError(`a size is a whole number, but ${called} is none`);
    numbers.push(size);
  }
  const [rows = 1, columns = 1] = numbers;
  return rows * columns > limits.entries ? tooLarge() : { rows, columns };
}

const tooLarge = () => new ShapeError(`a matrix has at most ${limits.entries} entries`);
