/** The values of the panel in the order of their declarations: single ones, and those of a vector or a matrix together. */
import type { ArrayOfEntries } from '../../problem';

export interface Single<Value> {
  readonly kind: 'single';
  readonly value: Value;
  /** Among those of its kind in the problem. */
  readonly index: number;
}

export interface Block<Value> {
  readonly kind: 'block';
  readonly array: ArrayOfEntries;
  /** Row by row. */
  readonly entries: readonly Value[];
}

export type Group<Value> = Single<Value> | Block<Value>;

interface Named {
  readonly name: string;
  readonly description: string;
}

/**
 * What a search finds. A vector or a matrix is found as a whole by its own name or description, and else its entries are
 * by theirs, as `A[1,` finds a row.
 */
export function groupsOf<Value extends Named>(
  values: readonly Value[],
  arrays: readonly ArrayOfEntries[],
  search: string,
): Group<Value>[] {
  const wanted = search.toLowerCase();
  const found = ({ name, description }: Named) => `${name} ${description}`.toLowerCase().includes(wanted);
  const groups: Group<Value>[] = [];
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as Value;
    const array = arrays.find(({ first }) => first === index);
    const size = array ? array.rows * array.columns : 1;
    if (array && size > 1 && found({ name: array.name, description: value.description })) {
      groups.push({ kind: 'block', array, entries: values.slice(index, index + size) });
      index += size - 1;
    } else if (found(value)) groups.push({ kind: 'single', value, index });
  }
  return groups;
}
