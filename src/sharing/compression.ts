/**
 * Text to base64url of raw deflate (RFC 1951, RFC 4648 section 5) and back. Inflation stops as soon as the output
 * exceeds its limit, so that a few bytes cannot unpack to gigabytes.
 */
import { deflateSync, Inflate } from 'fflate';

/** Input is fed to the inflater in pieces of this size; deflate expands a piece at most about a thousandfold. */
const pieceLength = 256;

export class TooLarge extends Error {}

export function compress(text: string): string {
  return toBase64Url(deflateSync(new TextEncoder().encode(text), { level: 9 }));
}

/** Throws TooLarge beyond `limit` bytes of output, and some other error where the input is not what compress made. */
export function decompress(encoded: string, limit: number): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(inflate(fromBase64Url(encoded), limit));
}

function inflate(bytes: Uint8Array, limit: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let finished = false;
  const inflater = new Inflate((piece, final) => {
    length += piece.length;
    if (length > limit) throw new TooLarge();
    pieces.push(piece.slice());
    finished ||= final;
  });
  for (let from = 0; from < bytes.length; from += pieceLength) {
    inflater.push(bytes.subarray(from, from + pieceLength), from + pieceLength >= bytes.length);
  }
  if (!finished) throw new Error('incomplete');
  const joined = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(encoded: string): Uint8Array {
  if (!/^[\w-]*$/.test(encoded)) throw new Error('not base64url');
  return Uint8Array.from(atob(encoded.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );
}
