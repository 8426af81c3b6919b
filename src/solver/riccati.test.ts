import fc from 'fast-check';
import { Matrix, solve } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { type Backend, backends, type Executable } from '../kernel';
import { discretise } from '../problem';
import { build, distance, Random, type Recipe, recipes } from '../problem/testing';
import { MatrixField, matrices } from './matrixField';
import { defineRiccati } from './riccati';
import { inverseRoot, smallestEigenvalue } from './testing';
import { padded } from './tiles';
import { Workspace } from './workspace';

/** min sum_k 1/2 z_k' H_k z_k + q_k' z_k  subject to  x_{k+1} = J_k z_k + b_{k+1},  x_0 = b_0 where fixed. */
interface LinearQuadratic {
  readonly nx: number;
  readonly nz: number;
  readonly N: number;
  /** Whether the initial value of a state is fixed. */
  readonly fixed: readonly boolean[];
  readonly H: readonly Matrix[];
  readonly J: readonly Matrix[];
  readonly q: readonly number[][];
  readonly b: readonly number[][];
}

const sizes = {
  dynamics: fc.constant('discrete' as const),
  shape: fc.constant('quadratic' as const),
  inequalities: fc.constant(0),
  soft: fc.constant(0),
  equalities: fc.constant(0),
};
const small = recipes({
  ...sizes,
  nx: fc.integer({ min: 1, max: 8 }),
  nu: fc.integer({ min: 0, max: 4 }),
  N: fc.integer({ min: 1, max: 8 }),
});
const large = recipes({
  ...sizes,
  nx: fc.integer({ min: 9, max: 14 }),
  nu: fc.integer({ min: 4, max: 5 }),
  N: fc.integer({ min: 1, max: 3 }),
});

/** Stage Hessians of any inertia; entries of the dynamics that are 0 or 1 at every stage, others that vary. */
function draw({ seed, nx, nu, N, initial }: Recipe): LinearQuadratic {
  const random = new Random(seed + 1);
  const nz = nx + nu;
  const J = Array.from({ length: N }, () => new Matrix(random.matrix(nx, nz, 1.2 / Math.sqrt(nx))));
  for (const { i, j, value } of literals(seed, nx, nz)) for (const matrix of J) matrix.set(i, j, value);
  const sizeAt = (k: number): number => (k < N ? nz : nx);
  const stages = Array.from({ length: N + 1 }, (_, k) => k);
  return {
    nx,
    nz,
    N,
    fixed: Array.from({ length: nx }, (_, i) => initial === 'fixed' || (initial === 'mixed' && i % 2 === 1)),
    H: stages.map((k) => new Matrix(random.symmetric(sizeAt(k)))),
    J,
    q: stages.map((k) => random.vector(sizeAt(k))),
    b: stages.map(() => random.vector(nx)),
  };
}

function literals(seed: number, nx: number, nz: number): { i: number; j: number; value: number }[] {
  const random = new Random(seed + 2);
  return Array.from({ length: Math.floor((nx * nz) / 4) }, () => ({
    i: random.index(nx),
    j: random.index(nz),
    value: random.index(2),
  }));
}

/** Columns: the free variables (free initial states, then all controls); rows: all of z_0, ..., z_N. b is left out. */
function nullSpace({ nx, nz, N, fixed, J }: LinearQuadratic): Matrix {
  const nu = nz - nx;
  const free = fixed.flatMap((isFixed, i) => (isFixed ? [] : [i]));
  const Z = Matrix.zeros(N * nz + nx, free.length + N * nu);
  let x = Matrix.zeros(nx, Z.columns);
  free.forEach((state, column) => x.set(state, column, 1));
  for (let k = 0; k < N; k++) {
    const z = Matrix.zeros(nz, Z.columns);
    z.setSubMatrix(x, 0, 0);
    for (let j = 0; j < nu; j++) z.set(nx + j, free.length + k * nu + j, 1);
    Z.setSubMatrix(z, k * nz, 0);
    x = J[k].mmul(z);
  }
  Z.setSubMatrix(x, N * nz, 0);
  return Z;
}

function blockDiagonal(blocks: readonly Matrix[]): Matrix {
  const size = blocks.reduce((sum, { rows }) => sum + rows, 0);
  const whole = Matrix.zeros(size, size);
  let at = 0;
  for (const block of blocks) {
    whole.setSubMatrix(block, at, at);
    at += block.rows;
  }
  return whole;
}

/** The stage Hessians shifted by a multiple of the identity such that the reduced Hessian is just definite by `gap`. */
function shifted(lq: LinearQuadratic, gap: number): LinearQuadratic {
  const Z = nullSpace(lq);
  if (Z.columns === 0) return lq;
  const root = inverseRoot(Z.transpose().mmul(Z));
  const reduced = Z.transpose().mmul(blockDiagonal(lq.H)).mmul(Z);
  const shift = gap - smallestEigenvalue(root.mmul(reduced).mmul(root));
  return { ...lq, H: lq.H.map((block) => Matrix.add(block, Matrix.eye(block.rows).mul(shift))) };
}

