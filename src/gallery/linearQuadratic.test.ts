/**
 * Random linear-quadratic problems with everything that the other random problems lack: signals, algebraic variables and
 * implicit integrators. With equalities alone the solution is that of one linear system, written out densely here:
 *
 *   [H A'] [z     ]   [-q]      z: for every step x_k, u_k, y_k, then slopes K_i and algebraic variables Y_i of the
 *   [A 0 ] [lambda] = [ b]      collocation; and x_N.
 */
import fc from 'fast-check';
import { Matrix, solve as solveDense } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { compileText } from '../language';
import { compileSolver, defaultMethod, type MethodOptions } from '../solver';
import { Normal } from './testing/random';

/** Hairer & Wanner, Solving Ordinary Differential Equations II, tables IV.5.1 to IV.5.6. */
const root = Math.sqrt(3) / 6;
const tableaus = {
  'gauss-legendre 1': { a: [[1 / 2]], b: [1] },
  'gauss-legendre 2': {
    a: [
      [1 / 4, 1 / 4 - root],
      [1 / 4 + root, 1 / 4],
    ],
    b: [1 / 2, 1 / 2],
  },
  'radau 1': { a: [[1]], b: [1] },
  'radau 2': {
    a: [
      [5 / 12, -1 / 12],
      [3 / 4, 1 / 4],
    ],
    b: [3 / 4, 1 / 4],
  },
} as const;
type Integrator = keyof typeof tableaus;

interface Sizes {
  readonly seed: number;
  readonly nx: number;
  readonly nu: number;
  readonly ny: number;
  readonly N: number;
  readonly integrator: Integrator;
}

const sizes: fc.Arbitrary<Sizes> = fc.record({
  seed: fc.nat(1e6),
  nx: fc.integer({ min: 1, max: 3 }),
  nu: fc.integer({ min: 1, max: 2 }),
  ny: fc.integer({ min: 0, max: 2 }),
  N: fc.integer({ min: 2, max: 4 }),
  integrator: fc.constantFrom(...(Object.keys(tableaus) as Integrator[])),
});

/** An affine function of the variables (x, u, y) of a stage: a coefficient for each, one of the signal, a constant. */
interface Affine {
  readonly of: readonly number[];
  readonly signal: number;
  readonly constant: number;
}

interface LinearQuadratic extends Sizes {
  readonly h: number;
  readonly initial: readonly (number | null)[];
  readonly signal: readonly number[];
  readonly slopes: readonly Affine[];
  readonly algebraic: readonly Affine[];
  /** The cost is the sum of their squares. */
  readonly residuals: readonly Affine[];
  readonly terminal: readonly Affine[];
  /** Zero at the end. */
  readonly end: Affine;
}

function draw(chosen: Sizes): LinearQuadratic {
  const { seed, nx, nu, ny, N } = chosen;
  const random = new Normal(`linear-quadratic ${seed}`);
  const number = (): number => Number((0.5 * random.next()).toFixed(3));
  const width = nx + nu + ny;
  const affine = (variables: number): Affine => ({
    of: Array.from({ length: width }, (_, j) => (j < variables ? number() : 0)),
    signal: number(),
    constant: number(),
  });
  const dominant = (variables: number, j: number, weight: number): Affine => {
    const drawn = affine(variables);
    return { ...drawn, of: drawn.of.map((value, i) => (i === j ? value + weight * (value < 0 ? -1 : 1) : value)) };
  };
  const many = (count: number, make: (i: number) => Affine): Affine[] =>
    Array.from({ length: count }, (_, i) => make(i));
  return {
    ...chosen,
    h: 0.25,
    initial: Array.from({ length: nx }, (_, i) => (i % 2 === 1 ? null : number())),
    signal: Array.from({ length: N + 1 }, number),
    // Every state is moved by a control, so that the end can be reached; algebraic equations can be solved for y.
    slopes: many(nx, (i) => dominant(width, nx + (i % nu), 1)),
    algebraic: many(ny, (i) => dominant(width, nx + nu + i, 4)),
    residuals: many(width, (j) => dominant(width, j, 0.5)),
    terminal: many(nx, (j) => ({ ...dominant(nx, j, 0.5), signal: 0 })),
    end: { ...dominant(nx, 0, 1), signal: 0 },
  };
}

