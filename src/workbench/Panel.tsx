/** A part of the page with a heading and, beside it, its tools. */
import type { ReactNode } from 'react';

export type PanelId = 'text' | 'parameters' | 'plots' | 'sensitivities';

interface Props {
  readonly id: PanelId;
  readonly title: string;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

export function Panel({ id, title, tools, children }: Props) {
  return (
    <section className="panel" id={`panel-${id}`} aria-labelledby={`heading-${id}`} tabIndex={-1}>
      <header className="panel-head">
        <h2 id={`heading-${id}`}>{title}</h2>
        {tools && <div className="tools">{tools}</div>}
      </header>
      {children}
    </section>
  );
}
