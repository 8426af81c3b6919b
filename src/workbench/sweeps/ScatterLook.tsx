/** A quantity over one of the values that are varied, a point for each instance. */
import { useMemo, useState } from 'react';
import { type Figure, plainLayout } from '../plotly/figure';
import { type Palette, usePalette } from '../plotly/palette';
import type { Size } from '../use-size';
import { heightAxis, numberAxis, spanOf } from './axes';
import { calmOf } from './calm';
import { Field, type Places } from './Field';
import type { LookProps } from './looks';
import { labelOf, numbersOf } from './quantity';
import type { Run } from './sweeping';

/** Points that are drawn; of a Sobol or Latin hypercube sample the first are a sample too. */
const mostDrawn = 4000;

interface Cloud {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export default function ScatterLook({ run, quantity }: LookProps) {
  const palette = usePalette();
  const { names } = run.plan.samples;
  const [wanted, setWanted] = useState('');
  const axis = Math.max(0, names.indexOf(wanted));
  const calm = calmOf(run);
  // What is in the table is another whenever `calm` is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const cloud = useMemo(() => cloudOf(run, quantity, axis), [run.table, calm, quantity, axis]);
  const figures = useMemo(() => (size: Size) => [scatterFigure(cloud, size, palette)], [cloud, palette]);
  const name = names[axis] ?? '';
  const some = cloud.x.length < run.table.count ? `${cloud.x.length} of ${run.table.count}` : `${cloud.x.length}`;
  return (
    <>
      <label className="sweep-layer">
        over
        <select aria-label="Over" value={name} onChange={({ target }) => setWanted(target.value)}>
          {names.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
      <Field
        run={run}
        quantity={quantity}
        label={`${labelOf(quantity)} over ${name}, ${some} instances`}
        names={{ across: name, up: labelOf(quantity) }}
        figures={figures}
        places={placesOn(cloud)}
      />
    </>
  );
}

function cloudOf({ plan, table }: Run, quantity: string, axis: number): Cloud {
  const { names, values } = plan.samples;
  const count = Math.min(mostDrawn, table.count);
  return {
    x: Float64Array.from({ length: count }, (_, n) => values[n * names.length + axis] ?? Number.NaN),
    y: (numbersOf({ table }, quantity) ?? new Float64Array()).slice(0, count),
  };
}

function scatterFigure({ x, y }: Cloud, size: Size, palette: Palette): Figure {
  return {
    data: [
      {
        type: 'scatter',
        mode: 'markers',
        x,
        y,
        marker: { color: palette.colour('var(--accent)'), size: x.length > 1000 ? 3 : 5, opacity: 0.55 },
        hoverinfo: 'skip',
      },
    ],
    layout: {
      ...plainLayout(size, palette),
      xaxis: numberAxis(spanOf(x), size, palette),
      yaxis: heightAxis(spanOf(y), size, palette),
    },
  };
}

function placesOn({ x, y }: Cloud): Places {
  const [across, up] = [spanOf(x), spanOf(y)];
  const of = (row: number) => {
    const place = {
      x: ((x[row] ?? Number.NaN) - across.low) / (across.high - across.low),
      y: ((y[row] ?? Number.NaN) - up.low) / (up.high - up.low),
    };
    return Number.isFinite(place.x + place.y) ? place : null;
  };
  return {
    of,
    nearest: (left, bottom) => {
      let [best, least] = [null as number | null, 0.03 ** 2];
      for (let row = 0; row < x.length; row++) {
        const place = of(row);
        if (!place) continue;
        const distance = (place.x - left) ** 2 + (place.y - bottom) ** 2;
        if (distance < least) [best, least] = [row, distance];
      }
      return best;
    },
    next: (row, right, higher) => {
      const next = row === null ? 0 : row + (right || higher);
      return Math.max(0, Math.min(x.length - 1, next));
    },
  };
}
