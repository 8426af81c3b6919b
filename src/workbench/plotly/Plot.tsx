/** A figure on the page. Its place is there from the beginning; it is filled once Plotly is. */
import { useLayoutEffect, useRef, useState } from 'react';
import type { Figure } from './figure';
import { Painter } from './painter';

interface Props {
  /** A new object is a new drawing: figures are built in `useMemo`. */
  readonly figure: Figure;
  /** Follows a drag with part of its frames, so that others can follow with all of them. */
  readonly patient?: boolean;
}

export function Plot({ figure, patient = false }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const painter = useRef<Painter>(null);
  const [failed, setFailed] = useState(false);

  useLayoutEffect(() => {
    if (!element.current) return;
    const own = new Painter(element.current, patient, () => setFailed(true));
    painter.current = own;
    return () => own.close();
  }, [patient]);

  useLayoutEffect(() => painter.current?.draw(figure), [figure]);

  return (
    <>
      <div className="drawing" ref={element} aria-hidden="true" />
      {failed && <p className="empty">The plots could not be loaded. Reload the page once the network is back.</p>}
    </>
  );
}
