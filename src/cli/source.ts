/** The text of a problem: from a file, from standard input, or from the gallery. */
import { readFileSync } from 'node:fs';
import { gallery } from '../gallery/node';
import { nearest } from '../language';
import { complaint, Refusal, suggestion } from './complaint';

export interface Source {
  /** For messages: a path or a gallery name. */
  readonly name: string;
  readonly text: string;
}

export function readSource(source: string): Source {
  if (source === '-') return { name: 'standard input', text: readFileSync(0, 'utf8') };
  try {
    return { name: source, text: readFileSync(source, 'utf8') };
  } catch (error) {
    const bare = source.replace(/\.ocp$/, '');
    const entry = gallery.find(({ name }) => name === bare);
    if (entry && isMissing(error)) return { name: `${entry.name}.ocp`, text: entry.text };
    const near = nearest(
      bare,
      gallery.map(({ name }) => name),
    );
    const hint = suggestion(near, 'give the path of a file, or a name that `costate gallery` lists');
    throw new Refusal([complaint(`${source} ${whyUnreadable(error)}`, isMissing(error) ? hint : undefined)]);
  }
}

/** The contents of a file that an option names. */
export function readFile(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Refusal([complaint(`${option}: ${path} ${whyUnreadable(error)}`, 'give the path of a file')]);
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(codeOf(error));

function whyUnreadable(error: unknown): string {
  if (isMissing(error)) return 'does not exist';
  if (codeOf(error) === 'EISDIR') return 'is a folder, not a file';
  if (codeOf(error) === 'EACCES') return 'may not be read: permission is denied';
  return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
