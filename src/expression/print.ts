/** An expression as text in the syntax of the .ocp language, with no more parentheses than it needs. */
import type { Graph } from './graph';
import type { Binary, Node, Unary } from './primitives';

/** How tightly a piece of text binds. */
const sum = 1;
const product = 2;
const power = 3;
const atom = 4;

/** An operand, to be put in parentheses if it binds less tightly; `afterSign`: also if it starts with a minus sign. */
interface Operand {
  readonly node: Node;
  readonly binding: number;
  readonly afterSign: boolean;
}
type Piece = string | Operand;
interface Form {
  readonly binding: number;
  readonly pieces: readonly Piece[];
}

const unaryForms: { readonly [P in Unary]: (a: Node) => Form } = {
  neg: (a) => ({ binding: product, pieces: ['-', { node: a, binding: product, afterSign: true }] }),
  abs: call('abs'),
  sign: call('sign'),
  sqrt: call('sqrt'),
  sin: call('sin'),
  cos: call('cos'),
  tan: call('tan'),
  asin: call('asin'),
  acos: call('acos'),
  atan: call('atan'),
  sinh: call('sinh'),
  cosh: call('cosh'),
  tanh: call('tanh'),
  exp: call('exp'),
  log: call('log'),
};

const binaryForms: { readonly [P in Binary]: (a: Node, b: Node) => Form } = {
  add: infix(' + ', sum, sum, product),
  sub: infix(' - ', sum, sum, product),
  mul: infix('*', product, product, power),
  div: infix('/', product, product, power),
  pow: infix('^', power, atom, power),
  atan2: call('atan2'),
  min: call('min'),
  max: call('max'),
  lessEqual: call('lessEqual'),
};

function infix(sign: string, binding: number, left: number, right: number): (a: Node, b: Node) => Form {
  return (a, b) => ({
    binding,
    pieces: [{ node: a, binding: left, afterSign: false }, sign, { node: b, binding: right, afterSign: true }],
  });
}

function call(name: string): (...operands: Node[]) => Form {
  return (...operands) => ({
    binding: atom,
    pieces: [
      `${name}(`,
      ...operands.flatMap((node, i): Piece[] => [i === 0 ? '' : ', ', { node, binding: sum, afterSign: false }]),
      ')',
    ],
  });
}

/**
 * The text of a node; sign and lessEqual, which the language lacks, are written as functions. A shared subexpression is
 * written out each time, which may grow without bound: after `longest` characters or a few more the text is cut.
 */
export function text(graph: Graph, node: Node, longest = 2000): string {
  let written = '';
  const pending: Piece[] = [{ node, binding: sum, afterSign: false }];
  for (let piece = pending.pop(); piece !== undefined; piece = pending.pop()) {
    if (written.length > longest) return `${written}…`;
    if (typeof piece === 'string') {
      written += piece;
    } else {
      const form = formOf(graph, piece.node);
      const enclosed = form.binding < piece.binding || (piece.afterSign && startsWithMinus(graph, piece.node));
      const pieces = enclosed ? ['(', ...form.pieces, ')'] : form.pieces;
      pending.push(...[...pieces].reverse());
    }
  }
  return written;
}

function formOf(graph: Graph, node: Node): Form {
  const primitive = graph.primitive(node);
  if (primitive === 'symbol') return { binding: atom, pieces: [graph.name(node)] };
  if (primitive === 'constant') {
    const value = graph.value(node);
    return { binding: value < 0 ? product : atom, pieces: [String(value).replace('e+', 'e')] };
  }
  return graph.arity(node) === 1
    ? unaryForms[primitive as Unary](graph.first(node))
    : binaryForms[primitive as Binary](graph.first(node), graph.second(node));
}

/** Whether the text starts with a minus sign: looks along the left operands as far as none is enclosed. */
function startsWithMinus(graph: Graph, node: Node): boolean {
  let form = formOf(graph, node);
  for (;;) {
    const start = form.pieces[0] as Piece;
    if (typeof start === 'string') return start.startsWith('-');
    const next = formOf(graph, start.node);
    if (next.binding < start.binding) return false;
    form = next;
  }
}
