/** What a word means, shown while the pointer rests on it. */
import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import { Report } from './diagnostics';
import { readDocument } from './readDocument';
import { functions, statementWords } from './words';

export interface Explained {
  readonly from: number;
  readonly to: number;
  /** As it is written or called. */
  readonly code: string;
  readonly description: string;
}

/** What is known about the word at this place; null: nothing. */
export function explainAt(state: EditorState, pos: number, side: -1 | 0 | 1): Explained | null {
  const node = syntaxTree(state).resolveInner(pos, side);
  const { from, to } = node;
  const word = state.doc.sliceString(from, to);
  const statement = statementWords.get(node.name);
  if (statement !== undefined) return { from, to, code: word, description: statement };
  if (node.name !== 'Name') return null;
  const text = state.doc.toString();
  const { declarations } = readDocument(syntaxTree(state), new Report(text));
  const declaration = declarations.find(({ target }) => target.name === word);
  const known = declaration ? undefined : (functions.get(word) ?? clock.get(word));
  if (known) return { from, to, code: known.signature, description: known.description };
  if (!declaration) return null;
  const { description } = declaration;
  const written = text.slice(declaration.from, declaration.to).replace(/\s*"[^"\n]*"?\s*$/, '');
  const code = written.replace(/\s+/g, ' ').trim();
  return { from, to, code: code.length > longest ? `${code.slice(0, longest - 1)}…` : code, description };
}

/** A matrix is not shown whole. */
const longest = 160;

const clock = new Map([
  ['time', { signature: 'time', description: 'the time at the stage' }],
  ['stage', { signature: 'stage', description: 'the number of the stage, 0..N' }],
]);

export const hoverOcp = hoverTooltip((view, pos, side) => {
  const explained = explainAt(view.state, pos, side);
  if (!explained) return null;
  return {
    pos: explained.from,
    end: explained.to,
    above: true,
    create: () => {
      const dom = document.createElement('div');
      dom.className = 'cm-ocp-hover';
      const code = dom.appendChild(document.createElement('code'));
      code.textContent = explained.code;
      if (explained.description !== '') {
        dom.appendChild(document.createElement('div')).textContent = explained.description;
      }
      return { dom };
    },
  };
});
