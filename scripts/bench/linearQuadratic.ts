/**
 * The random linear-quadratic problems of the native figures: min sum 1/2 (x'Q x + u'R u) + 1/2 x_N'P x_N subject to
 * x+ = A x + B u and bounds on x and u. Every number of an instance is a parameter, so that one solver serves them all;
 * that is more parameters than a text may have, so the problem is built as data.
 */
import { readFileSync } from 'node:fs';
import { Graph, type Node } from '../../src/expression';
import { noChoice, type Parameter, type Problem } from '../../src/problem';
import type { Inputs } from '../../src/solver';

const blocks = ['A', 'B', 'Q', 'R', 'P', 'lbx', 'ubx', 'lbu', 'ubu'] as const;

/** Matrices row by row. */
type Instance = Readonly<Record<(typeof blocks)[number] | 'x0', readonly number[]>>;

export interface Family {
  readonly nx: number;
  readonly nu: number;
  readonly N: number;
  readonly instances: readonly Instance[];
}

export function readFamily(folder: string, nx: number, nu: number, N: number): Family {
  return JSON.parse(readFileSync(`${folder}/rand_nx${nx}_nu${nu}_N${N}.json`, 'utf8'));
}

export function instanceInputs(instance: Instance): Inputs {
  return {
    parameters: Float64Array.from(blocks.flatMap((name) => instance[name])),
    initial: Float64Array.from(instance.x0),
  };
}

export function familyProblem({ nx, nu, N, instances: [first] }: Family): Problem {
  const graph = new Graph();
  const zero = graph.constant(0);
  const symbols = (name: string, count: number) =>
    Array.from({ length: count }, (_, i) => ({
      name: `${name}${i + 1}`,
      symbol: graph.symbol(`${name}${i + 1}`),
      description: '',
    }));
  const data = Object.fromEntries(blocks.map((name) => [name, symbols(name, first[name].length)]));
  const parameters: Parameter[] = blocks.flatMap((name) =>
    data[name].map((entry, i) => ({ ...entry, value: first[name][i], range: null })),
  );
  const of = (name: (typeof blocks)[number]): Node[] => data[name].map(({ symbol }) => symbol);
  const sum = (terms: readonly Node[]): Node => terms.reduce((total, term) => graph.add(total, term), zero);
  const product = (matrix: readonly Node[], vector: readonly Node[], row: number): Node =>
    sum(vector.map((entry, j) => graph.mul(matrix[row * vector.length + j], entry)));
  const form = (matrix: readonly Node[], vector: readonly Node[]): Node =>
    graph.mul(graph.constant(0.5), sum(vector.map((entry, i) => graph.mul(entry, product(matrix, vector, i)))));

  const states = symbols('x', nx).map((entry) => ({ ...entry, initial: zero }));
  const controls = symbols('u', nu);
  const x = states.map(({ symbol }) => symbol);
  const u = controls.map(({ symbol }) => symbol);
  const bounded = (
    variables: readonly Node[],
    lower: readonly Node[],
    upper: readonly Node[],
    from: number,
    to: number,
  ) =>
    variables.map((expression, i) => ({
      name: `${from}.${i}`,
      expression,
      lower: lower[i],
      upper: upper[i],
      from,
      to,
      soft: null,
    }));
  const still = (count: number) => Array.from({ length: count }, () => ({ from: zero, to: zero }));
  return {
    graph,
    title: `Random linear-quadratic problem, ${nx} states, ${nu} controls, ${N} steps`,
    source: 'control family of the OSQP benchmark',
    parameters,
    states,
    controls,
    algebraics: [],
    numbers: [],
    signals: [],
    arrays: [],
    dynamics: {
      kind: 'discrete',
      rhs: x.map((_, i) => graph.add(product(of('A'), x, i), product(of('B'), u, i))),
      algebraic: [],
    },
    cost: { integral: zero, sum: graph.add(form(of('Q'), x), form(of('R'), u)), terminal: form(of('P'), x) },
    constraints: [...bounded(x, of('lbx'), of('ubx'), 1, N), ...bounded(u, of('lbu'), of('ubu'), 0, N - 1)],
    horizon: {
      duration: graph.constant(N),
      steps: N,
      lengths: null,
      integrator: 'rk1',
      substeps: 1,
      quadrature: 'rectangle',
    },
    solver: noChoice,
    guess: { states: still(nx), controls: still(nu), algebraics: [] },
  };
}
