import { describe, expect, it } from 'vitest';
import { connectWorker } from '../../batch';
import { PortWorker } from '../../batch/testing/portWorker';
import { knownProblem } from '../../language';
import { exposeLayers, type LayerService, LayerThreads } from '../../learning';
import { initialLearning } from '../../sharing';
import { side } from './protocol';
import { Trainer } from './trainer';

async function opened(view: Partial<typeof initialLearning> = {}, trainer = new Trainer(), threads = 1) {
  const outcome = await trainer.open({ ...initialLearning, ...view }, threads);
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
    const [first, second] = [await trainer.advance(0), await trainer.advance(0)];
    expect(first.marks[0]?.map(({ step }) => step)).toEqual([0]);
    expect(second.marks[0]?.map(({ step }) => step)).toEqual([1]);
    expect(contenders).toHaveLength(3);
    expect(structuredClone(second)).toEqual(second);
  });

  it('trains the same way on threads', async () => {
    const threads = new LayerThreads(2, () => {
      const worker = new PortWorker((port) => exposeLayers(knownProblem, port));
      return connectWorker<LayerService>(worker as unknown as Worker);
    });
    const view = { page: 'network', batch: 16 } as const;
    const [here, there] = [await opened(view), await opened(view, new Trainer(() => threads), 2)];
    expect([here.threads, there.threads]).toEqual([1, 2]);
    for (let step = 0; step < 3; step++) {
      const [expected, found] = [await here.trainer.advance(0), await there.trainer.advance(0)];
      const [loss, other] = [expected.marks[0]?.[0]?.loss ?? Number.NaN, found.marks[0]?.[0]?.loss ?? Number.NaN];
      expect(Math.abs(other / loss - 1)).toBeLessThan(1e-6);
    }
    threads.close();
    // Those that do not start leave all to the trainer.
    expect((await opened(view, new Trainer(() => null), 2)).threads).toBe(1);
    // Eight samples are too few to share out.
    expect((await opened({}, new Trainer(() => threads), 2)).threads).toBe(1);
  });

  it('looks at where the contenders are', async () => {
    const { trainer } = await opened();
    const before = (await trainer.advance(0)).now[0];
    await trainer.advance(0);
    const [after] = trainer.look();
    expect(after?.trajectories.x[0]).toHaveLength(84);
    expect(after?.trajectories.u[0]).not.toEqual(before?.trajectories.u[0]);
  });

  it('surveys the landscape from coarse to fine, however small the slices', async () => {
    const { trainer } = await opened();
    trainer.survey(Float64Array.of(0.5, 0.3));
    const covered = new Uint8Array(side * side);
    for (;;) {
      const { squares, done } = await trainer.map(0);
      for (const { column, row, side: length } of squares) if (length === 1) covered[row * side + column] += 1;
      if (done) break;
      expect(squares).toHaveLength(1);
    }
    expect(covered.every((times) => times === 1)).toBe(true);
  });

  it('answers before there is an experiment', async () => {
    const trainer = new Trainer();
    expect(await trainer.advance(10)).toEqual({ marks: [], now: [], spent: 0 });
    expect(await trainer.map(10)).toEqual({ squares: [], done: true });
    expect(trainer.look()).toEqual([]);
  });
});
