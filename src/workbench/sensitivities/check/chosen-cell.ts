/** The cell of the map that was last clicked, so that it can be checked on its own. */
import { create } from 'zustand';

export interface ChosenCell {
  readonly subject: string;
  /** Within the block of its subject: the stage. */
  readonly row: number;
  readonly column: string;
}

export const useChosenCell = create<{ readonly cell: ChosenCell | null }>(() => ({ cell: null }));

export function chooseCell(cell: ChosenCell): void {
  useChosenCell.setState({ cell });
}
