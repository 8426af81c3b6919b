/** The example problems, in order. For code that runs through Vite; Node itself uses node.ts. */
import { entries, type GalleryEntry } from './catalogue';

const files: Record<string, string> = import.meta.glob('./*.ocp', { query: '?raw', import: 'default', eager: true });

export const gallery: readonly GalleryEntry[] = entries((name) => {
  const text = files[`./${name}.ocp`];
  if (text === undefined) throw new Error(`There is no example ${name}.ocp`);
  return text;
});

export type { GalleryEntry } from './catalogue';
export { layerFigure, network, recover, tune } from './experiments';
