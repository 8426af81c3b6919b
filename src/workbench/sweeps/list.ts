/** The instances of a file that the user has chosen: kept as long as the page, and not part of a link. */
import { create } from 'zustand';
import { readList, type Samples } from '../../batch';

interface List {
  readonly file: string;
  readonly samples: Samples | null;
  /** Why they cannot be read; null: they can. */
  readonly complaint: string | null;
}

export const useList = create<{ readonly list: List | null }>(() => ({ list: null }));

/** `known`: what can be varied; a state stands for its initial value. */
export async function takeList(file: File, known: readonly string[]): Promise<void> {
  useList.setState({ list: { file: file.name, ...listIn(await file.text(), known) } });
}

export function listIn(text: string, known: readonly string[]): Omit<List, 'file'> {
  const read = readList(text);
  if (!read.ok) return { samples: null, complaint: `Line ${read.line}: ${read.message}.` };
  const names = read.samples.names.map((name) => [name, `x0.${name}`].find((each) => known.includes(each)) ?? null);
  const unknown = names.indexOf(null);
  if (unknown >= 0)
    return {
      samples: null,
      complaint: `The problem has no parameter or fixed initial state “${read.samples.names[unknown]}”. It has ${known.slice(0, 12).join(', ')}.`,
    };
  return { samples: { ...read.samples, names: names.filter((name) => name !== null) }, complaint: null };
}
