/**
 * What is pointed at, anywhere on the page: a stage, a quantity, a column of the derivatives (a parameter, or `x0.STATE`).
 * Every part of the page marks it where it has it.
 */
import { create } from 'zustand';

export interface Pointed {
  readonly stage: number | null;
  /** As the sensitivities name it: the name of a state, control or algebraic variable, or `costate STATE`. */
  readonly quantity: string | null;
  readonly column: string | null;
}

const nothing: Pointed = { stage: null, quantity: null, column: null };

export const useTimeCursor = create<Pointed>(() => nothing);

interface More {
  readonly quantity?: string | null | undefined;
  readonly column?: string | null | undefined;
}

export function pointAt(stage: number | null, { quantity = null, column = null }: More = {}): void {
  const next: Pointed = { stage, quantity, column };
  const now = useTimeCursor.getState();
  const same = now.stage === next.stage && now.quantity === next.quantity && now.column === next.column;
  if (!same) useTimeCursor.setState(next);
}
