/**
 * What the user has made, kept in local storage: one draft for each document worked on, the newest first. A draft is the
 * text as it stands plus its link, so that even text too long for a link is kept.
 */
import * as v from 'valibot';
import { decodeLink, encodeDocument, type SharedDocument } from '../../sharing';
import { emptyDocument } from './store';

const prefix = 'costate.draft.';
const draftLimit = 12;

const schema = v.object({ at: v.number(), text: v.string(), fragment: v.nullable(v.string()) });
type Stored = v.InferOutput<typeof schema>;

export interface Draft {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly title: string;
  readonly document: SharedDocument;
}

export function readDrafts(storage: Storage): Draft[] {
  return stored(storage).map(({ id, draft }) => ({
    id,
    at: draft.at,
    title: titleOf(draft.text),
    document: documentOf(draft),
  }));
}

/** Replaces the draft of that id, and any other draft of the same content; drops the oldest beyond the limit. */
export function writeDraft(storage: Storage, id: string, document: SharedDocument, at: number): void {
  const link = encodeDocument(document);
  const draft: Stored = { at, text: document.text, fragment: link.ok ? link.fragment : null };
  for (const other of stored(storage)) {
    if (other.id !== id && other.draft.text === draft.text && other.draft.fragment === draft.fragment) {
      storage.removeItem(prefix + other.id);
    }
  }
  storage.setItem(prefix + id, JSON.stringify(draft));
  for (const { id: old } of stored(storage).slice(draftLimit)) storage.removeItem(prefix + old);
}

/** The title as the text states it. */
export function titleOf(text: string): string {
  return /^\s*title\s+"([^"\n]+)"/m.exec(text)?.[1] ?? 'Untitled problem';
}

function stored(storage: Storage): { readonly id: string; readonly draft: Stored }[] {
  const found: { id: string; draft: Stored }[] = [];
  for (let i = 0; i < storage.length; i++) {
    const key = storage.key(i);
    if (!key?.startsWith(prefix)) continue;
    const draft = parse(storage.getItem(key));
    if (draft) found.push({ id: key.slice(prefix.length), draft });
  }
  return found.sort((a, b) => b.draft.at - a.draft.at);
}

function parse(json: string | null): Stored | null {
  try {
    const parsed = v.safeParse(schema, JSON.parse(json ?? 'null'));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

function documentOf({ text, fragment }: Stored): SharedDocument {
  const decoded = fragment === null ? null : decodeLink(fragment);
  return decoded?.ok && decoded.kind === 'document' ? decoded.document : { ...emptyDocument, text };
}
