/** The loss and the length of the gradient so far. */
import { useMemo } from 'react';
import { ExportMenu } from '../exports/ExportMenu';
import { Plot } from '../plotly/Plot';
import { usePalette } from '../plotly/palette';
import { useSize } from '../use-size';
import { contenderColour, earlierColour, lossFigure } from './loss-figure';
import { useTraining } from './training';
import { trainingExport } from './training-export';

export function LossPlot() {
  const palette = usePalette();
  const [ref, size] = useSize<HTMLDivElement>();
  const opened = useTraining((training) => training.opened);
  const marks = useTraining((training) => training.marks);
  const earlier = useTraining((training) => training.earlier);
  const by = (opened?.contenders.length ?? 1) > 1 ? 'work' : 'step';
  const figure = useMemo(
    () =>
      size && opened && marks.some((path) => path.length > 0)
        ? lossFigure({ marks, earlier, goal: opened.goal, steps: opened.steps, by }, size, palette)
        : null,
    [marks, earlier, opened, by, size, palette],
  );
  const across = by === 'work' ? opened?.unit : 'steps';
  return (
    <figure className="learn-card">
      <figcaption>
        <h3>Loss and length of the gradient</h3>
        {figure && opened && (
          <ExportMenu label="Save the training" from={() => trainingExport(opened, marks, figure, palette)} />
        )}
        <span className="learn-keys">
          {opened &&
            opened.contenders.length > 1 &&
            opened.contenders.map((name, i) => (
              <span key={name}>
                <i className="swatch" style={{ background: contenderColour(i) }} aria-hidden="true" /> {name}
              </span>
            ))}
          {earlier.length > 0 && (
            <span>
              <i className="swatch" style={{ background: earlierColour }} aria-hidden="true" /> before the last change
            </span>
          )}
          <span>dashed: the stated loss; over {across}</span>
        </span>
      </figcaption>
      <div
        className="learn-area"
        ref={ref}
        role="img"
        data-testid="loss-plot"
        aria-label={`Loss and length of the gradient over ${across ?? 'steps'}`}
      >
        {figure && <Plot figure={figure} patient />}
      </div>
    </figure>
  );
}
