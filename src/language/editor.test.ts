import { CompletionContext } from '@codemirror/autocomplete';
import { ensureSyntaxTree, foldable, getIndentation } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { classHighlighter, highlightTree } from '@lezer/highlight';
import { describe, expect, it } from 'vitest';
import { completeOcp, ocpLanguage } from './editor';
import { explainAt } from './editorHover';
import { completed } from './testing';

function stateOf(text: string): EditorState {
  const state = EditorState.create({ doc: text, extensions: [ocpLanguage()] });
  ensureSyntaxTree(state, text.length, 10_000);
  // The next state has the finished tree.
  return state.update({}).state;
}

/** Labels offered where the text has a bar. */
function offered(text: string): string[] {
  const at = text.indexOf('|');
  const result = completeOcp(new CompletionContext(stateOf(text.replace('|', '')), at, true));
  return (result?.options ?? []).map(({ label }) => label);
}

describe('highlighting', () => {
  it('knows the parts of the language', () => {
    const text = 'parameter m = 0.5 "mass" # note\ncontrol sum\nsubject to\n wall-1 at end: sin(sum) <= m';
    const tree = ensureSyntaxTree(stateOf(text), text.length, 10_000);
    const spans: string[] = [];
    if (tree) {
      highlightTree(tree, classHighlighter, (from, to, style) => spans.push(`${text.slice(from, to)} ${style}`));
    }
    expect(spans).toEqual(
      expect.arrayContaining([
        'parameter tok-keyword',
        'm tok-variableName tok-definition',
        '0.5 tok-number',
        '"mass" tok-string',
        '# note tok-comment',
        'sum tok-variableName tok-definition',
        'wall-1 tok-labelName',
        'at tok-keyword',
        'sin tok-variableName',
        '<= tok-operator',
      ]),
    );
  });
});

describe('completion', () => {
  it('offers statements where a line begins', () => {
    expect(offered('par|')).toEqual(expect.arrayContaining(['parameter', 'state', 'subject to', 'dynamics']));
    expect(offered('par|')).not.toContain('sin');
  });

  it('offers names with their descriptions, and functions, in expressions', () => {
    const text = 'parameter m = 1 "mass (kg)"\nlet d = s|';
    expect(offered(text)).toEqual(expect.arrayContaining(['m', 'd', 'sin', 'pi']));
    const context = new CompletionContext(stateOf(text.replace('|', '')), text.indexOf('|'), false);
    expect(completeOcp(context)?.options.find(({ label }) => label === 'm')?.detail).toBe('mass (kg)');
  });

  it.each([
    ['dynamics\n  t|', 'theta', 'sin'],
    ['minimize\n  i|', 'integral', 'theta'],
    ['minimize\n  integral t|', 'theta', 'terminal'],
    ['subject to\n  a|', 'at end', 'integral'],
    ['subject to\n  theta <= 1 s|', 'soft', 'integral'],
    ['guess\n  t|', 'theta', 'm'],
    ['guess theta f|', 'from', 'soft'],
    ['control c i|', 'in', 'theta'],
    ['state s f|', 'free', 'theta'],
    ['state s = m|', 'm', 'theta'],
    ['horizon 1 s in 2 steps, r|', 'rk4', 'theta'],
  ])('%s offers %s, not %s', (line, yes, no) => {
    const labels = offered(`parameter m = 1\nstate theta = 0\n${line}`);
    expect(labels).toContain(yes);
    expect(labels).not.toContain(no);
  });

  it('is silent in comments, descriptions and new names', () => {
    for (const text of ['# pa|', 'title "a|"', 'parameter m = 1 "ma|', 'parameter m|', 'state s|']) {
      expect(offered(text)).toEqual([]);
    }
  });
});

describe('explanations', () => {
  const at = (text: string, word: string) => explainAt(stateOf(text), text.lastIndexOf(word) + 1, -1);

  it('show the declaration of a name', () => {
    const text = 'parameter  m = 0.1 in [0, 1]  "mass (kg)"\nlet d = m + 1';
    expect(at(text, 'm ')).toMatchObject({ code: 'parameter m = 0.1 in [0, 1]', description: 'mass (kg)' });
  });

  it('show functions and statements', () => {
    expect(at('let d = atan2(1, 2)', 'atan2')).toMatchObject({ code: 'atan2(y, x)' });
    expect(at('let d = 1', 'let')?.description).toContain('a name for an expression');
    expect(at('let d = nothing', 'nothing')).toBeNull();
  });
});

describe('lines', () => {
  it('below a section are indented, statements are not', () => {
    const text = "dynamics\n  x' = 1\n\nlet a = 1\n";
    expect(getIndentation(stateOf(text), 'dynamics\n'.length)).toBe(2);
    expect(getIndentation(stateOf(text), "dynamics\n  x' = 1\n".length)).toBe(2);
    expect(getIndentation(stateOf(text), text.indexOf('let'))).toBe(0);
  });

  it('of a section fold', () => {
    const text = completed();
    const state = stateOf(text);
    const line = state.doc.lineAt(text.indexOf('dynamics'));
    const fold = foldable(state, line.from, line.to);
    expect(fold && text.slice(fold.from, fold.to).trim().split('\n')).toHaveLength(3);
  });
});
