import { describe, expect, it } from 'vitest';
import { gallery } from '../gallery';
import { Engine } from './engine';
import type { Job, Studies, StudyKind } from './protocol';

const pendulum = gallery.find(({ name }) => name === 'pendulum-swing-up')?.text ?? '';

function job(text: string, tau: number | null = null): Job {
  return { text, parameters: new Map(), initial: new Map(), mode: 'rest', tau };
}

function studied<Kind extends StudyKind>(engine: Engine, asked: Job, kind: Kind): Studies[Kind] {
  const outcome = engine.study(asked, kind, new Map());
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value as Studies[Kind];
}

describe('studies of a solution', () => {
  it('are of the solution asked about, whatever was solved before', () => {
    const engine = new Engine();
    const exact = studied(engine, job(pendulum), 'exact');
    engine.run({ ...job(pendulum), parameters: new Map([['M', 1.5]]), mode: 'drag' });
    expect(studied(engine, job(pendulum), 'exact').du).toEqual(exact.du);
    expect(studied(engine, job(pendulum, 10), 'exact').du).not.toEqual(exact.du);
    const wrong = studied(engine, job(pendulum), 'gauss-newton');
    expect(wrong.columns).toEqual(exact.columns);
    const apart = wrong.du.map((value, i) => Math.abs(value - (exact.du[i] ?? 0)));
    expect(Math.max(...apart)).toBeGreaterThan(0.01 * Math.max(...exact.du.map(Math.abs)));
  });

  it('scale directions by the ranges of the sliders, those that the user has changed too', () => {
    const engine = new Engine();
    const sizes = (ranges: ReadonlyMap<string, readonly [number, number]>) => {
      const outcome = engine.study(job(pendulum), 'directions', ranges);
      if (!outcome.ok || !('singularValues' in outcome.value)) throw new Error('no directions');
      return outcome.value.singularValues;
    };
    const declared = sizes(new Map());
    expect(declared.toSorted((a, b) => b - a)).toEqual(declared);
    expect(sizes(new Map([['r', [0, 100]]]))[0]).toBeGreaterThan(10 * (declared[0] ?? 0));
  });

  it('check a column by re-solves that agree with it, and leave no trace', () => {
    const engine = new Engine();
    const exact = studied(engine, job(pendulum), 'exact');
    const outcome = engine.check(job(pendulum), 'l');
    if (!outcome.ok) throw new Error(outcome.message);
    const j = exact.columns.indexOf('l');
    const column = exact.dx.filter((_, i) => i % exact.columns.length === j);
    const largest = Math.max(...column.map(Math.abs));
    column.forEach((value, i) => {
      expect(Math.abs(value - (outcome.value.dx[i] ?? 0))).toBeLessThan(1e-5 * largest);
    });
    expect(outcome.value.changes).toEqual([]);
    expect(studied(engine, job(pendulum), 'exact').dx).toEqual(exact.dx);
  });

  it('say what is missing', () => {
    const engine = new Engine();
    expect(engine.check(job(pendulum), 'nonsense')).toMatchObject({ ok: false });
    expect(engine.study(job('nonsense'), 'validity', new Map())).toMatchObject({ ok: false });
    const noSquares =
      "state x = 1\ncontrol u in [-1, 1]\ndynamics\n  x' = u\nminimize\n  integral u^2\n  terminal exp(x)\nhorizon 1 s in 5 steps, rk4\n";
    const outcome = engine.study(job(noSquares), 'gauss-newton', new Map());
    expect(outcome).toMatchObject({ ok: false });
    expect(engine.study(job(noSquares), 'exact', new Map())).toMatchObject({ ok: true });
  });
});
