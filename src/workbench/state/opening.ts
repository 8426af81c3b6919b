/** What the page opens with: the link if there is one, else the newest draft, else the first problem of the gallery. */
import { decodeLink, type SharedDocument } from '../../sharing';
import { openDocument, setLearning, setRefused } from './actions';
import { isOwnFragment } from './address';
import { type Draft, readDrafts } from './drafts';
import { findGalleryEntry, gallery } from './gallery';
import { emptyDocument, useWorkbench } from './store';

export function openAtStart(): void {
  const opened = readFragment(location.hash);
  useWorkbench.setState(opened ?? fallback());
  // A link that is refused, or leads to an experiment, hides what is under it; there is something under it all the same.
  addEventListener('hashchange', ({ newURL }) => {
    // Not the present address: it may have been written over since.
    const fragment = new URL(newURL).hash;
    if (isOwnFragment(fragment)) return;
    const document = readFragment(fragment);
    if (document) openDocument(document, 'Opened the link.');
  });
}

/** Null where there is no link, it is refused, or it leads to an experiment. */
function readFragment(fragment: string): SharedDocument | null {
  const decoded = decodeLink(fragment);
  if (!decoded) return null;
  if (!decoded.ok) {
    setRefused(decoded);
    return null;
  }
  if (decoded.kind === 'learning') {
    setLearning(decoded.view);
    return null;
  }
  if (decoded.kind === 'document') return decoded.document;
  const entry = findGalleryEntry(decoded.name);
  if (entry) return { ...emptyDocument, text: entry.text };
  setRefused({
    ok: false,
    reason: 'newer',
    message: `This link names a gallery problem, “${decoded.name}”, that this version of Costate does not have.`,
    payload: fragment.slice(1),
  });
  return null;
}

function fallback(): SharedDocument {
  return drafts()[0]?.document ?? { ...emptyDocument, text: gallery[0]?.text ?? '' };
}

export function drafts(): Draft[] {
  try {
    return readDrafts(localStorage);
  } catch {
    return [];
  }
}
