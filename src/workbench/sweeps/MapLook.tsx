/** Two swept values: a quantity as a map, with what its derivatives and active sets say upon it. */
import { useMemo, useState } from 'react';
import { formatNumber } from '../format';
import type { Figure } from '../plotly/figure';
import { usePalette } from '../plotly/palette';
import { extent } from '../plots/axis';
import type { Size } from '../use-size';
import { shareOf } from './axes';
import { Field } from './Field';
import { bordersOf, gridOf, halfCell, placesOn } from './grid2';
import { useValue } from './here';
import type { LookProps } from './looks';
import { MapLegend, RegionLegend } from './MapLegend';
import { cellsFigure, contoursFigure, uponFigure } from './map-figure';
import { failuresOf, labelOf, numbersOf, slopesOf } from './quantity';
import { regionColours, regionScale, scaleFor, shade, shadingOf } from './shading';

const nothing = new Float64Array();

export default function MapLook({ run, quantity, overlays }: LookProps) {
  const palette = usePalette();
  const { axes } = run.definition;
  const [, , third] = axes;
  const [wanted, setLayer] = useState<number | null>(null);
  const layer = third ? Math.min(wanted ?? Math.floor(third.count / 2), third.count - 1) : 0;
  const grid = useMemo(() => gridOf(axes, run.plan.samples.values, layer), [axes, run.plan, layer]);
  const { table, version } = run;
  const regions = quantity === 'active';
  const resting = run.stage !== 'running';

  // The table is the same object throughout: its version says that there is more in it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const values = useMemo(() => numbersOf({ table }, quantity) ?? nothing, [table, version, quantity]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const active = useMemo(() => {
    const column = table.column('active');
    if (column?.kind !== 'label') return null;
    return { labels: [...column.labels], places: column.values.slice(), unknown: column.labels.indexOf('unknown') };
  }, [table, version]);
  const shading = useMemo(() => shadingOf(quantity, values), [quantity, values]);
  // Lines upon the cells wait until these are all there.
  const still = resting ? version : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const upon = useMemo(() => {
    const [across, up] = axes;
    if (!grid || !across || !up || still === null) return null;
    const slopes = { across: slopesOf({ table }, quantity, across.name), up: slopesOf({ table }, quantity, up.name) };
    const borders = active && (regions || overlays.includes('active'));
    return {
      contours: !regions && overlays.includes('contours'),
      borders: borders ? bordersOf(grid, active.places, active.unknown) : null,
      gradient:
        overlays.includes('gradient') && slopes.across && slopes.up
          ? {
              across: slopes.across,
              up: slopes.up,
              scale: Math.max(
                ...[extent(values)].flatMap((range) => (range ? [Math.abs(range.low), Math.abs(range.high)] : [0])),
              ),
            }
          : null,
      failures: failuresOf({ table }),
    };
  }, [grid, axes, table, still, quantity, values, overlays, regions]);

  const cells = useMemo(
    () => (size: Size) => {
      if (!grid) return null;
      const shades = regions
        ? (row: number) => {
            const label = active?.places[row] ?? -1;
            return label < 0 || label === active?.unknown ? Number.NaN : (label % regionColours) / (regionColours - 1);
          }
        : (row: number) => shade(shading, values[row] ?? Number.NaN);
      return cellsFigure(grid, shades, regions ? regionScale(palette) : scaleFor(shading, palette), size, palette);
    },
    [grid, regions, active, shading, values, palette],
  );
  const lines = useMemo(
    () =>
      (size: Size): Figure[] =>
        grid && upon
          ? [
              ...(upon.contours ? [contoursFigure(grid, values, size, palette)] : []),
              uponFigure(grid, upon, size, palette),
            ]
          : [],
    [grid, upon, values, palette],
  );
  const figures = useLayers(cells, lines);
  const places = useMemo(() => grid && placesOn(grid), [grid]);
  const here = [useValue(run.problem, axes[0]?.name ?? ''), useValue(run.problem, axes[1]?.name ?? '')] as const;
  if (!grid || !places) return null;
  const name = regions ? 'active set' : labelOf(quantity);
  return (
    <>
      {third && (
        <label className="sweep-layer">
          {third.name} = {formatNumber(run.plan.samples.values[grid.row(0, 0) * axes.length + 2] ?? 0, 3)}
          <input
            className="slider"
            type="range"
            aria-label={third.name}
            min={0}
            max={third.count - 1}
            value={layer}
            onChange={({ target }) => setLayer(Number(target.value))}
          />
        </label>
      )}
      <Field
        run={run}
        quantity={quantity}
        label={`${name} over ${grid.across.name} and ${grid.up.name}, ${grid.across.count} by ${grid.up.count} instances`}
        names={{ across: grid.across.name, up: grid.up.name }}
        figures={figures}
        places={places}
        marks={<Here at={here} grid={grid} />}
        beside={regions ? <RegionLegend run={run} /> : <MapLegend shading={shading} name={name} />}
      />
    </>
  );
}

/** The layers anew only where their own numbers, or the size, have changed. */
function useLayers(cells: (size: Size) => Figure | null, lines: (size: Size) => Figure[]) {
  return useMemo(() => {
    const below = remembered(cells);
    const above = remembered(lines);
    return (size: Size): Figure[] => [...(below(size) ? [below(size) as Figure] : []), ...above(size)];
  }, [cells, lines]);
}

function remembered<Result>(make: (size: Size) => Result): (size: Size) => Result {
  let known: { readonly size: Size; readonly result: Result } | null = null;
  return (size) => {
    if (known?.size !== size) known = { size, result: make(size) };
    return known.result;
  };
}

interface HereProps {
  readonly at: readonly [number | null, number | null];
  readonly grid: NonNullable<ReturnType<typeof gridOf>>;
}

/** The problem on screen. */
function Here({ at: [x, y], grid: { across, up } }: HereProps) {
  if (x === null || y === null) return null;
  const [left, bottom] = [
    (shareOf(across, x) + halfCell(across)) / (1 + 2 * halfCell(across)),
    (shareOf(up, y) + halfCell(up)) / (1 + 2 * halfCell(up)),
  ];
  if (!(left >= 0 && left <= 1 && bottom >= 0 && bottom <= 1)) return null;
  return (
    <span
      className="sweep-here point"
      style={{ left: `${100 * left}%`, bottom: `${100 * bottom}%` }}
      title={`Now ${formatNumber(x)}, ${formatNumber(y)}`}
    />
  );
}
