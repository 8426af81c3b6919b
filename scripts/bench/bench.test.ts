import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { afterAll, describe, expect, it } from 'vitest';
import { compileText } from '../../src/language';
import { benchGrowth, chainText, growthOver, growthSizes } from './growth';
import { summary } from './measure';
import { growthPicture } from './picture';
import { reportLines } from './report';
import { type GrowthPoint, report } from './schema';

const folder = mkdtempSync(join(tmpdir(), 'costate-bench-'));
afterAll(() => rmSync(folder, { recursive: true }));

const script = fileURLToPath(new URL('../bench.ts', import.meta.url));
const bench = (...args: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', script, ...args], { encoding: 'utf8', timeout: 100_000 });

/** A chain whose iterations take `ms` and `operations`. */
function point(states: number, ms: number, operations: number): GrowthPoint {
  const iterations = 10;
  const [compile, solve] = [summary([1]), summary([ms * iterations])];
  return { states, steps: 20, status: 'converged', iterations, compile, solve, operations };
}

describe('the benchmark', () => {
  it('measures a problem: every number has its place and makes sense', () => {
    const { stdout, stderr, status } = bench('--only', 'smoothing-1d', '--quick', '--json', '--report', folder);
    expect([status, stderr]).toEqual([0, '']);
    const found = v.parse(report, JSON.parse(stdout));
    const [problem] = found.problems;
    expect(found.growth).toBeNull();
    expect(problem).toMatchObject({ name: 'smoothing-1d', status: 'converged', warmFailures: 0 });
    expect(problem.batch.converged).toBe(problem.batch.instances);
    expect(problem.batch.pool.map(({ threads, converged }) => [threads, converged])).toEqual([
      [1, problem.batch.instances],
      [2, problem.batch.instances],
    ]);
    for (const { least, median, runs } of [problem.cold, problem.compile, ...Object.values(problem.parts)]) {
      expect(runs).toBeGreaterThan(0);
      expect(least).toBeGreaterThan(0);
      expect(median).toBeGreaterThanOrEqual(least);
    }
    expect(problem.operations.iteration).toBeGreaterThan(problem.operations.riccati);
    expect(problem.peak.vector).toBeGreaterThan(problem.peak.scalar / 2);
    expect(JSON.parse(readFileSync(join(folder, 'bench.json'), 'utf8'))).toEqual(found);
    expect(readFileSync(join(folder, 'bench.md'), 'utf8')).toContain(reportLines(found).join('\n'));
  });

  it('says which examples there are', () => {
    const { status, stderr } = bench('--only', 'nothing');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^There is no example nothing\. The examples are pendulum-swing-up, /);
  });

  it('has a chain of any length that is solved', () => {
    for (const size of [...growthSizes.states, ...growthSizes.steps]) {
      const compiled = compileText(chainText(size));
      if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message);
      expect(compiled.problem.states).toHaveLength(size.states);
      expect(compiled.problem.horizon.steps).toBe(size.steps);
    }
    expect(benchGrowth({ states: 6, steps: 8 }, 0)).toMatchObject({ states: 6, steps: 8, status: 'converged' });
  });

  it('finds the powers by which time and operations grow, and draws them', () => {
    const points = [2, 4, 8, 16].map((states) => point(states, 1e-3 * states ** 2.5, 7 * states ** 3));
    const states = growthOver('states', points);
    expect(states.timeExponent).toBeCloseTo(2.5, 10);
    expect(states.operationsExponent).toBeCloseTo(3, 10);
    const longer = points.map((chain, i) => ({ ...chain, steps: 10 * (i + 1) }));
    const picture = growthPicture({ states, steps: growthOver('steps', longer) });
    expect(picture).toContain('States: time ~ nx^2.50');
    expect(picture).not.toMatch(/NaN|Infinity/);
    expect(picture.match(/<circle /g)).toHaveLength(2 * points.length);
  });
});