/** Stationarity, dynamics and initial state in (z, lambda) as one linear system. */
function denseSolution({ nx, nz, N, fixed, H, J, q, b }: LinearQuadratic): { z: number[]; costates: number[] } {
  const n = N * nz + nx;
  const M = Matrix.zeros(n + (N + 1) * nx, n + (N + 1) * nx);
  const right = new Array<number>(M.rows).fill(0);
  M.setSubMatrix(blockDiagonal(H), 0, 0);
  q.flat().forEach((value, i) => {
    right[i] = -value;
  });
  const couple = (row: number, column: number, value: number): void => {
    M.set(n + row, column, value);
    M.set(column, n + row, value);
  };
  for (let k = 0; k <= N; k++)
    for (let i = 0; i < nx; i++) {
      const row = k * nx + i;
      right[n + row] = k === 0 && !fixed[i] ? 0 : -b[k][i];
      if (k === 0 && !fixed[i]) {
        M.set(n + row, n + row, 1);
        continue;
      }
      couple(row, k * nz + i, -1);
      if (k > 0) for (let j = 0; j < nz; j++) couple(row, (k - 1) * nz + j, J[k - 1].get(i, j));
    }
  const all = solve(M, Matrix.columnVector(right)).to1DArray();
  return { z: all.slice(0, n), costates: all.slice(n) };
}

function factorised(lq: LinearQuadratic, recipe: Recipe, backend: Backend): Executable {
  const w = new Workspace(discretise(build(recipe).problem));
  const { program } = w;
  const { nx, nz, N } = lq;
  const jacobian = new MatrixField(program, matrices(program, 'J', N, nx, nz), 0, N, nx, nz, () => false);
  const given = program.buffer('given', N, nx, nz);
  const known = new Map(literals(recipe.seed, nx, nz).map(({ i, j, value }) => [i * nz + j, value]));
  const fields = {
    hessian: program.buffer('H', N + 1, nz, padded(nz)),
    jacobian,
    gradient: program.buffer('q', N + 1, nz),
    offset: program.buffer('b', N + 1, nx),
    point: program.buffer('z', N + 1, nz),
    costate: program.buffer('lambda', N + 1, nx),
  };
  program.procedure('load', () =>
    program.for(0, N, (k) => {
      for (let i = 0; i < nx; i++)
        for (let j = 0; j < nz; j++) jacobian.set(k, i, j, known.get(i * nz + j) ?? given.at(k, i, j));
    }),
  );
  defineRiccati(w, fields);
  program.procedure('fill', () => jacobian.fill());
  const executable = backend.load(program.module());
  const H = executable.buffer('H');
  const width = padded(nz);
  const q = executable.buffer('q');
  lq.H.forEach((block, k) => {
    // The upper triangle is not to be read.
    for (let i = 0; i < block.rows; i++)
      for (let j = 0; j < nz; j++) H[(k * nz + i) * width + j] = j <= i ? block.get(i, j) : Number.NaN;
    q.set(lq.q[k], k * nz);
  });
  executable.buffer('given').set(lq.J.flatMap((matrix) => matrix.to1DArray()));
  executable.buffer('b').set(lq.b.flat());
  executable.run('load');
  executable.run('fill');
  executable.run('riccati.factorise');
  return executable;
}

describe.each(backends)('the Riccati recursion ($name)', (backend) => {
  describe.each([
    ['unrolled', small, 60],
    ['looped', large, 6],
  ] as const)('%s', (_, sizesOf, numRuns) => {
    it('solves the linear-quadratic problem as a dense factorisation does, costates included', () => {
      fc.assert(
        fc.property(sizesOf, fc.double({ min: 0.05, max: 1, noNaN: true }), (recipe, gap) => {
          const lq = shifted(draw(recipe), gap);
          const executable = factorised(lq, recipe, backend);
          expect(executable.buffer('riccati.definite')[0]).toBe(1);
          executable.run('riccati.solve');
          const { z, costates } = denseSolution(lq);
          expect(distance(executable.buffer('z').slice(0, z.length), z)).toBeLessThan(1e-9);
          expect(distance(executable.buffer('lambda'), costates)).toBeLessThan(1e-9);
        }),
        { numRuns },
      );
    });

    it('says whether the reduced Hessian is positive definite', () => {
      fc.assert(
        fc.property(sizesOf, fc.constantFrom(-1, -1e-3, -1e-6, 1e-6, 1e-3, 1), (recipe, gap) => {
          const lq = shifted(draw(recipe), gap);
          const Z = nullSpace(lq);
          const reduced = Z.transpose().mmul(blockDiagonal(lq.H)).mmul(Z);
          const executable = factorised(lq, recipe, backend);
          expect(executable.buffer('riccati.definite')[0]).toBe(smallestEigenvalue(reduced) > 0 ? 1 : 0);
        }),
        { numRuns: 2 * numRuns },
      );
    });
  });
});
