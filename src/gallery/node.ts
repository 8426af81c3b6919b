/** The example problems, in order, read from disk: the gallery for programs that run in Node without Vite. */
import { readFileSync } from 'node:fs';
import { entries, type GalleryEntry } from './catalogue';

export const gallery: readonly GalleryEntry[] = entries((name) =>
  readFileSync(new URL(`./${name}.ocp`, import.meta.url), 'utf8'),
);

export type { GalleryEntry } from './catalogue';
