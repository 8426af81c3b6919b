/** The stage pointed at, in any of the charts: all of them show their values there. */
import { create } from 'zustand';

export const useTimeCursor = create<{ readonly stage: number | null }>(() => ({ stage: null }));

export function pointAt(stage: number | null): void {
  if (useTimeCursor.getState().stage !== stage) useTimeCursor.setState({ stage });
}
