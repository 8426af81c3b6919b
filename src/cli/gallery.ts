/** `costate gallery`: the example problems by name. */
import { gallery } from '../gallery/node';
import type { Style } from './style';
import { table } from './table';

export function galleryText({ width }: Style): string {
  const lines = table(
    [
      { heading: 'name', align: 'left', cells: gallery.map(({ name }) => name) },
      { heading: 'what it is', align: 'left', cells: gallery.map(({ summary }) => summary) },
    ],
    width,
  );
  return `${lines.join('\n')}\n\nSolve one by its name: costate solve ${gallery[0]?.name ?? ''}\n`;
}

export function galleryObject() {
  return { gallery: gallery.map(({ name, title, summary, tags }) => ({ name, title, summary, tags })) };
}
