import { describe, expect, it } from 'vitest';
import { trustOf } from './trust';

const sound = { valid: true, reason: '' };
const kink = { valid: false, reason: 'a kink' };
const dependent = { valid: false, reason: 'LICQ fails' };
const study = (result: typeof sound, fresh = true) => ({ stage: 'done', result, fresh }) as const;

describe('whether derivatives can be trusted', () => {
  it('is what they say, and what a study of the same solution adds', () => {
    expect(trustOf(null, study(sound))).toBeNull();
    expect(trustOf(sound, { stage: 'running' })).toBe(sound);
    expect(trustOf(sound, study(dependent))).toBe(dependent);
    expect(trustOf(sound, study(dependent, false))).toBe(sound);
    expect(trustOf(kink, study(sound))).toBe(kink);
  });
});
