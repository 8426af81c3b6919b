/** The text in CodeMirror. The editor owns what is typed and tells the store; other changes of the text come in from there. */
import { setDiagnostics } from '@codemirror/lint';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { Diagnostic } from '../../language';
import { setText } from '../state/actions';
import { useReveal } from '../state/reveal';
import { useWorkbench } from '../state/store';
import { editorExtensions } from './editor-extensions';
import { plainSelection } from './PlainEditor';

export default function CodeEditor() {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current) return;
    const { text, diagnostics } = useWorkbench.getState();
    const view = new EditorView({ parent: host.current, doc: text, extensions: [editorExtensions, tellStore] });
    const selection = plainSelection.current;
    if (selection) {
      select(view, selection.from, selection.to);
      view.focus();
    }
    showDiagnostics(view, diagnostics);

    const stops = [
      useWorkbench.subscribe((now, before) => {
        if (now.text !== before.text) replaceText(view, now.text);
        if (now.diagnostics !== before.diagnostics) showDiagnostics(view, now.diagnostics);
      }),
      useReveal.subscribe(({ place }) => {
        if (!place) return;
        select(view, place.from, place.to);
        view.focus();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      view.destroy();
    };
  }, []);
  return <div className="code-editor" ref={host} />;
}

const tellStore = EditorView.updateListener.of((update) => {
  if (update.docChanged) setText(update.state.doc.toString());
});

function replaceText(view: EditorView, text: string): void {
  const { doc } = view.state;
  if (doc.toString() !== text) view.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
}

function select(view: EditorView, from: number, to: number): void {
  const { length } = view.state.doc;
  const selection = { anchor: Math.min(from, length), head: Math.min(to, length) };
  view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.anchor, { y: 'center' }) });
}

function showDiagnostics(view: EditorView, diagnostics: readonly Diagnostic[]): void {
  const { length } = view.state.doc;
  const shown = diagnostics.map(({ severity, from, to, message, hint }) => ({
    severity,
    from: Math.min(from, length),
    to: Math.min(Math.max(to, from), length),
    message: hint ? `${message}\n${hint}` : message,
  }));
  view.dispatch(setDiagnostics(view.state, shown));
}
