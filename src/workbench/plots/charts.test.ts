import { describe, expect, it } from 'vitest';
import { gallery } from '../../gallery';
import { Engine } from '../engine';
import { chartsOf, groupsOf, netMultiplier } from './charts';

function solved(name: string) {
  const text = gallery.find((entry) => entry.name === name)?.text ?? '';
  const reply = new Engine().run({ text, parameters: new Map(), initial: new Map(), mode: 'rest' });
  if (!reply.ok || !reply.problem) throw new Error('the problem does not compile');
  return { problem: reply.problem, now: reply.picture };
}

describe('the charts of a problem', () => {
  const { problem, now } = solved('pendulum-swing-up');
  const names = (...groups: Parameters<typeof chartsOf>[2] extends ReadonlySet<infer Name> ? Name[] : never) =>
    chartsOf(problem, { now, before: null }, new Set(groups)).map(({ name }) => name);

  it('come group by group, in one order', () => {
    expect(names('states')).toEqual(['x', 'theta', 'v', 'omega']);
    expect(names('controls', 'states')).toEqual(['x', 'theta', 'v', 'omega', 'F']);
    expect(names('multipliers', 'costates')).toEqual(['λ x', 'λ theta', 'λ v', 'λ omega', 'μ force']);
    expect(names()).toEqual([]);
  });

  it('say which groups there are', () => {
    // Its only constraint is the bound of a control, drawn with the control.
    expect([...groupsOf(problem)].sort()).toEqual(['controls', 'costates', 'multipliers', 'states']);
  });

  it('have a multiplier whose sign says which bound is met', () => {
    const [force, multiplier] = chartsOf(problem, { now, before: null }, new Set(['controls', 'multipliers']));
    if (!force || !multiplier) throw new Error('no charts');
    expect(multiplier.step).toBe(true);
    const met = [...force.values].map((value) => (Math.abs(value) < 79.9 ? 0 : Math.sign(value)));
    const signs = [...multiplier.values].map((value) => (Math.abs(value) < 1e-6 ? 0 : Math.sign(value)));
    expect(signs).toEqual(met);
    expect(met).toContain(1);
    expect(met).toContain(-1);
  });
});

describe('the net multiplier', () => {
  it('is upper less lower, or that of an equality', () => {
    expect([...netMultiplier({ upper: Float64Array.of(3, 0), lower: Float64Array.of(0, 2) })]).toEqual([3, -2]);
    expect([...netMultiplier({ lower: Float64Array.of(1) })]).toEqual([-1]);
    expect([...netMultiplier({ equality: Float64Array.of(-4) })]).toEqual([-4]);
    expect(netMultiplier(undefined)).toHaveLength(0);
  });
});