function textOf(problem: LinearQuadratic): string {
  const { nx, nu, ny, N, h, initial, signal, slopes, algebraic, residuals, terminal, end, integrator } = problem;
  const numbered = (letter: string, count: number): string[] =>
    Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);
  const [x, u, y] = [numbered('x', nx), numbered('u', nu), numbered('y', ny)];
  const names = [...x, ...u, ...y];
  const affine = (f: Affine): string =>
    [...f.of.flatMap((c, j) => (c === 0 ? [] : [`(${c})*${names[j]}`])), ...(f.signal === 0 ? [] : [`(${f.signal})*s`])]
      .concat(`(${f.constant})`)
      .join(' + ');
  const squares = (all: readonly Affine[]): string => all.map((f) => `(${affine(f)})^2`).join(' + ');
  return [
    `signal s = [${signal.join(', ')}]`,
    ...x.map((name, i) => (initial[i] === null ? `state ${name} free` : `state ${name} = ${initial[i]}`)),
    ...y.map((name) => `algebraic ${name} = 0`),
    ...u.map((name) => `control ${name}`),
    'dynamics',
    ...slopes.map((f, i) => `  ${x[i]}' = ${affine(f)}`),
    ...algebraic.map((f) => `  0 = ${affine(f)}`),
    'minimize',
    `  integral ${squares(residuals)}`,
    `  terminal ${squares(terminal)}`,
    'subject to',
    `  arrive at end: ${affine(end)} == 0`,
    `horizon ${h * N} s in ${N} steps, ${integrator}`,
  ].join('\n');
}

