import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, type Node } from '../expression';
import { compileText } from '../language';
import type { Constraint, Guess, Problem } from '../problem';
import { type GalleryEntry, gallery } from '.';
import { catalogue } from './catalogue';
import { gallery as fromDisk } from './node';
import { withReferenceNames } from './reference/names';
import { hasReference, numberAt, type Point, type Reference, readReference, withDefinitions } from './reference/read';

function problemOf({ text }: GalleryEntry): Problem {
  const compiled = compileText(text);
  expect(compiled.diagnostics).toEqual([]);
  if (!compiled.ok) throw new Error('does not compile');
  return compiled.problem;
}

/** Names with numbers that keep roots, quotients and exponentials of the gallery finite. */
function pointNear({ parameters, states, controls }: Problem, factors: readonly number[]): Point {
  const point = new Map<string, number>();
  let next = 0;
  const factor = () => factors[next++ % factors.length] ?? 1;
  for (const { name, value } of parameters) point.set(name, value === 0 ? factor() - 1 : value * factor());
  for (const { name } of [...states, ...controls]) point.set(name, factor());
  return point;
}

class Comparison {
  private readonly symbols: ReadonlyMap<Node, number>;
  private readonly names: Point;

  constructor(
    private readonly problem: Problem,
    private readonly reference: Reference,
    point: Point,
  ) {
    const { parameters, states, controls } = problem;
    const variables = [...parameters, ...states, ...controls];
    this.symbols = new Map(variables.map(({ name, symbol }) => [symbol, point.get(name) ?? Number.NaN]));
    this.names = withDefinitions(reference, point);
  }

  equal(node: Node, text: string): void {
    const [value] = evaluate(this.problem.graph, [node], this.symbols) as [number];
    const expected = numberAt(text, this.names);
    expect(expected).not.toBeNaN();
    expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-11 * Math.max(1, Math.abs(expected)));
  }

  equalOrNull(node: Node | null, text: string | null): void {
    expect(node === null).toBe(text === null);
    if (node !== null && text !== null) this.equal(node, text);
  }

  constraint(mine: Constraint, index: number): void {
    const theirs = this.reference.constraints[index];
    if (!theirs) throw new Error(`The reference has no constraint ${mine.name}`);
    const stage = (k: number | 'N' | 'N-1') =>
      typeof k === 'number' ? k : this.reference.horizon.intervals - (k === 'N' ? 0 : 1);
    expect([mine.name, mine.from, mine.to]).toEqual([theirs.name, stage(theirs.from), stage(theirs.to)]);
    this.equal(mine.expression, theirs.expr);
    this.equalOrNull(mine.lower, theirs.lower);
    this.equalOrNull(mine.upper, theirs.upper);
    expect(mine.lower !== null && mine.lower === mine.upper).toBe(theirs.lower === theirs.upper);
    this.equalOrNull(mine.soft?.l1 ?? null, theirs.soft?.l1 ?? null);
    this.equalOrNull(mine.soft?.l2 ?? null, theirs.soft?.l2 ?? null);
  }

  guess(mine: Guess, theirs: string | null | undefined | { from: string; to: string }, otherwise: string): void {
    const path = typeof theirs === 'object' && theirs !== null ? theirs : null;
    const value = typeof theirs === 'string' ? theirs : otherwise;
    this.equal(mine.from, path?.from ?? value);
    this.equal(mine.to, path?.to ?? value);
  }
}

const named = (entries: readonly GalleryEntry[]) => entries.map((entry) => [entry.name, entry] as const);

/** How the references call the integrators. */
const integrators: Readonly<Record<string, string>> = {
  'irk-gl1': 'gauss-legendre-1',
  'irk-gl2': 'gauss-legendre-2',
  'irk-radau1': 'radau-1',
  'irk-radau2': 'radau-2',
};

describe.each(named(gallery.filter(({ name }) => hasReference(name))))('%s', (name, entry) => {
  const reference = readReference(name);
  const problem = withReferenceNames(name, problemOf(entry), reference);

  it('has the names and values of the reference', () => {
    // Vectors have their parameters together; those of the references may be further apart.
    const values = ({ parameters }: Pick<Problem, 'parameters'> | Reference) =>
      Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
    expect(values(problem)).toEqual(values(reference));
    expect(problem.states.map((state) => state.name)).toEqual(reference.states.map((state) => state.name));
    expect(problem.controls.map((control) => control.name)).toEqual(reference.controls.map((control) => control.name));
    expect(problem.dynamics.kind).toBe(reference.dynamics.kind);
    const { intervals, integrator, substeps } = reference.horizon;
    const known = integrators[integrator] ?? integrator;
    expect(problem.horizon).toMatchObject({ steps: intervals, integrator: known, substeps });
    expect(problem.constraints).toHaveLength(reference.constraints.length);
  });

  it('is the problem of the reference at random points', () => {
    const factors = fc.array(fc.double({ min: 0.7, max: 1.4, noNaN: true }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(factors, (random) => {
        const point = pointNear(problem, random);
        const compare = new Comparison(problem, reference, point);
        const { dynamics, cost, horizon, states, controls, constraints, guess } = problem;
        states.forEach(({ name, initial }, i) => {
          compare.equal(dynamics.rhs[i] as Node, reference.dynamics.rhs[name] as string);
          compare.equalOrNull(initial, reference.states[i]?.initial ?? null);
        });
        const stage = reference.cost.stage;
        compare.equal(cost.integral, reference.cost.stageScale === 'dt' ? stage : '0');
        compare.equal(cost.sum, reference.cost.stageScale === '1' ? stage : '0');
        compare.equal(cost.terminal, reference.cost.terminal);
        compare.equal(horizon.duration, reference.horizon.duration);
        constraints.forEach((constraint, i) => compare.constraint(constraint, i));
        states.forEach((_, i) =>
          compare.guess(guess.states[i] as Guess, reference.guess.x?.[i], reference.states[i]?.initial ?? '0'),
        );
        controls.forEach((_, i) => compare.guess(guess.controls[i] as Guess, reference.guess.u?.[i], '0'));
      }),
      { numRuns: 20 },
    );
  });
});

describe.each(named(gallery))('%s', (_, entry) => {
  const problem = problemOf(entry);

  it('tells a newcomer what its parameters are', () => {
    expect(problem.title).toBe(entry.title);
    expect(problem.source).not.toBe('');
    expect(entry.text).toMatch(/^[\x20-\x7e\n]*$/);
    for (const line of entry.text.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
    if (entry.tags.includes('many parameters')) return;
    for (const { description, range } of problem.parameters) {
      expect(description).not.toBe('');
      expect(range).not.toBeNull();
    }
  });
});

describe('the gallery', () => {
  it('is the same through Vite and from disk', () => {
    expect(fromDisk).toEqual(gallery);
  });

  it('begins with the swing-up and has every entry once, each with one sentence', () => {
    expect(gallery[0]?.name).toBe('pendulum-swing-up');
    expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
    for (const { summary, tags } of catalogue) {
      expect(summary).toMatch(/^[A-Z][^.]*\.$/);
      expect(tags).not.toEqual([]);
    }
  });
});
