import { describe, expect, it } from 'vitest';
import { writeValues } from './write-values';

const text = 'parameter m = 1\nparameter k = 2 * 3\nstate x = 0\n';

describe('values put into a text', () => {
  it('take the place of the numbers that are there', () => {
    const written = writeValues(text, new Map([['m', 1.5]]), new Map([['x', -2]]));
    expect(written.text).toBe(text.replace('m = 1', 'm = 1.5').replace('x = 0', 'x = -2'));
    expect(written.parameters.size + written.initial.size).toBe(0);
  });

  it('are kept where the text has no place for them', () => {
    const written = writeValues(
      text,
      new Map([
        ['m', 1.5],
        ['gone', 7],
      ]),
      new Map([['y', 1]]),
    );
    expect(written.text).toBe(text.replace('m = 1', 'm = 1.5'));
    expect([...written.parameters]).toEqual([['gone', 7]]);
    expect([...written.initial]).toEqual([['y', 1]]);
  });
});
