/**
 * The reference problems as their own small format has them: expressions are text, and are evaluated by a parser of
 * their own, so that nothing is shared with the language they check.
 */
import { existsSync, readFileSync } from 'node:fs';

type PathText = string | null | { readonly from: string; readonly to: string };

export interface Reference {
  readonly parameters: readonly { readonly name: string; readonly value: number }[];
  readonly definitions: readonly { readonly name: string; readonly expr: string }[];
  readonly states: readonly { readonly name: string; readonly initial: string | null }[];
  readonly controls: readonly { readonly name: string }[];
  readonly dynamics: { readonly kind: 'continuous' | 'discrete'; readonly rhs: Readonly<Record<string, string>> };
  readonly horizon: {
    readonly duration: string;
    readonly intervals: number;
    readonly integrator: string;
    readonly substeps: number;
  };
  readonly cost: { readonly stage: string; readonly stageScale: 'dt' | '1'; readonly terminal: string };
  readonly constraints: readonly {
    readonly name: string;
    readonly expr: string;
    readonly lower: string | null;
    readonly upper: string | null;
    readonly from: number | 'N' | 'N-1';
    readonly to: number | 'N' | 'N-1';
    readonly soft?: { readonly l1: string; readonly l2: string };
  }[];
  readonly guess: { readonly x?: readonly PathText[]; readonly u?: readonly PathText[] };
  /** Values that differ from the nominal ones; `x0.STATE` is an initial value. */
  readonly points: readonly { readonly label: string; readonly set: Readonly<Record<string, number>> }[];
}

/** Whether the problem of the gallery has a reference; some are there only to show what can be written. */
export function hasReference(name: string): boolean {
  return existsSync(new URL(`./${name}.json`, import.meta.url));
}

export function readReference(name: string): Reference {
  return JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8'));
}

/** Values of names; definitions are worked out on top of them, in order. */
export type Point = ReadonlyMap<string, number>;

export function withDefinitions({ definitions }: Reference, point: Point): Point {
  const all = new Map(point);
  for (const { name, expr } of definitions) all.set(name, numberAt(expr, all));
  return all;
}

const functions: Readonly<Record<string, (...values: number[]) => number>> = {
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  abs: Math.abs,
  atan2: Math.atan2,
};

/** Value of an expression text at a point; not a number where a name has no value there. */
export function numberAt(text: string, point: Point): number {
  const tokens = text.match(/\d+\.?\d*(?:e[-+]?\d+)?|[A-Za-z_]\w*|[-+*/^(),]/g) ?? [];
  let at = 0;
  const take = (token: string) => tokens[at] === token && ++at > 0;

  const sum = (): number => {
    let total = product();
    for (;;) {
      if (take('+')) total += product();
      else if (take('-')) total -= product();
      else return total;
    }
  };
  const product = (): number => {
    let total = signed();
    for (;;) {
      if (take('*')) total *= signed();
      else if (take('/')) total /= signed();
      else return total;
    }
  };
  const signed = (): number => (take('-') ? -signed() : power());
  const power = (): number => {
    const base = atom();
    return take('^') ? base ** signed() : base;
  };
  const atom = (): number => {
    if (take('(')) {
      const value = sum();
      if (!take(')')) throw new Error(`A bracket is open in ${text}`);
      return value;
    }
    const token = tokens[at++] ?? '';
    if (!take('('))
      return /^\d/.test(token) ? Number(token) : token === 'pi' ? Math.PI : (point.get(token) ?? Number.NaN);
    const values = [sum()];
    while (take(',')) values.push(sum());
    const apply = functions[token];
    if (!apply || !take(')')) throw new Error(`No function ${token} in ${text}`);
    return apply(...values);
  };

  const value = sum();
  if (at !== tokens.length) throw new Error(`Cannot read ${text} after ${tokens.slice(0, at).join(' ')}`);
  return value;
}
