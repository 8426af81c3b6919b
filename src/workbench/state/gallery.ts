/** The gallery as the page uses it: by name, and by text to know an unchanged problem again. */
import { gallery } from '../../gallery';

export { gallery };

export type GalleryEntry = (typeof gallery)[number];

export function findGalleryEntry(name: string): GalleryEntry | undefined {
  return gallery.find((entry) => entry.name === name);
}

export function galleryEntryOf(text: string): GalleryEntry | undefined {
  return gallery.find((entry) => entry.text === text);
}
