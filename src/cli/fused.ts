/**
 * Imported for its effect: fused multiply-adds of vectors, which V8 has had by default since the version after that of
 * Node 20. Before any kernel is made, so that all of them round alike.
 */
import { setFlagsFromString } from 'node:v8';

if (process.versions.v8.startsWith('11.3.')) setFlagsFromString('--experimental-wasm-relaxed-simd');
