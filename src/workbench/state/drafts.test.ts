import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialView, textLimit } from '../../sharing';
import { readDrafts, writeDraft } from './drafts';

class MemoryStorage implements Storage {
  private readonly items = new Map<string, string>();
  get length(): number {
    return this.items.size;
  }
  clear(): void {
    this.items.clear();
  }
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
}

const document = (text: string, values: [string, number][] = []) => ({
  text,
  parameters: new Map(values),
  initial: new Map<string, number>(),
  view: initialView,
});

describe('drafts', () => {
  it('give back what was written, the newest first, each content once, the newest twelve', () => {
    const edit = fc.record({ id: fc.nat(20), text: fc.string({ maxLength: 2 }) });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 60 }), (edits) => {
        const storage = new MemoryStorage();
        // The model: a list of drafts, newest first.
        let model: { id: string; text: string }[] = [];
        edits.forEach(({ id, text }, at) => {
          writeDraft(storage, `d${id}`, document(text), at);
          model = [{ id: `d${id}`, text }, ...model.filter((old) => old.id !== `d${id}` && old.text !== text)].slice(
            0,
            12,
          );
          expect(readDrafts(storage).map((draft) => ({ id: draft.id, text: draft.document.text }))).toEqual(model);
        });
      }),
    );
  });

  it('keep values, and text that is too long for a link', () => {
    const storage = new MemoryStorage();
    writeDraft(storage, 'a', document('title "Cart"\n', [['M', 1.5]]), 1);
    writeDraft(storage, 'b', document('x'.repeat(textLimit + 1)), 2);
    const [long, cart] = readDrafts(storage);
    expect(cart).toMatchObject({ title: 'Cart', document: { parameters: new Map([['M', 1.5]]) } });
    expect(long?.document.text).toHaveLength(textLimit + 1);
  });

  it('skip what is not a draft', () => {
    const storage = new MemoryStorage();
    storage.setItem('costate.draft.x', '{"at":');
    storage.setItem('costate.draft.y', '{"at":"now"}');
    storage.setItem('other', '{}');
    expect(readDrafts(storage)).toEqual([]);
  });
});
