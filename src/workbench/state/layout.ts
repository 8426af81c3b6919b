/** How the room is shared between the panels, in per cent of the workspace. A matter of the reader, not of the document. */
import * as v from 'valibot';
import { create } from 'zustand';

const key = 'costate.layout';

/** Width of the text, width of the values, height of the trajectories. */
export type Share = 'left' | 'right' | 'upper';
export type Layout = Readonly<Record<Share, number>>;

export const shares: Readonly<
  Record<Share, { readonly least: number; readonly usual: number; readonly most: number }>
> = {
  left: { least: 16, usual: 27.5, most: 55 },
  right: { least: 14, usual: 19, most: 40 },
  upper: { least: 15, usual: 46, most: 85 },
};

const usual: Layout = { left: shares.left.usual, right: shares.right.usual, upper: shares.upper.usual };
const schema = v.object({ left: v.number(), right: v.number(), upper: v.number() });

export const useLayout = create<Layout>(stored);

export function setShare(share: Share, percent: number): void {
  const { least, most } = shares[share];
  useLayout.setState({ [share]: Math.min(most, Math.max(least, percent)) });
  try {
    localStorage.setItem(key, JSON.stringify(useLayout.getState()));
  } catch {
    // No storage: the layout lasts as long as the page.
  }
}

function stored(): Layout {
  try {
    const parsed = v.safeParse(schema, JSON.parse(localStorage.getItem(key) ?? 'null'));
    return parsed.success ? parsed.output : usual;
  } catch {
    return usual;
  }
}
