/** The command as other programs start it. */
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const npm = ['run', '--silent', 'costate', '--'];
/** On Windows npm is a script that only a shell starts. */
const options = { cwd: root, shell: process.platform === 'win32' };

const costate = (args: readonly string[], input = ''): SpawnSyncReturns<string> =>
  spawnSync('npm', [...npm, ...args], { ...options, encoding: 'utf8', input, maxBuffer: 1e8 });

const free = 'state x free\ncontrol u\ndynamics\n  x+ = x + u\nminimize\n  sum u^2 + (x - 1)^2\nhorizon 3 steps\n';

describe('npm run --silent costate', () => {
  it('prints one JSON object and exits with 0 where it converged', () => {
    const { status, stdout } = costate(['solve', 'pendulum-swing-up', '--set', 'M=1.2', '--sensitivities', '--json']);
    expect(status).toBe(0);
    const { x, u, sensitivities, parameters, message } = JSON.parse(stdout);
    expect(message).not.toBe('');
    expect(parameters.M).toBe(1.2);
    expect([x.length, x[0].length, u.length, u[0].length]).toEqual([21, 4, 20, 1]);
    const { dx, du, columns, dobjective } = sensitivities;
    expect(columns.slice(-4)).toEqual(['x0.x', 'x0.theta', 'x0.v', 'x0.omega']);
    expect([dx.length, dx[0].length, dx[0][0].length]).toEqual([21, 4, columns.length]);
    expect([du.length, du[0].length, du[0][0].length]).toEqual([20, 1, columns.length]);
    expect(dobjective).toHaveLength(columns.length);
  });

  it('exits with 1 where it did not converge, the object still printed', () => {
    const { status, stdout } = costate(['solve', 'pendulum-swing-up', '--max-iterations', '2', '--json']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'iteration-limit' });
  });

  it('exits with 2 where the text or an argument is wrong', () => {
    const text = costate(['solve', '-', '--json'], free.replace('x + u', 'x + w'));
    expect(text.status).toBe(2);
    expect(JSON.parse(text.stdout).diagnostics).toMatchObject([{ line: 4, column: 12 }]);
    const argument = costate(['solve', '-', '--unknown'], free);
    expect(argument.status).toBe(2);
    expect(argument.stdout).toBe('');
    expect(argument.stderr).toContain('there is no option --unknown');
  });

  it('reads standard input, and has no columns for free initial states', () => {
    const { status, stdout } = costate(['solve', '-', '--json', '--sensitivities'], free);
    expect(status).toBe(0);
    expect(JSON.parse(stdout).sensitivities.columns).toEqual([]);
  });

  it('writes a large answer whole into a pipe that is slow', async () => {
    const child = spawn('npm', [...npm, 'solve', 'bounded-lqr-batch', '--sensitivities', '--json'], options);
    const exit = new Promise<number | null>((resolve) => child.on('close', resolve));
    const parts: string[] = [];
    child.stdout.setEncoding('utf8');
    for await (const part of child.stdout) {
      parts.push(part);
      if (parts.length === 1) await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(await exit).toBe(0);
    const text = parts.join('');
    expect(text.length).toBeGreaterThan(1e6);
    expect(JSON.parse(text).sensitivities.columns).toHaveLength(257);
  });

  it('does not mind a reader that stops early', async () => {
    const child = spawn('npm', [...npm, 'solve', 'bounded-lqr-batch', '--sensitivities', '--json'], options);
    const errors: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
    child.stdout.once('data', () => child.stdout.destroy());
    await new Promise((resolve) => child.on('close', resolve));
    expect(errors.join('')).not.toContain('EPIPE');
  });
});
