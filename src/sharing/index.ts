export type { DerivativeView, HeatmapView, Scale, SharedDocument, View } from './document';
export { initialView, textLimit } from './document';
export type { DecodedLink, DecodeReason, EncodedLink } from './link';
export { decodeLink, encodeDocument, encodeGallery } from './link';
export { isInitialView } from './payload';
