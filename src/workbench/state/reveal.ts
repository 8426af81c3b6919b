/** A wish to see a place in the text: made by the list of diagnostics, granted by the editor. */
import { create } from 'zustand';

export interface Place {
  readonly from: number;
  readonly to: number;
}

export const useReveal = create<{ readonly place: Place | null }>(() => ({ place: null }));

export function reveal(from: number, to: number): void {
  useReveal.setState({ place: { from, to } });
}
