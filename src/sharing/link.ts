/**
 * The part of a link after `#`: a codec tag and its payload.
 *
 *   c1:PAYLOAD   a document: base64url of raw deflate of JSON
 *   g1:NAME      a gallery problem, unchanged
 *   l1:PAGE      an experiment of learning, as in learning.ts
 *
 * Links live for ever: a tag, once in the wild, keeps its meaning. A new form gets a new tag. Decoding never throws.
 */
import { compress, decompress, TooLarge } from './compression';
import { type SharedDocument, textLimit } from './document';
import { type LearningView, readLearning } from './learning';
import { fromPayload, toPayload } from './payload';

/** Limits on what is unpacked: bytes of JSON, and characters of the fragment (deflate never grows text by much). */
const jsonLimit = 8 * textLimit;
const fragmentLimit = 8 * textLimit;

export type DecodeReason = 'broken' | 'newer' | 'too-large';

export type DecodedLink =
  | { readonly ok: true; readonly kind: 'document'; readonly document: SharedDocument }
  | { readonly ok: true; readonly kind: 'gallery'; readonly name: string }
  | { readonly ok: true; readonly kind: 'learning'; readonly view: LearningView }
  /** `payload` is what came after `#`, for the user to keep. */
  | { readonly ok: false; readonly reason: DecodeReason; readonly message: string; readonly payload: string };

export type EncodedLink =
  | { readonly ok: true; readonly fragment: string }
  | { readonly ok: false; readonly reason: 'too-large'; readonly message: string };

const messages: Record<DecodeReason, string> = {
  broken:
    'Part of the link is missing or was changed on the way, so that it cannot be read. Ask for it to be sent again.',
  newer: 'It was made by a version of Costate newer than this one. Reload the page, or open it where it was made.',
  'too-large': 'It unpacks to more text than a problem may have (64 kB), so it was not opened.',
};

export function encodeGallery(name: string): string {
  return `#g1:${name}`;
}

export function encodeDocument(document: SharedDocument): EncodedLink {
  if (document.text.length > textLimit) {
    return { ok: false, reason: 'too-large', message: 'A link holds at most 64 kB of text; this problem has more.' };
  }
  return { ok: true, fragment: `#c1:${compress(toPayload(document))}` };
}

/** Null where there is nothing after `#`. */
export function decodeLink(fragment: string): DecodedLink | null {
  const payload = (fragment.startsWith('#') ? fragment.slice(1) : fragment).trim();
  if (payload === '') return null;
  const fail = (reason: DecodeReason): DecodedLink => ({ ok: false, reason, message: messages[reason], payload });
  if (payload.length > fragmentLimit) return fail('too-large');

  const parts = /^([a-z]+)(\d+):(.*)$/s.exec(unescaped(payload));
  if (!parts) return fail('broken');
  const [, codec, version, body = ''] = parts;
  const tag = `${codec}${version}`;
  if (tag === 'g1') return /^[a-z0-9-]+$/.test(body) ? { ok: true, kind: 'gallery', name: body } : fail('broken');
  if (tag === 'l1') {
    const view = readLearning(body);
    return view ? { ok: true, kind: 'learning', view } : fail('newer');
  }
  if (tag !== 'c1') return fail('newer');
  try {
    const read = fromPayload(decompress(body, jsonLimit));
    return read.ok ? { ok: true, kind: 'document', document: read.document } : fail(read.reason);
  } catch (error) {
    return fail(error instanceof TooLarge ? 'too-large' : 'broken');
  }
}

/** Some mail and chat programs escape characters of a fragment that need no escaping. */
function unescaped(payload: string): string {
  try {
    return decodeURIComponent(payload);
  } catch {
    return payload;
  }
}
