/** What a part of the page can be saved as. Everything is made when it is asked for, from what is on screen then. */
import type { Column } from '../../sharing';
import type { Figure } from '../plotly/figure';

export type Format = 'csv' | 'json' | 'png' | 'svg';

export interface Exportable {
  /** In the names of files. */
  readonly subject: string;
  /** What stands before that in the names; absent: the title of the problem. */
  readonly title?: string;
  readonly columns?: () => readonly Column[] | Promise<readonly Column[]>;
  /** As JSON takes it: no typed arrays, no maps. */
  readonly data?: () => unknown;
  /** Of a size of its own, with a ground and a title; see `framed`. */
  readonly figure?: () => Figure | Promise<Figure>;
}
