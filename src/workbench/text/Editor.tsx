/** The editor: at once a plain field with the text in it, and a moment later, when its code has arrived, the real one. */
import { lazy, Suspense } from 'react';
import { PlainEditor } from './PlainEditor';

const CodeEditor = lazy(async () => {
  await painted();
  return import('./CodeEditor');
});

export function Editor() {
  return (
    <div className="editor">
      <Suspense fallback={<PlainEditor />}>
        <CodeEditor />
      </Suspense>
    </div>
  );
}

/** The first paint comes before the code of the editor. */
function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
