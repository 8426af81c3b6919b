/** The iterations as a picture; the table has the numbers. */
import { useMemo } from 'react';
import type { Iteration } from '../../solver';
import { Plot } from '../plotly/Plot';
import { usePalette } from '../plotly/palette';
import { useWorkbench } from '../state/store';
import { useSize } from '../use-size';
import { convergenceFigure, residuals, steps } from './convergence-figure';

export function ConvergencePlot({ history }: { readonly history: readonly Iteration[] }) {
  const palette = usePalette();
  const [ref, size] = useSize<HTMLDivElement>();
  const scrubbed = useWorkbench((state) => state.scrubbed?.index ?? null);
  const figure = useMemo(
    () => (size && size.width > 200 ? convergenceFigure(history, scrubbed, size, palette) : null),
    [history, scrubbed, size, palette],
  );
  return (
    <figure className="convergence" data-testid="convergence">
      <figcaption>
        {[...residuals, ...steps].map(({ name, colour }) => (
          <span key={name}>
            <i className="swatch" style={{ background: colour }} aria-hidden="true" /> {name}
          </span>
        ))}
      </figcaption>
      <div className="convergence-area" ref={ref} role="img" aria-label="Residuals and step lengths of every iteration">
        {figure && <Plot figure={figure} />}
      </div>
    </figure>
  );
}
