import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readArguments } from './arguments';
import { Refusal } from './complaint';
import { progressLine } from './progress';
import { type Answer, run } from './run';

const style = { width: 120, colour: false };
const folder = mkdtempSync(join(tmpdir(), 'costate-sweep-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text = ''): string {
  const path = join(folder, name);
  if (text !== '') writeFileSync(path, text);
  return path;
}

const costate = (...args: string[]): Promise<Answer> => run(['sweep', ...args, '--workers', '1'], style);
const read = ({ out }: Answer) => JSON.parse(out);

/** x_N = 1 + N u with u = w (target - x0) / (N w + 1), w = 10, N = 4. */
const small = file(
  'small.ocp',
  `title "Small"
parameter target = 3 in [2, 4]
state x = 1
control u in [-1, 1]
dynamics
  x+ = x + u
minimize
  sum u^2
  terminal 10*(x - target)^2
horizon 4 steps
`,
);
const first = (target: number, x: number): number => (10 * (target - x)) / 41;

/** Message and hint of each complaint. */
function complaints(...args: string[]): string[] {
  try {
    readArguments(['sweep', ...args]);
  } catch (error) {
    if (error instanceof Refusal) return error.complaints.map(({ message, hint }) => `${message} | ${hint ?? ''}`);
    throw error;
  }
  return [];
}

describe('sweep', () => {
  it('solves a grid, the last axis running fastest', async () => {
    const args = ['--grid', 'target=2:4:3', '--grid', 'x=0:1:2', '--keep', 'u0,x@N,objective,status,active'];
    const answer = await costate(small, ...args, '--sensitivities', 'u0,objective', '--json', '--tolerance', '1e-10');
    expect([answer.code, answer.error]).toEqual([0, '']);
    const { columns, ...rest } = read(answer);
    expect(rest).toMatchObject({ title: 'Small', count: 6, shape: [3, 2], varied: ['target', 'x0.x'] });
    expect(rest).toMatchObject({ statuses: { converged: 6 }, remarks: [] });
    expect(columns.target).toEqual([2, 2, 3, 3, 4, 4]);
    expect(columns['x0.x']).toEqual([0, 1, 0, 1, 0, 1]);
    expect(columns.status).toEqual(Array(6).fill('converged'));
    expect(columns.active).toEqual(Array(6).fill('none'));
    for (let n = 0; n < 6; n++) {
      const u = first(columns.target[n], columns['x0.x'][n]);
      expect(columns['u@0'][n]).toBeCloseTo(u, 8);
      expect(columns['x@4'][n]).toBeCloseTo(columns['x0.x'][n] + 4 * u, 8);
      expect(columns['d u@0 / d target'][n]).toBeCloseTo(10 / 41, 6);
      expect(columns['d u@0 / d x0.x'][n]).toBeCloseTo(-10 / 41, 6);
    }
  });

  it('writes a row for each instance, as comma-separated values or JSON', async () => {
    const out = file('out.csv');
    const answer = await costate(small, '--grid', 'target=2:4:5', '--keep', 'u0,status', '--out', out);
    expect(answer.code).toBe(0);
    expect(answer.out).toContain('5 converged');
    const [head, ...rows] = readFileSync(out, 'utf8').trim().split('\r\n');
    expect(head).toBe('target,u@0,status');
    expect(rows).toHaveLength(5);
    for (const row of rows) {
      const [target, u, status] = row.split(',');
      expect(Number(u)).toBeCloseTo(first(Number(target), 1), 6);
      expect(status).toBe('converged');
    }
    const json = file('out.json');
    await costate(small, '--list', out.replace('out.csv', 'list.csv'), '--out', json);
    expect(existsSync(json)).toBe(false);
    writeFileSync(file('list.csv'), 'target,x\n2,1\n3,0.5\n');
    await costate(small, '--list', file('list.csv'), '--out', json);
    expect(JSON.parse(readFileSync(json, 'utf8')).columns.target).toEqual([2, 3]);
  });

  it('samples the ranges of the text, or those given', async () => {
    const own = read(await costate(small, '--sample', 'sobol:16', '--json')).columns.target;
    expect(Math.min(...own)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...own)).toBeLessThan(4);
    expect(new Set(own.map((value: number) => Math.floor((value - 2) * 8))).size).toBe(16);
    const ranged = read(await costate(small, '--sample', 'latin-hypercube:8:3', '--range', 'x=1:100:log', '--json'));
    const decades = ranged.columns['x0.x'].map((value: number) => Math.floor(Math.log10(value) * 4));
    expect(decades.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('tells which share of the variance each value explains', async () => {
    const args = ['--sample', 'saltelli:512', '--range', 'target=2:4', '--range', 'x=0:1', '--keep', 'u0,status'];
    // u = (10 target - 10 x) / 41: each variance in proportion to the square of its range.
    const { indices, count } = read(await costate(small, ...args, '--json'));
    expect(count).toBe(512 * 4);
    expect(Object.keys(indices)).toEqual(['u@0']);
    const { first: alone, total } = indices['u@0'];
    for (const estimates of [alone, total]) {
      expect(estimates[0].value).toBeCloseTo(0.8, 2);
      expect(estimates[1].value).toBeCloseTo(0.2, 2);
      for (const { value, from, to } of estimates) expect(from <= value && value <= to).toBe(true);
    }
    const { out } = await costate(small, ...args);
    expect(out).toContain('Shares of the variance of u@0');
    expect(out).toMatch(/target +0\.(79|8)/);
  });

  it('answers with 1 and the reasons where instances do not converge', async () => {
    const path = file(
      'narrow.ocp',
      `${readFileSync(small, 'utf8')}`.replace('horizon', 'subject to\n  at end: x == target\nhorizon'),
    );
    const answer = await costate(path, '--grid', 'target=2:20:2');
    expect(answer.code).toBe(1);
    expect(answer.out).toContain('1 converged, 1 infeasible');
    expect(answer.out).toMatch(/^1: The constraints cannot be met together/m);
  });

  it('says what is wrong with names', async () => {
    const wrong = async (...args: string[]) => {
      const answer = await costate(small, ...args, '--json');
      expect(answer.code).toBe(2);
      return read(answer).diagnostics.map(
        ({ message, hint }: { message: string; hint: string }) => `${message} | ${hint}`,
      );
    };
    expect(await wrong('--grid', 'targt=1:2:3')).toEqual([
      '--grid: the problem has no parameter or state `targt` | did you mean `target`?',
    ]);
    expect(await wrong('--grid', 'x=1:2:3', '--grid', 'x0.x=1:2:3')).toEqual([
      '--grid: `x0.x` is varied twice | leave one of them out',
    ]);
    expect(await wrong('--grid', 'x=1:2:3', '--keep', 'objektive,x@5', '--sensitivities', 'status')).toEqual([
      '--keep: there is nothing to keep named `objektive` | did you mean `objective`?',
      '--keep: `x@5` is no stage of `x` | stages are counted from 0, and the last stage of `x` is x@N',
      '--sensitivities: `status` has no derivatives | leave it out',
    ]);
    expect(await wrong('--list', file('absent.csv'))).toEqual([
      expect.stringMatching(/^--list: .* does not exist \| give the path of a file$/),
    ]);
  });

  it('says what is wrong with options', () => {
    expect(complaints('f')).toEqual([
      'nothing says what to vary | for example --grid mass=0.5:2:20, --sample sobol:1000 or --list values.csv',
    ]);
    expect(complaints('f', '--grid', 'M=1:2', '--workers', '0', '--out', 'a.txt', '--backend=gpo')).toEqual([
      '--workers is a whole number from 1, and `0` is not | for example 2',
      '--out: a.txt ends in neither .csv nor .json | for example --out sweep.csv',
      '--grid M=1:2: `1:2` is no range | write --grid NAME=from:to:count, with :log for equal ratios',
      '--backend cannot be `gpo` | did you mean `gpu`?',
    ]);
    expect(complaints('f', '--grid', 'M=-1:2:5:log')).toEqual([
      '--grid M=-1:2:5:log: equal ratios need ends greater than 0 | write --grid NAME=from:to:count, with :log for equal ratios',
    ]);
    expect(complaints('f', '--sample', 'halton:10')).toEqual([
      '--sample is a kind and a number of instances, and `halton:10` is not | write sobol:1000 or latin-hypercube:1000 or saltelli:1000',
    ]);
    expect(complaints('f', '--grid', 'M=1:2:9', '--list', 'a.csv')).toHaveLength(1);
    expect(complaints('f', '--grid', 'M=1:2:9', '--range', 'M=1:2')).toHaveLength(1);
    expect(complaints('f', ...[1, 2, 3, 4].flatMap((i) => ['--grid', `a${i}=1:2:9`]))).toHaveLength(1);
    expect(complaints('f', ...[1, 2, 3].flatMap((i) => ['--grid', `a${i}=1:2:1000`]))).toHaveLength(1);
    expect(readArguments(['sweep', '--help'])).toEqual({ command: 'help' });
  });
});

it('the progress says how far it is and how long it takes', () => {
  expect(progressLine(25, 100, 5000, '')).toBe('[######..................]  25 of 100  5/s, 15 s left');
  expect(progressLine(0, 100, 1, 'x')).toBe('[........................]  0 of 100  0/s  x');
});
