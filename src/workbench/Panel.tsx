/** A part of the page with a heading and, beside it, its tools. */
import type { ReactNode } from 'react';

export type PanelId = 'text' | 'parameters' | 'plots' | 'sensitivities' | 'sweep';

interface Props {
  readonly id: PanelId;
  readonly title: string;
  /** Stands where the heading is, with the other panels that have the same place. */
  readonly choice?: ReactNode;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

export function Panel({ id, title, choice, tools, children }: Props) {
  return (
    <section className="panel" id={`panel-${id}`} aria-labelledby={`heading-${id}`} tabIndex={-1}>
      <header className="panel-head">
        <h2 id={`heading-${id}`} className={choice ? 'visually-hidden' : undefined}>
          {title}
        </h2>
        {choice}
        {tools && <div className="tools">{tools}</div>}
      </header>
      {children}
    </section>
  );
}
