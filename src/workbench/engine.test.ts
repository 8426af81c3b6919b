import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Engine } from './engine';
import type { Job, Reply } from './protocol';

const text = `
title "A cart to its place"
parameter m    = 1   in [0.5, 2]
parameter most = 3
state p = 1
state v = 0
control F in [-most, most]
dynamics
  p' = v
  v' = F/m
minimize
  integral p^2 + 0.1*v^2 + 0.01*F^2
  terminal 10*p^2 + v^2
subject to
  power: F*v <= 2
horizon 2 s in 12 steps, rk4
`;

const job = (change: Partial<Job> = {}): Job => ({
  text,
  parameters: new Map(),
  initial: new Map(),
  mode: 'rest',
  ...change,
});

function solved(reply: Reply) {
  if (!reply.ok) throw new Error(reply.diagnostics.map(({ message }) => message).join('\n'));
  expect(reply.picture.solution.status).toBe('converged');
  return reply;
}

describe('the engine behind the page', () => {
  it('describes the problem once, and solves it', () => {
    const engine = new Engine();
    const first = solved(engine.run(job()));
    expect(first.problem).toMatchObject({
      title: 'A cart to its place',
      steps: 12,
      parameters: [
        { name: 'm', value: 1, range: [0.5, 2] },
        { name: 'most', value: 3, range: null },
      ],
      states: [
        { name: 'p', initial: 1 },
        { name: 'v', initial: 0 },
      ],
      constraints: [
        { name: 'F', variable: 'F', from: 0, to: 11, soft: false, equality: false },
        { name: 'power', variable: null, from: 0, to: 11 },
      ],
    });
    expect(first.picture.sensitivities?.columns).toEqual(['m', 'most', 'x0.p', 'x0.v']);
    expect(solved(engine.run(job({ parameters: new Map([['m', 2]]) }))).problem).toBeNull();
  });

  it('gives bounds and constraints along the trajectory', () => {
    const { picture } = solved(new Engine().run(job({ parameters: new Map([['most', 2]]) })));
    const { u, x } = picture.solution;
    const [bound, power] = picture.constraints;
    expect(bound).toMatchObject({ lower: -2, upper: 2 });
    expect(power).toMatchObject({ lower: null, upper: 2 });
    bound?.values.forEach((value, k) => {
      expect(value).toBe(u[k]);
    });
    power?.values.forEach((value, k) => {
      expect(value).toBe((u[k] ?? 0) * (x[2 * k + 1] ?? 0));
      expect(value).toBeLessThanOrEqual(2 + 1e-6);
    });
  });

  it('takes values by name, and ignores names that the problem does not have', () => {
    const values = {
      parameters: new Map([
        ['m', 1.5],
        ['gone', 7],
      ]),
      initial: new Map([
        ['p', -0.5],
        ['toString', 1],
      ]),
    };
    const { picture } = solved(new Engine().run(job(values)));
    expect([...picture.solution.x.subarray(0, 2)]).toEqual([-0.5, 0]);
  });

  it('ends a drag where a solve from the guess does', () => {
    const mass = fc.double({ min: 0.5, max: 2, noNaN: true });
    fc.assert(
      fc.property(fc.array(mass, { minLength: 1, maxLength: 8 }), (masses) => {
        const engine = new Engine();
        for (const m of masses) solved(engine.run(job({ parameters: new Map([['m', m]]), mode: 'drag' })));
        const last = job({ parameters: new Map([['m', masses.at(-1) ?? 1]]) });
        const dragged = solved(engine.run({ ...last, mode: 'drag' })).picture.solution;
        const rested = solved(engine.run(last)).picture.solution;
        const fresh = solved(new Engine().run(last)).picture.solution;
        expect(rested.x).toEqual(fresh.x);
        expect(Math.abs(dragged.objective - fresh.objective)).toBeLessThan(1e-6 * Math.abs(fresh.objective));
      }),
      { numRuns: 10 },
    );
  });

  it('says so where a solve from the guess leads to another minimum than a drag', () => {
    const wells = `
parameter tilt = -0.2 in [-1, 1]
state x free
control u
dynamics
  x+ = u
minimize
  sum (x^2 - 1)^2 + tilt*x + u^2
horizon 1 in 1 steps
guess
  x = 0.8
`;
    const engine = new Engine();
    const at = (tilt: number, mode: Job['mode']) =>
      solved(engine.run(job({ text: wells, parameters: new Map([['tilt', tilt]]), mode }))).picture;
    expect(at(-0.2, 'rest').dragged).toBeNull();
    // Tilted far to the other side there is one minimum; followed back from there it is the one at the left.
    for (const tilt of [1, 2, 3, 2, 1, 0.2]) expect(at(tilt, 'drag').dragged).toBeNull();
    const rest = at(0.2, 'rest');
    expect(rest.solution.x[0]).toBeGreaterThan(0);
    expect(rest.dragged).toBeLessThan(rest.solution.objective);
    expect(at(-0.2, 'rest').dragged).toBeNull();
  });

  it('gives the iterates of the solve that is shown, the last one its solution', () => {
    const engine = new Engine();
    const { solution } = solved(engine.run(job())).picture;
    const last = solution.history.length - 1;
    expect(engine.iterate(job(), last)?.x).toEqual(solution.x);
    expect(engine.iterate(job(), 0)?.x).not.toEqual(solution.x);
    expect(engine.iterate(job(), last + 1)).toBeNull();
    // An engine that holds nothing yet gives the same.
    expect(new Engine().iterate(job(), last)?.u).toEqual(solution.u);
  });

  it('places the refusal of Gauss-Newton at the line that asks for it', () => {
    const asked = `${text.replace('terminal 10*p^2 + v^2', 'terminal exp(p)')}solver sqp(hessian = gauss-newton)\n`;
    const reply = new Engine().run(job({ text: asked }));
    const [diagnostic] = reply.diagnostics;
    expect(reply.ok).toBe(false);
    expect(asked.slice(diagnostic?.from, diagnostic?.to)).toBe('solver sqp(hessian = gauss-newton)');
    expect(diagnostic?.message).toContain('exp');
  });

  it('says what is wrong with a text, and goes on with the next', () => {
    const engine = new Engine();
    const reply = engine.run(job({ text: text.replace("p' = v", "p' = w") }));
    expect(reply).toMatchObject({ ok: false, diagnostics: [{ severity: 'error', line: 9 }] });
    expect(solved(engine.run(job())).problem).not.toBeNull();
  });
});
