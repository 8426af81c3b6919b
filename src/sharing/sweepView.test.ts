import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialView } from './document';
import { decodeLink, encodeDocument } from './link';
import { initialSweep, type SweepView } from './sweepView';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const count = fc.integer({ min: 1, max: 1_000_000 });
const axis = fc.record({
  name: fc.constantFrom('mass', 'x0.theta', 'constructor'),
  from: finite,
  to: finite,
  count,
  logarithmic: fc.boolean(),
});
const sweep: fc.Arbitrary<SweepView> = fc.record({
  sampling: fc.constantFrom('grid', 'sobol', 'latin-hypercube', 'saltelli', 'one-at-a-time', 'list'),
  axes: fc.array(axis, { minLength: 1, maxLength: 12 }),
  count,
  seed: fc.nat(),
  quantity: fc.constantFrom('objective', 'F@3', 'active'),
  look: fc.constantFrom('curve', 'map', 'bands', 'scatter', 'indices', 'tornado', null),
  overlays: fc.subarray(['contours', 'gradient', 'active', 'tangents']),
  start: fc.constantFrom('cold', 'warm'),
  backend: fc.constantFrom('auto', 'cpu', 'gpu'),
});

const linked = (view: unknown) => {
  const document = { text: '', parameters: new Map(), initial: new Map(), view: { ...initialView, sweep: view } };
  const link = encodeDocument(document as Parameters<typeof encodeDocument>[0]);
  const read = link.ok ? decodeLink(link.fragment) : null;
  return read?.ok && read.kind === 'document' ? read.document.view.sweep : null;
};

describe('a sweep in a link', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(sweep, (view) => {
        expect(linked(view)).toEqual(view);
      }),
    );
  });

  it('takes no room where it is as it is at first', () => {
    expect(linked(initialSweep)).toBeUndefined();
  });

  it('is left out where it makes no sense, and the problem stays', () => {
    expect(linked({ ...initialSweep, count: -1 })).toBeUndefined();
    expect(linked({ ...initialSweep, sampling: 'dice' })).toBeUndefined();
    // What is drawn is not worth it.
    expect(linked({ ...initialSweep, count: 9, look: 'hologram' })).toEqual({ ...initialSweep, count: 9 });
  });
});
