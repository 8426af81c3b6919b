/** Whatever is done to a text, compiling it ends, and ends with a problem or with diagnostics that lie in the text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileText, setParameter, typeset } from '../language';
import { gallery } from '.';

const texts = gallery.filter(({ name }) => name !== 'bounded-lqr-batch').map(({ text }) => text);
const pieces = texts.flatMap((text) => text.split(/(?<=\n)|(?=\n)|(?<=\s)|(?=\s)/));
const symbols = [...'()[]+-*/^<>=:,.\'"#\n \t{}|θ²\u0000\ud83d', '..', '//', "x' = ", 'at end: ', 'subject to\n'];

const insertion = fc.oneof(fc.constantFrom(...symbols), fc.constantFrom(...pieces), fc.string());
/** Replaces a stretch of the text, given as parts of its length. */
const change = fc.record({
  place: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.nat(30),
  insertion,
});

function changed(text: string, changes: readonly { place: number; removed: number; insertion: string }[]): string {
  return changes.reduce((before, { place, removed, insertion }) => {
    const from = Math.floor(place * before.length);
    return before.slice(0, from) + insertion + before.slice(from + removed);
  }, text);
}

function check(text: string): void {
  const compiled = compileText(text);
  for (const { from, to, line, column, message } of compiled.diagnostics) {
    expect(from).toBeGreaterThanOrEqual(0);
    expect(to).toBeGreaterThanOrEqual(from);
    expect(to).toBeLessThanOrEqual(text.length);
    const lines = text.split('\n');
    expect((lines[line - 1] ?? '').length).toBeGreaterThanOrEqual(column - 1);
    expect(message).not.toContain('cannot be compiled');
    expect(message).not.toContain('\n');
  }
  if (!compiled.ok) expect(compiled.diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
  else {
    const { states, controls, dynamics, guess, constraints, horizon } = compiled.problem;
    expect(dynamics.rhs).toHaveLength(states.length);
    expect([guess.states.length, guess.controls.length]).toEqual([states.length, controls.length]);
    for (const { from, to } of constraints) expect(0 <= from && from <= to && to <= horizon.steps).toBe(true);
    expect(new Set(constraints.map(({ name }) => name)).size).toBe(constraints.length);
  }
  typeset(text);
  setParameter(text, 'm', 1);
}

describe('compiling never throws', () => {
  it('on changed problems', () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 6 }), (text, changes) => {
        check(changed(text, changes));
      }),
      { numRuns: 600 },
    );
  });

  it('on lines of several problems', () => {
    const lines = texts.flatMap((text) => text.split('\n'));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...lines), { maxLength: 40 }), (chosen) => check(chosen.join('\n'))),
      { numRuns: 200 },
    );
  });

  it('on beginnings and ends of problems', () => {
    for (const text of texts) {
      for (let i = 0; i < text.length; i += 97) {
        check(text.slice(0, i));
        check(text.slice(i));
      }
    }
  });

  it('on heaps of pieces', () => {
    const heap = fc.array(fc.oneof(fc.constantFrom(...symbols), fc.constantFrom(...pieces)), { maxLength: 200 });
    fc.assert(
      fc.property(heap, (chosen) => check(chosen.join(''))),
      { numRuns: 300 },
    );
  });
});
