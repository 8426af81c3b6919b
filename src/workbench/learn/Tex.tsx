/** A formula, within a line or on one of its own. */
import 'katex/dist/katex.min.css';
import katex from 'katex';
import { useLayoutEffect, useRef } from 'react';

interface Props {
  /** LaTeX. */
  readonly of: string;
  readonly display?: boolean;
}

export function Tex({ of, display = false }: Props) {
  const host = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (host.current) katex.render(of, host.current, { displayMode: display, fleqn: display, throwOnError: false });
  }, [of, display]);
  return <span className={display ? 'tex-line' : undefined} ref={host} />;
}
