/** A chart with its name, what it means, and its value at the time cursor. */
import { formatNumber } from '../format';
import { useTimeCursor } from '../state/time-cursor';
import { Chart, type ChartProps } from './Chart';

interface Props extends ChartProps {
  readonly name: string;
  readonly description: string;
}

export function PlotCard({ name, description, ...chart }: Props) {
  return (
    <figure className="plot" data-testid={`plot-${name}`}>
      <figcaption>
        <span className="swatch" style={{ background: chart.colour }} aria-hidden="true" />
        <span className="name">{name}</span>
        <span className="description" title={description}>
          {description}
        </span>
        <ValueAtCursor values={chart.values} from={chart.from ?? 0} />
      </figcaption>
      <Chart {...chart} />
    </figure>
  );
}

function ValueAtCursor({ values, from }: { readonly values: Float64Array; readonly from: number }) {
  const stage = useTimeCursor((cursor) => cursor.stage);
  const value = stage === null ? undefined : values[stage - from];
  return value === undefined ? null : <output className="reading">{formatNumber(value, 5)}</output>;
}