/** The trajectory and the costates from the dense system. */
function dense(problem: LinearQuadratic): { x: number[]; u: number[]; y: number[]; costates: number[] } {
  const { nx, nu, ny, N, h, initial, signal, slopes, algebraic, residuals, terminal, end, integrator } = problem;
  const { a, b } = tableaus[integrator];
  const stages = b.length;
  const node = nx + nu + ny;
  const block = node + stages * (nx + ny);
  const size = N * block + nx;
  const H = Matrix.zeros(size, size);
  const q = new Array<number>(size).fill(0);
  const rows: { row: number[]; bound: number }[] = [];
  const costateRows: number[] = [];

  /** An affine function as a row over z and a constant; `place(j)` are the entries that make up variable j, weighted. */
  type Place = (j: number) => readonly (readonly [index: number, weight: number])[];
  const rowOf = (f: Affine, place: Place, s: number): { row: number[]; constant: number } => {
    const row = new Array<number>(size).fill(0);
    f.of.forEach((c, j) => {
      if (c !== 0) for (const [index, weight] of place(j)) row[index] = (row[index] as number) + c * weight;
    });
    return { row, constant: f.constant + f.signal * s };
  };
  const square = (f: Affine, place: Place, s: number, weight: number): void => {
    const { row, constant } = rowOf(f, place, s);
    row.forEach((ri, i) => {
      q[i] = (q[i] as number) + 2 * weight * ri * constant;
      if (ri !== 0) row.forEach((rj, j) => H.set(i, j, H.get(i, j) + 2 * weight * ri * rj));
    });
  };
  const vanish = ({ row, constant }: { row: number[]; constant: number }): number =>
    rows.push({ row, bound: -constant }) - 1;

  initial.forEach((value, i) => {
    const row = new Array<number>(size).fill(0);
    row[i] = -1;
    costateRows.push(value === null ? -1 : rows.push({ row, bound: -value }) - 1);
  });
  for (let k = 0; k < N; k++) {
    const at = k * block;
    const s = signal[k] as number;
    const atNode: Place = (j) => [[at + j, 1]];
    const slope = (i: number, m: number): number => at + node + m * (nx + ny) + i;
    const inside =
      (m: number): Place =>
      (j) => {
        if (j < nx) return [[at + j, 1], ...(a[m] ?? []).map((w, n) => [slope(j, n), h * w] as const)];
        return j < nx + nu ? [[at + j, 1]] : [[slope(nx + j - nx - nu, m), 1]];
      };
    for (const f of residuals) square(f, atNode, s, h);
    for (const g of algebraic) vanish(rowOf(g, atNode, s));
    for (let m = 0; m < stages; m++) {
      for (const g of algebraic) vanish(rowOf(g, inside(m), s));
      slopes.forEach((f, i) => {
        const { row, constant } = rowOf(f, inside(m), s);
        row[slope(i, m)] = (row[slope(i, m)] as number) - 1;
        vanish({ row, constant });
      });
    }
    for (let i = 0; i < nx; i++) {
      const row = new Array<number>(size).fill(0);
      row[at + i] = 1;
      b.forEach((w, m) => {
        row[slope(i, m)] = h * w;
      });
      row[at + block + i] = -1;
      costateRows.push(vanish({ row, constant: 0 }));
    }
  }
  const last: Place = (j) => [[N * block + j, 1]];
  for (const f of terminal) square(f, last, 0, 1);
  vanish(rowOf(end, last, 0));

  const system = Matrix.zeros(size + rows.length, size + rows.length);
  system.setSubMatrix(H, 0, 0);
  rows.forEach(({ row }, r) => {
    row.forEach((value, i) => {
      system.set(size + r, i, value);
      system.set(i, size + r, value);
    });
  });
  const right = [...q.map((value) => -value), ...rows.map(({ bound }) => bound)];
  const z = solveDense(system, Matrix.columnVector(right)).to1DArray();
  const part = (from: number, count: number, nodes: number): number[] =>
    Array.from({ length: nodes }, (_, k) => z.slice(k * block + from, k * block + from + count)).flat();
  return {
    x: part(0, nx, N + 1),
    u: part(nx, nu, N),
    y: part(nx + nu, ny, N),
    costates: costateRows.map((row) => (row < 0 ? 0 : (z[size + row] as number))),
  };
}

const methods: readonly (readonly [string, MethodOptions])[] = [
  ['the interior point', defaultMethod],
  ['SQP with the exact Hessian', { ...defaultMethod, method: 'sqp' }],
  ['SQP with the Gauss-Newton Hessian', { ...defaultMethod, method: 'sqp', hessian: 'gauss-newton' }],
  ['operator splitting', { ...defaultMethod, method: 'admm' }],
];

describe('random linear-quadratic problems with signals, algebraic variables and implicit integrators', () => {
  it.each(methods)('are solved by %s as by one dense linear system', (_, options) => {
    let algebraic = 0;
    fc.assert(
      fc.property(sizes, (chosen) => {
        const problem = draw(chosen);
        const compiled = compileText(textOf(problem));
        if (!compiled.ok) throw new Error(compiled.diagnostics.map(({ message }) => message).join('\n'));
        const initial = new Float64Array(chosen.nx).fill(Number.NaN);
        const found = compileSolver(compiled.problem, options).solve({ parameters: new Float64Array(), initial });
        expect(found.status).toBe('converged');
        const expected = dense(problem);
        const scale = 1 + Math.max(...[...expected.x, ...expected.u, ...expected.costates].map(Math.abs));
        const close = (values: ArrayLike<number>, wanted: readonly number[]): void => {
          expect(values.length).toBe(wanted.length);
          wanted.forEach((value, i) => {
            expect(Math.abs((values[i] as number) - value)).toBeLessThan(1e-6 * scale);
          });
        };
        close(found.x, expected.x);
        close(found.u, expected.u);
        close(found.algebraics, expected.y);
        close(found.costates, expected.costates);
        if (chosen.ny > 0) algebraic++;
      }),
      { numRuns: 25 },
    );
    expect(algebraic).toBeGreaterThan(5);
  });
});
