/**
 * The address bar always holds the link to what is on screen, and what the user changes is kept as a draft. Both are
 * written a moment after the change, or after the drag, for browsers limit how often the address may change.
 */
import {
  type EncodedLink,
  encodeDocument,
  encodeGallery,
  encodeLearning,
  isInitialView,
  type SharedDocument,
} from '../../sharing';
import { writeDraft } from './drafts';
import { galleryEntryOf } from './gallery';
import { documentOf, useWorkbench } from './store';

const pauseMs = 400;
const { getState: get, subscribe } = useWorkbench;

let timer: ReturnType<typeof setTimeout> | undefined;
/** Something has not been written yet. */
let pending = false;
let written = '';
let draft = { documentId: -1, id: '' };

export function startRemembering(): void {
  subscribe((now, before) => {
    if (now.refused) return;
    const changed =
      now.text !== before.text ||
      now.parameters !== before.parameters ||
      now.initial !== before.initial ||
      now.view !== before.view ||
      now.learning !== before.learning ||
      now.refused !== before.refused;
    if (changed) pending = true;
    // A drag is remembered when it is over: writing takes from the time of its frames.
    if (now.dragging) stopTimer();
    else if (pending) timer ??= setTimeout(remember, pauseMs);
  });
  addEventListener('pagehide', () => {
    if (pending) remember();
  });
}

/** Writes address and draft now. */
export function remember(): EncodedLink {
  stopTimer();
  pending = false;
  const state = get();
  const document = documentOf(state);
  const link: EncodedLink = state.learning ? { ok: true, fragment: encodeLearning(state.learning) } : linkOf(document);
  if (link.ok && link.fragment !== location.hash) history.replaceState(history.state, '', link.fragment);
  written = location.hash;
  if (!isGalleryText(document)) {
    if (draft.documentId !== state.documentId) draft = { documentId: state.documentId, id: crypto.randomUUID() };
    try {
      writeDraft(localStorage, draft.id, document, Date.now());
    } catch {
      // No storage, or it is full: the address bar still holds everything.
    }
  }
  return link;
}

function stopTimer(): void {
  clearTimeout(timer);
  timer = undefined;
}

/** Whether the fragment is the one this page has put there. */
export function isOwnFragment(fragment: string): boolean {
  return fragment === written;
}

export function linkOf(document: SharedDocument): EncodedLink {
  const entry = galleryEntryOf(document.text);
  return entry && isGalleryText(document) && isInitialView(document.view)
    ? { ok: true, fragment: encodeGallery(entry.name) }
    : encodeDocument(document);
}

function isGalleryText({ text, parameters, initial }: SharedDocument): boolean {
  return galleryEntryOf(text) !== undefined && parameters.size === 0 && initial.size === 0;
}
