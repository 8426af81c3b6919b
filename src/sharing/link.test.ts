import * as fc from 'fast-check';
import { deflateSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import {
  initialView,
  type PlotGroup,
  type PlotsView,
  type SharedDocument,
  type StudioView,
  textLimit,
} from './document';
import { decodeLink, encodeDocument, encodeGallery } from './link';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value));
const name = fc.oneof(
  fc.stringMatching(/^[A-Za-z_]\w{0,12}$/),
  fc.constantFrom('constructor', '__proto__', 'x0.theta', 'toString'),
);
const values = fc.array(fc.tuple(name, finite), { maxLength: 20 }).map((pairs) => new Map(pairs));
const ranges = fc.array(fc.tuple(name, fc.tuple(finite, finite)), { maxLength: 5 }).map((pairs) => new Map(pairs));

const variant = fc.constantFrom('exact', 'gauss-newton', 'differences', 'smoothed');
// Never the initial one, which a link leaves out.
const studio: fc.Arbitrary<StudioView> = fc.record({
  page: fc.constantFrom('lines', 'compare', 'validity', 'directions', 'along'),
  order: fc.constantFrom('declared', 'size', 'name'),
  filter: name,
  tau: fc.option(fc.double({ min: 1e-9, max: 1e3, noNaN: true })),
  compared: fc.tuple(variant, variant),
  along: fc.option(
    fc.record({
      column: fc.option(name),
      quantity: fc.option(name),
      stage: fc.nat(),
      interval: fc.option(fc.tuple(finite, finite)),
      taus: fc.array(fc.option(fc.double({ min: 1e-9, max: 1e3, noNaN: true })), { minLength: 1, maxLength: 8 }),
    }),
    { nil: undefined },
  ),
});

// Never the initial one, which a link leaves out.
const plots: fc.Arbitrary<PlotsView> = fc.record({
  groups: fc.subarray<PlotGroup>(['states', 'controls', 'constraints', 'multipliers'], { maxLength: 2 }),
  prediction: fc.constantFrom('off', 'linear', 'clipped'),
  tolerance: fc.double({ min: 1e-6, max: 1, noNaN: true }),
});

const document: fc.Arbitrary<SharedDocument> = fc.record({
  text: fc.string({ unit: 'binary', maxLength: 2000 }),
  parameters: values,
  initial: values,
  view: fc.record({
    heatmap: fc.record({
      quantity: fc.option(name),
      measure: fc.constantFrom('absolute' as const, 'relative' as const, 'range' as const),
      scale: fc.constantFrom('block' as const, 'column' as const, 'global' as const),
    }),
    derivative: fc.option(fc.record({ quantity: name, column: name })),
    costates: fc.boolean(),
    plots: fc.option(plots, { nil: undefined }),
    ranges,
    studio: fc.option(studio, { nil: undefined }),
  }),
});

function encode(value: SharedDocument): string {
  const encoded = encodeDocument(value);
  if (!encoded.ok) throw new Error(encoded.message);
  return encoded.fragment;
}

function link(json: unknown): string {
  const bytes = deflateSync(new TextEncoder().encode(typeof json === 'string' ? json : JSON.stringify(json)));
  return `#c1:${Buffer.from(bytes).toString('base64url')}`;
}

describe('a link', () => {
  it('gives back the document it was made of', () => {
    fc.assert(
      fc.property(document, (value) => {
        expect(decodeLink(encode(value))).toEqual({ ok: true, kind: 'document', document: value });
      }),
    );
  });

  it('needs no escaping in a URL and survives being escaped', () => {
    fc.assert(
      fc.property(document, (value) => {
        const fragment = encode(value);
        expect(fragment).toMatch(/^#c1:[\w-]+$/);
        expect(decodeLink(`#${encodeURIComponent(fragment.slice(1))}`)).toEqual(decodeLink(fragment));
      }),
    );
  });

  it('of a gallery problem is its name', () => {
    expect(encodeGallery('pendulum-swing-up')).toBe('#g1:pendulum-swing-up');
    expect(decodeLink('#g1:pendulum-swing-up')).toEqual({ ok: true, kind: 'gallery', name: 'pendulum-swing-up' });
  });

  it('that is empty is no link', () => {
    expect(decodeLink('')).toBeNull();
    expect(decodeLink('#')).toBeNull();
  });
});

describe('decoding', () => {
  it('never throws, and keeps what it could not read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', '#', '#c1:', '#g1:', '#c2:'), (rest, start) => {
        const decoded = decodeLink(start + rest);
        if (decoded && !decoded.ok) expect(decoded.payload).toBe((start + rest).replace(/^#/, '').trim());
      }),
    );
  });

  it('refuses every truncated link as broken', () => {
    fc.assert(
      fc.property(document, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (value, fraction) => {
        const fragment = encode(value);
        const start = '#c1:'.length;
        const cut = start + Math.floor((fragment.length - start) * fraction);
        // Four base64 characters hold three bytes: without the last three there is at least one byte missing.
        const decoded = decodeLink(fragment.slice(0, Math.min(cut, fragment.length - 3)));
        expect(decoded).toMatchObject({ ok: false, reason: 'broken' });
      }),
    );
  });

  it.each(['#c2:abc', '#z9:', '#g2:pendulum'])('says that %s is newer', (fragment) => {
    expect(decodeLink(fragment)).toMatchObject({ ok: false, reason: 'newer' });
  });

  it('says that a payload of a later version is newer', () => {
    expect(decodeLink(link({ v: 2, text: 17 }))).toMatchObject({ ok: false, reason: 'newer' });
  });

  it.each([
    ['no JSON', 'title'],
    ['no object', 'null'],
    ['no text', { v: 1 }],
    ['a value that is no number', { v: 1, text: '', parameters: [['m', 'heavy']] }],
    ['an infinite value', '{"v":1,"text":"","parameters":[["m",1e999]]}'],
    ['too many values', { v: 1, text: '', parameters: Array.from({ length: 1025 }, (_, i) => [`p${i}`, i]) }],
  ])('refuses %s as broken', (_, json) => {
    expect(decodeLink(link(json))).toMatchObject({ ok: false, reason: 'broken' });
  });

  it('refuses text beyond the limit', () => {
    const text = ' '.repeat(textLimit + 1);
    expect(encodeDocument({ text, parameters: new Map(), initial: new Map(), view: initialView }).ok).toBe(false);
    expect(decodeLink(link({ v: 1, text }))).toMatchObject({ ok: false, reason: 'too-large' });
    expect(decodeLink(link({ v: 1, text: text.slice(1) }))).toMatchObject({ ok: true });
  });

  it('does not unpack a bomb', () => {
    const bomb = deflateSync(new Uint8Array(20_000_000));
    expect(bomb.length).toBeLessThan(200_000);
    expect(decodeLink(`#c1:${Buffer.from(bomb).toString('base64url')}`)).toMatchObject({
      ok: false,
      reason: 'too-large',
    });
  });

  it('takes a view it cannot read as the initial one', () => {
    const decoded = decodeLink(link({ v: 1, text: 'title "x"', view: { heatmap: 'rainbow', costates: true } }));
    expect(decoded).toMatchObject({
      ok: true,
      document: { text: 'title "x"', view: { heatmap: initialView.heatmap, costates: true } },
    });
  });
});
