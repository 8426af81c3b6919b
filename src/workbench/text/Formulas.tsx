/** The problem as it stands on paper. Text that does not compile keeps the last formulas, greyed. */
import 'katex/dist/katex.min.css';
import katex from 'katex';
import { useEffect, useRef, useState } from 'react';
import type { Typeset } from '../../language';
import { typesetText } from '../state/solving';
import { useWorkbench } from '../state/store';

const pauseMs = 100;

export default function Formulas() {
  const text = useWorkbench((state) => state.text);
  const stale = useWorkbench((state) => state.stale);
  const [typeset, setTypeset] = useState<Typeset | null>(null);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(async () => {
      const next = await typesetText(text);
      if (current && next) setTypeset(next);
    }, pauseMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text]);
  if (!typeset) return <p className="empty">The text has to compile before it can be typeset.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it
    <div className="formulas" data-stale={stale || undefined} data-testid="formulas" tabIndex={0}>
      <h3>{typeset.title}</h3>
      {typeset.sections.map(({ label, latex }) => (
        <section key={label}>
          <h4>{label}</h4>
          <Formula latex={latex} />
        </section>
      ))}
    </div>
  );
}

function Formula({ latex }: { readonly latex: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current) katex.render(latex, host.current, { displayMode: true, fleqn: true, throwOnError: false });
  }, [latex]);
  return <div className="formula" ref={host} />;
}
