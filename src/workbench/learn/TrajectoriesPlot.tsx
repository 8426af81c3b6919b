/** What comes of it: trajectories before and after. */
import { useEffect, useMemo, useRef } from 'react';
import { Plot } from '../plotly/Plot';
import { usePalette } from '../plotly/palette';
import { useSize } from '../use-size';
import { contenderColour } from './loss-figure';
import { useTraining } from './training';
import { type Charts, cellsOf, trajectoriesFigure } from './trajectories-figure';

export function TrajectoriesPlot() {
  const palette = usePalette();
  const [ref, size] = useSize<HTMLDivElement>();
  const opened = useTraining((training) => training.opened);
  const before = useTraining((training) => training.before);
  const now = useTraining((training) => training.now);
  const onScreen = useRef<Charts>(null);
  const charts = useMemo(() => {
    if (!size || !opened || now.length === 0) return null;
    return trajectoriesFigure({ ...opened, before, now, ends: onScreen.current?.ends ?? [] }, size, palette);
  }, [opened, before, now, size, palette]);
  useEffect(() => {
    onScreen.current = charts;
  }, [charts]);
  const names = opened ? [...opened.states, ...opened.controls] : [];
  return (
    <figure className="learn-card">
      <figcaption>
        <h3>Before and after</h3>
        <span className="learn-keys">
          <Key colour="var(--bound)" name="at the start" />
          {opened?.contenders.map((name, i) =>
            now[i] ? (
              <Key key={name} colour={contenderColour(i)} name={now.filter(Boolean).length > 1 ? name : 'now'} />
            ) : null,
          )}
          {opened?.reference && <span>dashed: the expert</span>}
        </span>
      </figcaption>
      <div
        className="learn-area"
        ref={ref}
        role="img"
        data-testid="learn-trajectories"
        aria-label={`Trajectories of ${names.join(', ')} at the start and now`}
      >
        {charts && <Plot figure={charts.figure} patient />}
        {size &&
          cellsOf(names, size).map(({ name, left, top }) => (
            <span key={name} className="learn-name" style={{ left: left + 6, top }}>
              {name}
            </span>
          ))}
      </div>
    </figure>
  );
}

function Key({ colour, name }: { readonly colour: string; readonly name: string }) {
  return (
    <span>
      <i className="swatch" style={{ background: colour }} aria-hidden="true" /> {name}
    </span>
  );
}
