/**
 * The state of the page. A document (text, values, view) flows to the runtime, what it answers flows back here and on to
 * the panels; nothing else flows. Theme and focus are not part of it.
 */
import { create } from 'zustand';
import type { Diagnostic } from '../../language';
import { type DecodedLink, initialView, type LearningView, type SharedDocument, type View } from '../../sharing';
import type { Picture, ProblemView } from '../protocol';

export type RefusedLink = Extract<DecodedLink, { ok: false }>;

export interface WorkbenchState {
  // The document.
  readonly text: string;
  readonly parameters: ReadonlyMap<string, number>;
  readonly initial: ReadonlyMap<string, number>;
  readonly view: View;
  /** Counts documents: changes when one takes the place of another, not when it is edited. */
  readonly documentId: number;

  // What follows from it.
  /** The last text that compiled, as data; null before the first. */
  readonly problem: ProblemView | null;
  /** The document it comes from. */
  readonly problemOf: number;
  /** The last solve of it. */
  readonly picture: Picture | null;
  /** The last solve of it that converged: where the sensitivities are. */
  readonly converged: Picture | null;
  /** Counts pictures. */
  readonly pictureId: number;
  readonly diagnostics: readonly Diagnostic[];
  /** The picture belongs to an earlier text, for this one does not compile. */
  readonly stale: boolean;
  /** The runtime failed as a whole. */
  readonly failure: string | null;
  readonly busy: boolean;
  /** The picture is that of the document as it is now, solved from the guess. */
  readonly atRest: boolean;

  // What goes on.
  readonly dragging: boolean;
  /** The picture as it was when the drag began. */
  readonly before: Picture | null;
  /** The values when the drag began. */
  readonly draggedFrom: Pick<SharedDocument, 'parameters' | 'initial'> | null;
  /** Documents that were replaced, the last one last. */
  readonly past: readonly SharedDocument[];
  /** The picture is that of an iterate of this solve, the last one; null: it is the solve's result. */
  readonly scrubbed: { readonly index: number; readonly solved: Picture } | null;
  /** A sentence about something that just happened. */
  readonly notice: { readonly text: string; readonly undoable: boolean } | null;
  /** The page was opened with a link that could not be read. */
  readonly refused: RefusedLink | null;
  /** An experiment of learning takes the place of the document; null: it does not. */
  readonly learning: LearningView | null;
}

export const emptyDocument: SharedDocument = {
  text: '',
  parameters: new Map(),
  initial: new Map(),
  view: initialView,
};

export const useWorkbench = create<WorkbenchState>(() => ({
  ...emptyDocument,
  documentId: 0,
  problem: null,
  problemOf: 0,
  picture: null,
  converged: null,
  pictureId: 0,
  diagnostics: [],
  stale: false,
  failure: null,
  busy: false,
  atRest: false,
  dragging: false,
  before: null,
  draggedFrom: null,
  past: [],
  scrubbed: null,
  notice: null,
  refused: null,
  learning: null,
}));

/** What changes so that the result of the solve is shown again. */
export function resultShown({ scrubbed }: WorkbenchState): Partial<WorkbenchState> {
  return scrubbed ? { picture: scrubbed.solved, before: null, scrubbed: null } : {};
}

export function documentOf({ text, parameters, initial, view }: WorkbenchState): SharedDocument {
  return { text, parameters, initial, view };
}
