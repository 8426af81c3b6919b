export { type Column, writeCsv } from './csv';
export type { DerivativeView, HeatmapView, Scale, SharedDocument, View } from './document';
export { initialView, textLimit } from './document';
export { fileName } from './fileName';
export type { DecodedLink, DecodeReason, EncodedLink } from './link';
export { decodeLink, encodeDocument, encodeGallery } from './link';
export { type Nested, nested } from './nested';
export { isInitialView } from './payload';
