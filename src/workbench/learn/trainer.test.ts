import { describe, expect, it } from 'vitest';
import { initialLearning } from '../../sharing';
import { side } from './protocol';
import { Trainer } from './trainer';

async function opened(view: Partial<typeof initialLearning> = {}) {
  const trainer = new Trainer();
  const outcome = await trainer.open({ ...initialLearning, ...view });
  if (!outcome.ok) throw new Error(outcome.message);
  return { trainer, ...outcome.value };
}

describe('a trainer', () => {
  it('tells of the experiment in plain data', async () => {
    const { trainer: _, ...told } = await opened();
    expect(structuredClone(told)).toEqual(told);
    expect(told.learned).toEqual(['l', 'r']);
    expect(told.states).toContain('theta');
    expect(told.times).toHaveLength(21);
  });

  it('makes a step of the first contender at a time, and as much work of the others', async () => {
    const { trainer, contenders } = await opened({ page: 'tune' });
    const [first, second] = [trainer.advance(0), trainer.advance(0)];
    expect(first.marks[0]?.map(({ step }) => step)).toEqual([0]);
    expect(second.marks[0]?.map(({ step }) => step)).toEqual([1]);
    expect(contenders).toHaveLength(3);
    expect(structuredClone(second)).toEqual(second);
  });

  it('looks at where the contenders are', async () => {
    const { trainer } = await opened();
    const before = trainer.advance(0).now[0];
    trainer.advance(0);
    const [after] = trainer.look();
    expect(after?.trajectories.x[0]).toHaveLength(84);
    expect(after?.trajectories.u[0]).not.toEqual(before?.trajectories.u[0]);
  });

  it('surveys the landscape from coarse to fine, however small the slices', async () => {
    const { trainer } = await opened();
    trainer.survey(Float64Array.of(0.5, 0.3));
    const covered = new Uint8Array(side * side);
    for (;;) {
      const { squares, done } = trainer.map(0);
      for (const { column, row, side: length } of squares) if (length === 1) covered[row * side + column] += 1;
      if (done) break;
      expect(squares).toHaveLength(1);
    }
    expect(covered.every((times) => times === 1)).toBe(true);
  });

  it('answers before there is an experiment', () => {
    const trainer = new Trainer();
    expect(trainer.advance(10)).toEqual({ marks: [], now: [], spent: 0 });
    expect(trainer.map(10)).toEqual({ squares: [], done: true });
    expect(trainer.look()).toEqual([]);
  });
});
