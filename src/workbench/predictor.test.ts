import { describe, expect, it } from 'vitest';
import { gallery } from '../gallery';
import { Engine } from './engine';
import { predictionError } from './prediction-error';
import type { Job, ProblemView } from './protocol';

const text = gallery.find(({ name }) => name === 'pendulum-swing-up')?.text ?? '';
const nothing: ReadonlyMap<string, number> = new Map();
const from = { parameters: nothing, initial: nothing };

const rest: Job = { text, parameters: nothing, initial: nothing, mode: 'rest' };

function drag(change: Partial<Job>, mode: 'linear' | 'clipped' = 'linear'): Job {
  return { ...rest, mode: 'drag', predicted: { from, mode }, ...change };
}

/** The engine at rest, and its problem. */
function atRest(): { engine: Engine; problem: ProblemView } {
  const engine = new Engine();
  const reply = engine.run(rest);
  if (!reply.ok || !reply.problem) throw new Error('no problem');
  return { engine, problem: reply.problem };
}

function picture(engine: Engine, job: Job) {
  const reply = engine.run(job);
  if (!reply.ok) throw new Error('no solution');
  return reply.picture;
}

/** How far the prediction is off after a drag of M by this much. */
function error(engine: Engine, problem: ProblemView, by: number): number {
  const dragged = picture(engine, drag({ parameters: new Map([['M', 1 + by]]) }));
  if (!dragged.prediction) throw new Error('no prediction');
  return predictionError(problem, dragged.prediction, dragged);
}

describe('the prediction during a drag', () => {
  it('has an error of second order', () => {
    const { engine, problem } = atRest();
    const [far, near] = [error(engine, problem, 0.004), error(engine, problem, 0.002)];
    expect(far).toBeGreaterThan(1e-6);
    expect(far / near).toBeGreaterThan(3.6);
    expect(far / near).toBeLessThan(4.4);
  });

  it('takes initial states along, whether or not the text gave them', () => {
    const { engine, problem } = atRest();
    const dragged = picture(engine, drag({ initial: new Map([['theta', Math.PI - 0.001]]) }));
    if (!dragged.prediction) throw new Error('no prediction');
    expect(dragged.prediction.solution.x[1]).toBeCloseTo(Math.PI - 0.001, 12);
    expect(predictionError(problem, dragged.prediction, dragged)).toBeLessThan(1e-4);
  });

  it('starts where the drag began, also when that was never solved', () => {
    const { engine } = atRest();
    const elsewhere = { parameters: new Map([['M', 1.3]]), initial: nothing };
    const job: Job = { ...drag({}), parameters: elsewhere.parameters, predicted: { from: elsewhere, mode: 'linear' } };
    const { prediction, solution } = picture(engine, job);
    // Nothing has been moved yet: the prediction is the solution.
    prediction?.solution.u.forEach((value, k) => {
      expect(value).toBeCloseTo(solution.u[k] ?? Number.NaN, 5);
    });
  });

  it('keeps within bounds when it is clipped, and only then', () => {
    const { engine } = atRest();
    const parameters = new Map([['M', 1.3]]);
    const largest = (job: Job) => Math.max(...(picture(engine, job).prediction?.solution.u.map(Math.abs) ?? []));
    expect(largest(drag({ parameters }))).toBeGreaterThan(81);
    expect(largest(drag({ parameters }, 'clipped'))).toBeLessThanOrEqual(80 + 1e-9);
  });

  it('is not there when it is not asked for', () => {
    const { engine } = atRest();
    expect(picture(engine, { ...drag({}), predicted: null }).prediction).toBeNull();
    expect(picture(engine, rest).prediction).toBeNull();
  });
});

describe('how far a prediction holds', () => {
  it('is where its error reaches the tolerance, as a drag there shows', () => {
    const { engine, problem } = atRest();
    const tolerance = 0.02;
    const question = { column: 'g', mode: 'linear' as const, tolerance, down: 8, up: 14 };
    const radius = engine.radius(rest, question);
    if (!radius) throw new Error('no radius');
    for (const [sign, length] of [
      [-1, radius.down],
      [1, radius.up],
    ] as const) {
      expect(length).toBeGreaterThan(0.1);
      expect(length).toBeLessThan(sign < 0 ? 8 : 14);
      const off = (share: number) => {
        const dragged = picture(engine, drag({ parameters: new Map([['g', 9.81 + sign * share * length]]) }));
        return dragged.prediction ? predictionError(problem, dragged.prediction, dragged) : Number.NaN;
      };
      expect(off(0.99)).toBeLessThanOrEqual(tolerance);
      expect(off(1.25)).toBeGreaterThan(tolerance);
    }
  });

  it('ends where the question ends, and is not there without a solution', () => {
    const { engine } = atRest();
    const wide = { column: 'x0.v', mode: 'linear' as const, tolerance: 0.5, down: 0.01, up: 0.02 };
    expect(engine.radius(rest, wide)).toEqual({ column: 'x0.v', down: 0.01, up: 0.02 });
    expect(engine.radius({ ...rest, parameters: new Map([['F_max', -1]]) }, wide)).toBeNull();
  });
});
