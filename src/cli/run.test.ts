import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { gallery } from '../gallery';
import { type Answer, run } from './run';

const style = { width: 120, colour: false };
const folder = mkdtempSync(join(tmpdir(), 'costate-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const costate = (...args: string[]): Promise<Answer> => run(args, style);
const read = ({ out }: Answer) => JSON.parse(out);

/** The least of a problem; x_k = 1 + u_0 + ... + u_{k-1}. */
const small = file(
  'small.ocp',
  `title "Small"
parameter target = 3
parameter unused = 1
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

describe('solve', () => {
  it('gives the solution with its derivatives as JSON', async () => {
    const answer = await costate('solve', small, '--sensitivities', '--json', '--tolerance', '1e-10');
    expect(answer.code).toBe(0);
    expect(answer.error).toBe('');
    const result = read(answer);
    // u = 2 w / (N w + 1) on every stage, w = 10, N = 4, and x_N = 1 + N u.
    const u = 20 / 41;
    expect(result).toMatchObject({ status: 'converged', title: 'Small', states: ['x'], controls: ['u'] });
    expect(result.parameters).toEqual({ target: 3, unused: 1 });
    expect(result.t).toEqual([0, 1, 2, 3, 4].map((k) => (k * result.t[4]) / 4));
    for (const k of [0, 1, 2, 3]) expect(result.u[k][0]).toBeCloseTo(u, 8);
    for (const k of [0, 1, 2, 3, 4]) expect(result.x[k][0]).toBeCloseTo(1 + k * u, 8);
    expect(result.objective).toBeCloseTo(4 * u * u + 10 * (2 - 4 * u) ** 2, 8);
    expect(result.multipliers.dynamics).toHaveLength(5);
    expect(result.multipliers.dynamics[4][0]).toBeCloseTo(20 * (4 * u - 2), 6);
    expect(result.multipliers.constraints).toMatchObject([{ name: 'u', stages: [0, 1, 2, 3] }]);
    for (const side of ['lower', 'upper']) expect(result.multipliers.constraints[0][side]).toHaveLength(4);
    expect(Object.keys(result.times)).toEqual(['compileMs', 'solveMs', 'sensitivityMs']);
    for (const time of Object.values(result.times)) expect(time).toBeGreaterThan(0);
    expect(result.history).toHaveLength(result.iterations + 1);

    const { sensitivities } = result;
    expect(sensitivities).toMatchObject({ columns: ['target', 'unused', 'x0.x'], valid: true, reason: '' });
    for (const k of [0, 1, 2, 3])
      for (const [j, slope] of [10 / 41, 0, -10 / 41].entries())
        expect(sensitivities.du[k][0][j]).toBeCloseTo(slope, 6);
    expect(sensitivities.dx[4][0][0]).toBeCloseTo(40 / 41, 6);
    expect(sensitivities.dobjective[0]).toBeCloseTo(20 * (2 - 4 * u), 6);
    const { dynamics, constraints } = sensitivities.dmultipliers;
    expect(dynamics[4][0][0]).toBeCloseTo(20 * ((4 * 10) / 41 - 1), 5);
    expect(constraints).toMatchObject([{ name: 'u', stages: [0, 1, 2, 3] }]);
    for (const side of ['lower', 'upper']) {
      expect(constraints[0][side]).toHaveLength(4);
      for (const row of constraints[0][side]) expect(row).toHaveLength(3);
    }
    expect([result.algebraics, result.y, sensitivities.dy]).toEqual([[], [[], [], [], []], [[], [], [], []]]);
    expect(result.warnings).toHaveLength(1);
    expect(result.warnings[0]).toMatchObject({ line: 3, column: expect.any(Number), message: expect.any(String) });
  });

  it('takes values of parameters and initial states, the last one counting', async () => {
    const args = ['--set', 'target=9', '--set=target=2', '--initial', 'x=1.5', '--json'];
    const result = read(await costate('solve', small, ...args));
    expect(result.parameters.target).toBe(2);
    expect(result.x[0][0]).toBe(1.5);
    expect(result.u[0][0]).toBeCloseTo(5 / 41, 6);
    expect(result).not.toHaveProperty('sensitivities');
  });

  it('ends at the barrier value asked for', async () => {
    const result = read(await costate('solve', small, '--tau', '0.01', '--json'));
    expect(result.tau).toBe(0.01);
    const { lower, upper } = result.multipliers.constraints[0];
    for (const k of [0, 1, 2, 3]) {
      expect(lower[k] * (result.u[k][0] + 1)).toBeCloseTo(0.01, 6);
      expect(upper[k] * (1 - result.u[k][0])).toBeCloseTo(0.01, 6);
    }
  });

  it('starts from a stored solution', async () => {
    const cold = await costate('solve', 'pendulum-swing-up', '--json');
    const stored = file('solution.json', cold.out);
    const again = read(await costate('solve', 'pendulum-swing-up', '--guess', stored, '--json'));
    expect(again.iterations).toBeLessThan(read(cold).iterations);
    expect(again.objective).toBeCloseTo(read(cold).objective, 6);
  });

  it('solves every problem of the gallery by its name', async () => {
    for (const { name } of gallery) {
      const answer = await costate('solve', name, '--sensitivities');
      expect(answer.code, `${name}: ${answer.out}`).toBe(0);
      for (const line of answer.out.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
    }
  });

  it('answers with 1 and what there is where it did not converge', async () => {
    const args = ['solve', 'pendulum-swing-up', '--max-iterations', '3', '--sensitivities'];
    const answer = await costate(...args, '--json');
    expect(answer.code).toBe(1);
    const result = read(answer);
    expect(result).toMatchObject({ status: 'iteration-limit', iterations: 3 });
    expect(result.x).toHaveLength(21);
    expect(result.sensitivities).toMatchObject({ valid: false, dx: null, du: null, dobjective: null });
    expect((await costate(...args)).code).toBe(1);
  });

  it('writes numbers that are not finite as null', async () => {
    const path = file('nan.ocp', readFileSync(small, 'utf8').replace('sum u^2', 'sum u^2 + log(x - 2)'));
    const answer = await costate('solve', path, '--json');
    expect(answer.code).toBe(1);
    expect(read(answer)).toMatchObject({ status: 'not-a-number', objective: null });
  });
});

describe('the method', () => {
  const swingUp = (...args: string[]) => costate('solve', 'pendulum-swing-up', ...args);

  it('is the interior point unless the text or an argument says otherwise', async () => {
    const text = readFileSync(small, 'utf8');
    const path = file('sqp.ocp', `${text}solver sqp(hessian = gauss-newton, regularize = project)\n`);
    const used = async (...args: string[]) => {
      const answer = await costate('solve', ...args, '--json');
      expect(answer.code).toBe(0);
      const { method, hessian, regularize, globalization, u } = read(answer);
      expect(u[0][0]).toBeCloseTo(20 / 41, 6);
      return [method, hessian, regularize, globalization];
    };
    expect(await used(small)).toEqual(['interior-point', 'exact', null, null]);
    expect(await used(path)).toEqual(['sqp', 'gauss-newton', 'project', 'merit']);
    expect(await used(path, '--hessian', 'exact', '--globalization=full')).toEqual(['sqp', 'exact', 'project', 'full']);
    expect(await used(path, '--method', 'interior-point')).toEqual(['interior-point', 'exact', null, null]);
    expect(await used(small, '--method', 'sqp', '--regularize=mirror')).toEqual(['sqp', 'exact', 'mirror', 'merit']);
  });

  it('does not matter for the solution and its derivatives', async () => {
    const solve = async (...args: string[]) => read(await swingUp('--sensitivities', '--json', ...args));
    const expected = await solve();
    for (const hessian of ['exact', 'gauss-newton']) {
      const found = await solve('--method', 'sqp', '--hessian', hessian);
      expect(found).toMatchObject({ status: 'converged', method: 'sqp', hessian });
      expect(found.objective).toBeCloseTo(expected.objective, 6);
      const [a, b] = [found, expected].map(({ sensitivities }) => sensitivities.du[0][0]);
      for (const [j, value] of b.entries()) expect(Math.abs(a[j] - value)).toBeLessThan(1e-4 * (1 + Math.abs(value)));
    }
  });

  it('may be one real-time iteration, which is called an approximation', async () => {
    const args = ['--method', 'rti', '--hessian', 'gauss-newton'];
    const answer = await swingUp(...args);
    expect(answer.code).toBe(1);
    expect(answer.out).toContain('This is an approximation, not a solution');
    expect(answer.out).toContain('one real-time iteration, Gauss-Newton Hessian');
    const result = read(await swingUp(...args, '--json'));
    expect(result).toMatchObject({ method: 'rti', globalization: 'full', status: 'iteration-limit', iterations: 1 });
    expect(result.message).toContain('approximation');
  });

  it('ends a linear-quadratic problem in one real-time iteration', async () => {
    const answer = await costate('solve', 'lqr-unconstrained', '--method', 'rti');
    expect(answer.code).toBe(0);
    expect(answer.out).not.toContain('approximation');
  });

  it('may be operator splitting where the problem is linear-quadratic', async () => {
    const answer = await costate('solve', 'double-integrator-bounded', '--method', 'admm');
    expect(answer.code).toBe(0);
    expect(answer.out).toContain('operator splitting, then interior point');
    const refused = await swingUp('--method', 'admm', '--json');
    expect(refused.code).toBe(2);
    expect(read(refused).diagnostics).toMatchObject([{ hint: 'leave it out' }]);
    expect(read(refused).diagnostics[0].message).toContain('the dynamics of `v` are not linear');
    const path = file('splitting.ocp', `${gallery.find(({ name }) => name === 'solution-jump')?.text}solver admm\n`);
    const written = await costate('solve', path);
    expect(written.code).toBe(2);
    expect(written.error).toContain('`admm` is for linear-quadratic problems, and the cost is not quadratic');
  });

  it('needs squares for the Gauss-Newton Hessian', async () => {
    const asked = await costate('solve', 'solution-jump', '--method=sqp', '--hessian=gauss-newton', '--json');
    expect(asked.code).toBe(2);
    const [diagnostic] = read(asked).diagnostics;
    expect(diagnostic).toMatchObject({ line: 0, hint: 'write it as w*r^2, or use --hessian exact' });
    expect(diagnostic.message).toMatch(/^Gauss-Newton needs a cost of squares, and `.*x.*` is none$/);
    const entry = gallery.find(({ name }) => name === 'solution-jump');
    const path = file('squares.ocp', `${entry?.text}solver sqp(hessian = gauss-newton)\n`);
    const written = await costate('solve', path, '--json');
    expect(written.code).toBe(2);
    expect(read(written).diagnostics).toMatchObject([{ line: entry?.text.split('\n').length, column: 1 }]);
  });

  it.each([
    [['--hessian', 'gauss-newton'], 'the interior point method has the exact Hessian', 'add --method sqp'],
    [['--regularize', 'none'], 'corrects indefinite Hessians in its own way', 'add --method sqp'],
    [['--globalization', 'full'], 'has a filter line search', 'add --method sqp'],
    [['--method', 'rti', '--globalization', 'merit'], 'a real-time iteration takes full steps', 'use --method sqp'],
    [['--method', 'rti', '--max-iterations', '5'], 'is one iteration', '--globalization full'],
  ])('refuses %j, which would change nothing', async (args, message, hint) => {
    const answer = await costate('solve', small, '--json', ...args);
    expect(answer.code).toBe(2);
    const [diagnostic] = read(answer).diagnostics;
    expect(diagnostic.message).toContain(message);
    expect(diagnostic.hint).toContain(hint);
  });
});

describe('kinds of sensitivities', () => {
  const solve = async (...args: string[]) =>
    read(await costate('solve', small, '--json', '--tolerance', '1e-10', ...args));

  it('adjoint: the gradient of the seed, as the forward sensitivities have it', async () => {
    const { sensitivities: forward } = await solve('--sensitivities=forward');
    const seed = file('seed.json', JSON.stringify({ u: [[1], [0], [0], [2]], objective: 3 }));
    const { sensitivities: adjoint } = await solve('--sensitivities', 'adjoint', '--seed', seed);
    expect(adjoint).toMatchObject({ columns: forward.columns, valid: true, reason: '' });
    adjoint.gradient.forEach((value: number, j: number) => {
      const expected = forward.du[0][0][j] + 2 * forward.du[3][0][j] + 3 * forward.dobjective[j];
      expect(value).toBeCloseTo(expected, 9);
    });
    const { out } = await costate('solve', small, '--sensitivities', 'adjoint', '--seed', seed);
    expect(out).toContain('d seed');
  });

  it('value: first and second derivatives, the differences of first ones', async () => {
    const { sensitivities } = await solve('--sensitivities', 'value');
    const ahead = await solve('--sensitivities', 'value', '--set', 'target=2.01');
    const behind = await solve('--sensitivities', 'value', '--set', 'target=1.99');
    const slope = (ahead.sensitivities.dobjective[0] - behind.sensitivities.dobjective[0]) / 0.02;
    expect(sensitivities.d2objective[0][0]).toBeCloseTo(slope, 5);
    expect(sensitivities.d2objective[0][2]).toBe(sensitivities.d2objective[2][0]);
  });

  it('are checked by finite differences', async () => {
    const { finiteDifferences } = await solve('--sensitivities', '--check-finite-differences');
    expect(finiteDifferences.map(({ column }: { column: string }) => column)).toEqual(['target', 'unused', 'x0.x']);
    for (const { verdict } of finiteDifferences) expect(verdict).toBe('agrees');
    const wrong = ['--sensitivities', '--sensitivity-hessian', 'gauss-newton', '--check-finite-differences'];
    const { out } = await costate('solve', 'pendulum-swing-up', ...wrong);
    expect(out).toContain('columns do not agree');
    const right = await costate('solve', 'pendulum-swing-up', '--sensitivities', '--check-finite-differences');
    expect(right.out).toContain('All columns agree.');
  });

  it('come with their validity', async () => {
    const { validity } = read(await costate('solve', 'pendulum-swing-up', '--json', '--validity'));
    expect(validity).toMatchObject({ valid: true, reason: '' });
    expect(validity.licq).toBeGreaterThan(0);
    expect(validity.condition).toBeGreaterThan(1);
    const [mass] = validity.ranges;
    expect(mass).toMatchObject({ column: 'M', upEvent: { constraint: 'force', becomes: 'active' } });
    const { out } = await costate('solve', 'pendulum-swing-up', '--validity');
    expect(out).toContain('becomes active');
  });

  it.each([
    [['--sensitivities', 'adjoint'], '--sensitivities adjoint needs a seed'],
    [['--sensitivities=backward'], '--sensitivities cannot be `backward`'],
    [['--seed', 'seed.json'], '--seed belongs to adjoint sensitivities'],
    [['--check-finite-differences'], '--check-finite-differences checks forward sensitivities'],
    [['--sensitivity-hessian', 'gauss-newton'], '--sensitivity-hessian gauss-newton is for forward sensitivities'],
  ])('refuses %j', async (args, message) => {
    const answer = await costate('solve', small, '--json', ...args);
    expect(answer.code).toBe(2);
    expect(read(answer).diagnostics[0].message).toContain(message);
  });

  it('refuses a seed of another shape, and says what is wrong', async () => {
    const wrong = { u: [[1]], z: 1, objective: 'x', constraints: [{ name: 'no' }] };
    const seed = file('bad-seed.json', JSON.stringify(wrong));
    const answer = await costate('solve', small, '--json', '--sensitivities', 'adjoint', '--seed', seed);
    expect(answer.code).toBe(2);
    const messages = read(answer).diagnostics.map(({ message }: { message: string }) => message);
    expect(messages).toEqual([
      '--seed: `z` is no part of a solution',
      '--seed: `u` is not 4 rows of 1 numbers',
      '--seed: `objective` is not a number',
      "--seed: an entry of `constraints` does not name one of the problem's",
    ]);
  });
});

describe('the optimality report', () => {
  it('has the residuals, LICQ, the reduced Hessian and the active sides', async () => {
    const text = readFileSync(small, 'utf8');
    const path = file('active.ocp', `${text}subject to\n  fence at end: x <= 1.5\n`);
    const args = ['solve', path, '--optimality'];
    const answer = await costate(...args, '--json');
    const { optimality, kkt } = read(answer);
    expect(optimality).toMatchObject(kkt);
    expect(optimality.licq).toBeGreaterThan(1e-3);
    expect(optimality.reducedHessian).toBeGreaterThan(0.1);
    expect(optimality.strictComplementarity).toBeGreaterThan(1e-3);
    expect(optimality.active).toEqual([{ constraint: 'fence', stage: 4, side: 'upper' }]);
    const { out } = await costate(...args);
    expect(out).toContain('LICQ');
    expect(out).toContain('Active: the upper side of fence at stage 4.');
    expect((await costate('solve', path, '--json')).out).not.toContain('optimality');
  });

  it('counts stages in a row together, within the width', async () => {
    const { out } = await costate('solve', 'double-integrator-min-time', '--optimality');
    expect(out).toMatch(/upper side of \w+ at stages \d+\.\.\d+/);
    expect(out).toContain('a vertex');
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });

  it('is missing where something is not a number', async () => {
    const path = file('nan.ocp', readFileSync(small, 'utf8').replace('sum u^2', 'sum u^2 + log(x - 2)'));
    expect(read(await costate('solve', path, '--optimality', '--json')).optimality).toBeNull();
    expect((await costate('solve', path, '--optimality')).out).toContain('There is no optimality report');
  });
});

describe('what is wrong', () => {
  it('with the text is told with line and column', async () => {
    const path = file(
      'wrong.ocp',
      readFileSync(small, 'utf8').replace('x + u', 'x + uu').replace('sum u^2', 'sum v^2'),
    );
    const answer = await costate('solve', path, '--json');
    expect(answer.code).toBe(2);
    expect(read(answer).diagnostics).toMatchObject([
      { line: 7, column: 12, message: '`uu` is not defined', hint: 'did you mean `u`?' },
      { line: 9, column: 7, message: '`v` is not defined' },
    ]);
    const { code, out, error } = await costate('solve', path);
    expect([code, out]).toEqual([2, '']);
    expect(error).toContain(`${path}:7:12: \`uu\` is not defined`);
    expect(error).toContain('      x+ = x + uu\n               ^ did you mean `u`?');
  });

  it.each([
    [['--set', 'taget=1'], 'the problem has no parameter `taget`', 'did you mean `target`?'],
    [['--set', 'x=1'], '`x` is a state, not a parameter', 'did you mean --initial x=1?'],
    [['--initial', 'y=1'], 'the problem has no state `y`', 'the states are `x`'],
    [['--guess', small], 'the file is not JSON', 'a guess is'],
    [['--guess', join(folder, 'none.json')], 'does not exist', 'give the path'],
    [['--tau', '0'], 'a number greater than 0', 'for example'],
  ])('with the arguments %j is told with what to do', async (args, message, hint) => {
    const answer = await costate('solve', small, '--json', ...args);
    expect(answer.code).toBe(2);
    const { diagnostics } = read(answer);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ line: 0, column: 0 });
    expect(diagnostics[0].message).toContain(message);
    expect(diagnostics[0].hint).toContain(hint);
    const { code, out, error } = await costate('solve', small, ...args);
    expect([code, out]).toEqual([2, '']);
    expect(error).toContain(message);
  });

  it('with a free initial state is told', async () => {
    const path = file('free.ocp', readFileSync(small, 'utf8').replace('state x = 1', 'state x free'));
    const [diagnostic] = read(await costate('solve', path, '--initial', 'x=2', '--json')).diagnostics;
    expect(diagnostic.message).toBe('--initial: the initial value of `x` is free, it is optimised');
    expect(diagnostic.hint).toBe('to fix it, write `state x = 2` in the text');
  });

  it('with a guess of another shape is told', async () => {
    const wrong = {
      rows: { x: [[1]], u: [[0], [0], [0], [0]] },
      columns: { x: [[1, 2], [1], [1], [1], [1]], u: [[0], [0], [0], [0]] },
      words: { x: [[1], ['1'], [1], [1], [1]], u: [[0], [0], [0], [0]] },
      missing: { x: [[1], [1], [1], [1], [1]] },
    };
    for (const [name, guess] of Object.entries(wrong)) {
      const path = file(`${name}.json`, JSON.stringify(guess));
      const answer = await costate('solve', small, '--guess', path, '--json');
      expect(answer.code).toBe(2);
      expect(read(answer).diagnostics).toHaveLength(1);
    }
  });

  it('with the file is told, and a gallery name nearby suggested', async () => {
    const one = async (source: string) => read(await costate('solve', source, '--json')).diagnostics;
    expect(await one('pendulum-swing-pu')).toEqual([
      { line: 0, column: 0, message: 'pendulum-swing-pu does not exist', hint: 'did you mean `pendulum-swing-up`?' },
    ]);
    expect(await one(folder)).toMatchObject([{ message: `${folder} is a folder, not a file` }]);
  });

  it('with the size is told: derivatives that outgrow the graph', async () => {
    const states = Array.from({ length: 60 }, (_, i) => `x${i}`);
    const product = (i: number) => states.map((x) => `sin(${x} + ${i}*u)`).join('*');
    const text = [
      ...states.map((x) => `state ${x} = 1`),
      'control u',
      'dynamics',
      ...states.map((x, i) => `  ${x}' = ${product(i)}`),
      'minimize\n  terminal x0^2',
      'horizon 1 s in 10 steps, rk4',
    ].join('\n');
    const answer = await costate('solve', file('large.ocp', text), '--json');
    expect(answer.code).toBe(2);
    const [diagnostic] = read(answer).diagnostics;
    expect(diagnostic).toMatchObject({ line: 1, column: 1 });
    expect(diagnostic.message).toMatch(/more than \d+ operations/);
  });
});

describe('the rest', () => {
  it('lists the gallery', async () => {
    const { out } = await costate('gallery');
    for (const { name, summary } of gallery) {
      expect(out).toContain(name);
      expect(out).toContain(summary);
    }
    const listed = read(await costate('gallery', '--json')).gallery;
    expect(listed.map(({ name }: { name: string }) => name)).toEqual(gallery.map(({ name }) => name));
  });

  it('helps', async () => {
    expect(await costate()).toMatchObject({ code: 0, out: expect.stringContaining('--sensitivities') });
  });

  it('is coloured only where that is asked for', async () => {
    const plain = await costate('solve', small);
    const coloured = await run(['solve', small], { ...style, colour: true });
    expect(plain.out).not.toContain('\u001b');
    expect(coloured.out).toContain('\u001b[');
  });
});
