/** A drawing of a sweep as a whole, in which no instance is chosen. */
import type { ReactNode } from 'react';
import { ExportMenu } from '../exports/ExportMenu';
import type { Figure } from '../plotly/figure';
import { Plot } from '../plotly/Plot';
import { usePalette } from '../plotly/palette';
import { type Size, useSize } from '../use-size';
import { sweepExport } from './sweep-export';
import type { Run } from './sweeping';

interface Props {
  readonly run: Run;
  readonly label: string;
  readonly figure: (size: Size) => Figure;
  readonly beside?: ReactNode;
  /** Read below. */
  readonly children: ReactNode;
}

export function Drawing({ run, label, figure, beside, children }: Props) {
  const palette = usePalette();
  const [ref, size] = useSize<HTMLDivElement>();
  const room = size && size.width > 120 && size.height > 100 ? size : null;
  return (
    <div className="sweep-look">
      <div className="sweep-drawing">
        <div className="sweep-chart" ref={ref} role="img" aria-label={label} data-testid="sweep-chart">
          {room && <Plot figure={figure(room)} />}
        </div>
        {beside}
      </div>
      <div className="sweep-foot">
        <p className="sweep-reading" data-testid="sweep-reading" role="status">
          {children}
        </p>
        <ExportMenu label="Save the sweep" from={() => sweepExport(run, label, (at) => [figure(at)], palette)} />
      </div>
    </div>
  );
}
