/** Puts values into a text in the place of those it declares. */
import { setInitial, setParameter } from '../language';
import type { Written } from './protocol';

type Values = ReadonlyMap<string, number>;

export function writeValues(text: string, parameters: Values, initial: Values): Written {
  const first = write(text, parameters, setParameter);
  const second = write(first.text, initial, setInitial);
  return { text: second.text, parameters: first.left, initial: second.left };
}

/** A value that changes nothing about the text has no place there (that of an expression), or is there already. */
function write(text: string, values: Values, put: (text: string, name: string, value: number) => string) {
  const left = new Map<string, number>();
  let written = text;
  for (const [name, value] of values) {
    const next = put(written, name, value);
    if (next === written) left.set(name, value);
    written = next;
  }
  return { text: written, left };
}
