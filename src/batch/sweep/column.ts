/** The kept numbers and words of many instances, an array for each quantity. */

export type Column =
  | { readonly kind: 'real'; readonly name: string; readonly values: Float64Array }
  /** Words, each kept once: `values` are places in `labels`, -1 where there is none. */
  | { readonly kind: 'label'; readonly name: string; readonly values: Int32Array; readonly labels: readonly string[] }
  /** Numbers that are in memory shared with the table. */
  | { readonly kind: 'shared'; readonly name: string };

/** A column of words while it is written. */
export class LabelColumn {
  readonly kind = 'label';
  readonly values: Int32Array;
  readonly labels: string[] = [];
  private readonly places = new Map<string, number>();

  constructor(
    readonly name: string,
    count: number,
  ) {
    this.values = new Int32Array(count).fill(-1);
  }

  set(row: number, label: string): void {
    this.values[row] = this.place(label);
  }

  /** Where a word is among the labels, put there if it is new. */
  place(label: string): number {
    const known = this.places.get(label);
    if (known !== undefined) return known;
    const place = this.labels.push(label) - 1;
    this.places.set(label, place);
    return place;
  }
}

export class RealColumn {
  readonly kind = 'real';

  constructor(
    readonly name: string,
    count: number,
    readonly values: Float64Array = new Float64Array(count),
  ) {
    values.fill(Number.NaN);
  }
}
