import { describe, expect, it } from 'vitest';
import { fileName } from './fileName';

describe('names of files', () => {
  it('come from the title', () => {
    expect(fileName('Swing up a pendulum: 2 m, 80 N', 'trajectories', 'csv')).toBe(
      'swing-up-a-pendulum-2-m-80-n-trajectories.csv',
    );
    expect(fileName('Équilibre à vélo', '∂F/∂M', 'svg')).toBe('equilibre-a-velo-f-m.svg');
  });

  it('neither leave the folder nor grow without end', () => {
    expect(fileName('../../etc', 'a', 'csv')).toBe('etc-a.csv');
    expect(fileName('  ', 'a', 'csv')).toBe('problem-a.csv');
    expect(fileName('long '.repeat(50), 'a', 'csv').length).toBeLessThan(70);
  });
});
