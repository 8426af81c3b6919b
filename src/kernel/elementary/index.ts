/**
 * The elementary functions that WebAssembly and shaders lack or do not specify, written in the kernel language, so
 * that every target computes the same: at most 2 units in the last place from the exact value.
 */
import type { Program } from '../program';
import type { Real } from '../real';
import { exp, log } from './exponential';
import { cosh, sinh, tanh } from './hyperbolic';
import { acos, asin, atan, atan2 } from './inverse';
import { pow } from './power';
import { cos, sin, tan } from './trigonometric';

type Unary = (program: Program, x: Real) => Real;
type Binary = (program: Program, x: Real, y: Real) => Real;

const unaries = { sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, exp, log } satisfies Record<string, Unary>;
const binaries = { atan2, pow } satisfies Record<string, Binary>;

export type ElementaryName = keyof typeof unaries | keyof typeof binaries;

export const elementaryNames = [...Object.keys(unaries), ...Object.keys(binaries)] as readonly ElementaryName[];

export function isElementary(name: string): name is ElementaryName {
  return name in unaries || name in binaries;
}

/** Defines those of the functions that the program does not have yet. */
export function defineElementary(program: Program, names: Iterable<ElementaryName>): void {
  for (const name of names) {
    if (program.hasFunction(name)) continue;
    if (name in unaries) program.function(name, 1, (x) => unaries[name as keyof typeof unaries](program, x));
    else program.function(name, 2, (x, y) => binaries[name as keyof typeof binaries](program, x, y));
  }
}
