import { describe, expect, it } from 'vitest';
import { gallery } from '../../gallery';
import { writeCsv } from '../../sharing';
import { Engine } from '../engine';
import { trajectoryColumns, trajectoryObject } from './trajectories';

const values = new Map([['F_max', 60]]);

function solved(name: string) {
  const text = gallery.find((entry) => entry.name === name)?.text ?? '';
  const reply = new Engine().run({ text, parameters: values, initial: new Map(), mode: 'rest' });
  if (!reply.ok || !reply.problem) throw new Error('the problem does not compile');
  return { problem: reply.problem, picture: reply.picture };
}

describe('the trajectories as a file', () => {
  const { problem, picture } = solved('pendulum-swing-up');
  const { solution } = picture;
  const columns = trajectoryColumns(problem, picture);
  const column = (name: string) => Array.from(columns.find((each) => each.name === name)?.values ?? []);

  it('have a column for everything that is known at the stages', () => {
    expect(columns.map(({ name }) => name)).toEqual([
      'stage',
      'time',
      ...['x', 'theta', 'v', 'omega', 'F'],
      ...['x', 'theta', 'v', 'omega'].map((state) => `costate of ${state}`),
      'lower multiplier of force',
      'upper multiplier of force',
    ]);
    expect(column('time')).toEqual([...solution.t]);
    expect(column('theta')).toEqual(Array.from({ length: 21 }, (_, k) => solution.x[4 * k + 1]));
    expect(column('F')).toEqual([...solution.u]);
    expect(column('costate of omega')).toEqual(Array.from({ length: 21 }, (_, k) => solution.costates[4 * k + 3]));
  });

  it('have multipliers where a bound is met, and none elsewhere', () => {
    const upper = column('upper multiplier of force');
    expect(upper).toHaveLength(20);
    expect(Math.max(...upper.map(Number))).toBeGreaterThan(1e-3);
    solution.u.forEach((force, k) => {
      if (force < 59) expect(Number(upper[k])).toBeLessThan(1e-6);
    });
  });

  it('are a table of one line for each stage', () => {
    const lines = writeCsv(columns).trimEnd().split('\r\n');
    expect(lines).toHaveLength(22);
    expect(lines[1]?.split(',').map(Number).slice(0, 4)).toEqual([0, 0, 0, Math.PI]);
  });

  it('are an object with the stage first, and the values that were set', () => {
    const object = JSON.parse(JSON.stringify(trajectoryObject(problem, picture, values)));
    expect(object.parameters).toMatchObject({ F_max: 60, M: 1 });
    expect(object.x[20]).toEqual([...solution.x.slice(80)]);
    expect(object.u[3]).toEqual([solution.u[3]]);
    expect(object.multipliers.dynamics).toHaveLength(21);
    expect(object.multipliers.constraints[0].upper).toEqual(column('upper multiplier of force'));
    expect(object.constraints[0]).toMatchObject({ name: 'force', lower: -60, upper: 60 });
  });
});
