/** What the colours of a map mean. */
import { formatNumber } from '../format';
import { usePalette } from '../plotly/palette';
import { gradient } from '../sensitivities/colours';
import { regionColour, type Shading } from './shading';
import type { Run } from './sweeping';

interface Props {
  readonly shading: Shading;
  readonly name: string;
}

export function MapLegend({ shading: { scheme, range, logarithmic }, name }: Props) {
  const { dark } = usePalette();
  const read = (end: number) => formatNumber(logarithmic ? 10 ** end : end, 3);
  return (
    <div className="sweep-legend">
      <span className="name">{name}</span>
      <span>{read(range.high)}</span>
      <span className="ramp" style={{ background: gradient(dark ? 'dark' : 'light', scheme, 'top') }} />
      <span>{read(range.low)}</span>
    </div>
  );
}

/** Regions that are listed. */
const listed = 12;

/** Active sets, the most frequent first. */
export function RegionLegend({ run: { table } }: { readonly run: Run }) {
  const palette = usePalette();
  const column = table.column('active');
  if (column?.kind !== 'label') return null;
  const counts = new Map<number, number>();
  for (const label of column.values) if (label >= 0) counts.set(label, (counts.get(label) ?? 0) + 1);
  const regions = [...counts].filter(([label]) => column.labels[label] !== 'unknown').toSorted(([, a], [, b]) => b - a);
  return (
    <div className="sweep-legend regions">
      <span className="name">{regions.length} active sets</span>
      <ul aria-label="Active sets, with the number of instances">
        {regions.slice(0, listed).map(([label, count]) => (
          <li key={label} title={column.labels[label]}>
            <span className="swatch" style={{ background: regionColour(label, palette) }} aria-hidden="true" />
            {count} × {column.labels[label]}
          </li>
        ))}
        {regions.length > listed && <li>and {regions.length - listed} more</li>}
      </ul>
    </div>
  );
}
