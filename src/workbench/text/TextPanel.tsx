/** The problem as text, with what is wrong in it, or as it stands on paper. */
import { type KeyboardEvent, lazy, Suspense, useState } from 'react';
import { DiagnosticList } from './DiagnosticList';
import { Editor } from './Editor';

const Formulas = lazy(() => import('./Formulas'));

const tabs = [
  { id: 'text', label: 'Text' },
  { id: 'formulas', label: 'Formulas' },
] as const;

export function TextPanel() {
  const [shown, setShown] = useState<(typeof tabs)[number]['id']>('text');
  const keyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const other = shown === 'text' ? 'formulas' : 'text';
    setShown(other);
    document.getElementById(`tab-${other}`)?.focus();
  };
  return (
    <section className="panel" id="panel-text" aria-label="Problem" tabIndex={-1}>
      <div className="panel-head">
        <div className="tabs" role="tablist" aria-label="Problem as" onKeyDown={keyDown}>
          {tabs.map(({ id, label }) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`tab-${id}`}
              aria-selected={shown === id}
              aria-controls={`body-${id}`}
              tabIndex={shown === id ? 0 : -1}
              onClick={() => setShown(id)}
            >
              {label}
            </button>
          ))}
        </div>
      </div>
      <div className="text-body" role="tabpanel" id="body-text" aria-labelledby="tab-text" hidden={shown !== 'text'}>
        <Editor />
      </div>
      <div
        className="text-body"
        role="tabpanel"
        id="body-formulas"
        aria-labelledby="tab-formulas"
        hidden={shown !== 'formulas'}
      >
        {shown === 'formulas' && (
          <Suspense fallback={<p className="empty">Typesetting</p>}>
            <Formulas />
          </Suspense>
        )}
      </div>
      <DiagnosticList />
    </section>
  );
}
