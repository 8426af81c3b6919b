import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeLearning, initialLearning, type LearningView } from './learning';
import { decodeLink } from './link';

const positive = fc.double({ min: 0, minExcluded: true, noNaN: true, noDefaultInfinity: true });
const views: fc.Arbitrary<LearningView> = fc.record({
  page: fc.constantFrom('layer', 'recover', 'tune', 'network'),
  seed: fc.nat(),
  batch: fc.option(fc.integer({ min: 1 })),
  tau: fc.option(positive),
  hessian: fc.constantFrom('exact', 'gauss-newton'),
  start: fc.constantFrom('warm', 'cold'),
  solves: fc.constantFrom('full', 'rti'),
});

describe('a link to an experiment', () => {
  it('opens what it was made from', () => {
    fc.assert(
      fc.property(views, (view) => {
        expect(decodeLink(encodeLearning(view))).toEqual({ ok: true, kind: 'learning', view });
      }),
    );
  });

  it('says no more than it has to', () => {
    expect(encodeLearning(initialLearning)).toBe('#l1:recover');
    expect(encodeLearning({ ...initialLearning, seed: 7, start: 'cold' })).toBe('#l1:recover;seed=7;start=cold');
    expect(encodeLearning({ ...initialLearning, page: 'tune', solves: 'rti' })).toBe('#l1:tune;solves=rti');
  });

  it('makes sense of what does not, and says so where it does not know the page', () => {
    const opened = decodeLink('#l1:tune;seed=-1;tau=nothing;batch=;hessian=;later=4;start=cold');
    expect(opened).toEqual({
      ok: true,
      kind: 'learning',
      view: { ...initialLearning, page: 'tune', start: 'cold' },
    });
    expect(decodeLink('#l1:dreams')).toMatchObject({ ok: false, reason: 'newer' });
    fc.assert(
      fc.property(fc.string(), (rest) => {
        expect(decodeLink(`#l1:tune;${rest}`)?.ok).toBe(true);
      }),
    );
  });
});
