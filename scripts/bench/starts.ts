/** Initial states from a JSON file, an array of arrays. */
import { readFileSync } from 'node:fs';

export function readStarts(file: string): readonly (readonly number[])[] {
  return JSON.parse(readFileSync(file, 'utf8'));
}
