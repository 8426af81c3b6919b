import { describe, expect, it } from 'vitest';
import { problem } from '../sensitivities/testing/example';
import { keepOf } from './keeping';

const names = (keep: ReturnType<typeof keepOf>) => keep.quantities.map(({ name }) => name);
const always = ['status', 'message', 'active', 'objective', 'iterations', 'kkt'];

describe('what is kept of each instance', () => {
  it('is everything, with its derivatives, where there is room', () => {
    const keep = keepOf(problem, 'objective', ['m', 'k'], 1000, true);
    expect(names(keep)).toEqual([...always, ...['p@0', 'p@1', 'p@2', 'v@0', 'v@1', 'v@2', 'F@0', 'F@1', 'z@0', 'z@1']]);
    expect(keep.sensitivities?.by).toEqual(['m', 'k']);
    expect(keep.sensitivities?.of.map(({ name }) => name)).not.toContain('iterations');
  });

  it('is the trajectory that is looked at where there is less, and the entry where there is little', () => {
    expect(names(keepOf(problem, 'F@1', ['m'], 1_500_000, false))).toEqual([...always, 'F@0', 'F@1']);
    expect(names(keepOf(problem, 'F@1', ['m'], 9_000_000, false))).toEqual([...always, 'F@1']);
    expect(names(keepOf(problem, 'objective', ['m'], 9_000_000, false))).toEqual(always);
  });
});
