/**
 * `npm run bench:native -- FOLDER`: linear-quadratic problems beside the native solvers they were measured with; the
 * folder holds the data, rand_nx*_nu*_N*.json. Times are the least of many runs, as the native ones are; they hold for
 * one core of the machine at hand, and the yardstick says how fast that is.
 */
import '../src/cli/fused';
import { compileSolver, defaultMethod, type MethodOptions, type Solver } from '../src/solver';
import { type Family, familyProblem, instanceInputs, readFamily } from './bench/linearQuadratic';
import { timed } from './bench/measure';
import { yardstick } from './bench/yardstick';

/** Microseconds on one core of a Zen 5 machine, gcc -O3 with AVX2. */
const native = [
  { sizes: [4, 1, 20], riccati: 3.7, speed: 79, balance: 109 },
  { sizes: [8, 3, 30], riccati: 10.1, speed: 242, balance: 315 },
  { sizes: [12, 4, 30], riccati: 17.0, speed: 325, balance: 445 },
  { sizes: [24, 3, 20], riccati: 28.0, speed: 413, balance: 497 },
] as const;

/** Cold to 1e-8, products of slacks and multipliers included. */
const settings = { tolerance: 1e-8, tau: 1e-9 };
const methods: readonly [string, MethodOptions][] = [
  ['interior point', defaultMethod],
  ['one quadratic program', { ...defaultMethod, method: 'sqp' }],
];
const SOLVES = 60;
const CALLS = 20;
const SAMPLES = 300;

const folder = process.argv[2];
if (folder === undefined) {
  console.error('Say where the data is: npm run bench:native -- FOLDER');
  process.exit(2);
}

const { scalar, vector } = yardstick();
console.log(
  `Multiply-adds: ${scalar.toFixed(1)} Gflop/s scalar, ${vector.toFixed(1)} in vectors. Microseconds, least of many runs.\n`,
);
for (const { sizes, riccati, speed, balance } of native) {
  const [nx, nu, N] = sizes;
  const family = readFamily(folder, nx, nu, N);
  console.log(`nx ${nx}, nu ${nu}, N ${N}`);
  for (const [name, method] of methods) {
    const solver = compileSolver(familyProblem(family), method);
    const { median, worst, unsolved } = solveAll(solver, family);
    const ratio = (median / balance).toFixed(2);
    console.log(
      `  ${name}: ${median.toFixed(0)}, worst ${worst.toFixed(0)}, ${unsolved} not solved; HPIPM ${speed} (speed), ${balance} (balance): ${ratio} of that`,
    );
    if (method !== defaultMethod) continue;
    const own = call(solver, 'riccati.factorise') + call(solver, 'riccati.solve');
    console.log(
      `  Riccati factorise + solve: ${own.toFixed(1)}; HPIPM ${riccati}: ${(own / riccati).toFixed(2)} of that`,
    );
  }
}

/** Median and worst over the instances of the least time of each. */
function solveAll(solver: Solver, { instances }: Family) {
  const best = instances.map(() => Number.POSITIVE_INFINITY);
  let unsolved = 0;
  for (let run = 0; run < SOLVES; run++)
    for (const [i, instance] of instances.entries()) {
      const inputs = instanceInputs(instance);
      let status = '';
      const time = timed(() => {
        status = solver.solve(inputs, settings).status;
      });
      best[i] = Math.min(best[i], time * 1e3);
      if (run === 0 && status !== 'converged') unsolved++;
    }
  best.sort((a, b) => a - b);
  return { median: best[best.length >> 1], worst: best[best.length - 1], unsolved };
}

function call({ executable }: Solver, procedure: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let sample = 0; sample < SAMPLES; sample++) {
    const time = timed(() => {
      for (let i = 0; i < CALLS; i++) executable.run(procedure);
    });
    best = Math.min(best, (time * 1e3) / CALLS);
  }
  return best;
}
