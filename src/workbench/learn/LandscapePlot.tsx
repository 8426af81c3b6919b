/** The path of the parameters over the landscape of the loss. */
import { useMemo } from 'react';
import { Plot } from '../plotly/Plot';
import { usePalette } from '../plotly/palette';
import { useSize } from '../use-size';
import { cellsFigure, lossColours, pathFigure } from './landscape-figure';
import { type Mark, side } from './protocol';
import { useTraining } from './training';

export function LandscapePlot() {
  const palette = usePalette();
  const [ref, size] = useSize<HTMLDivElement>();
  const opened = useTraining((training) => training.opened);
  const marks = useTraining((training) => training.marks[0]);
  const earlier = useTraining((training) => training.earlier);
  const landscape = useTraining((training) => training.landscape);
  const cells = useMemo(
    () => (size && landscape ? cellsFigure(landscape.cells, side, size, palette) : null),
    [landscape, size, palette],
  );
  const path = useMemo(
    () =>
      size && opened
        ? pathFigure({ ...opened, values: valuesOf(marks), earlier: valuesOf(earlier) }, size, palette)
        : null,
    [marks, earlier, opened, size, palette],
  );
  const names = opened?.axes.map(({ name }) => name) ?? [];
  const gradient = `linear-gradient(to right, ${lossColours(palette)
    .map(([, colour]) => colour)
    .join(', ')})`;
  const others = opened && opened.learned.length > 2 && landscape;
  return (
    <figure className="learn-card">
      <figcaption>
        <h3>
          Loss over {names[0]} (across) and {names[1]} (up)
        </h3>
        <span className="learn-keys">
          <span>
            low <i className="learn-scale" style={{ background: gradient }} aria-hidden="true" /> high
          </span>
          {others && <span>the others as at step {landscape.step}</span>}
          {landscape && !landscape.done && <span>being surveyed…</span>}
        </span>
      </figcaption>
      <div
        className="learn-area layered"
        ref={ref}
        role="img"
        data-testid="landscape"
        data-surveyed={landscape?.done || undefined}
        aria-label={`The loss over ${names.join(' and ')}, and the path of the parameters across it`}
      >
        {cells && <Plot figure={cells} patient />}
        {path && <Plot figure={path} patient />}
      </div>
    </figure>
  );
}

function valuesOf(marks: readonly Mark[] = []): readonly Float64Array[] {
  return marks.flatMap(({ values }) => (values ? [values] : []));
}
