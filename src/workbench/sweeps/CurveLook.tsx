/** One swept value: a quantity as a curve, its derivatives as tangents, and where the active set changes. */
import { useMemo } from 'react';
import { formatNumber } from '../format';
import { usePalette } from '../plotly/palette';
import type { Size } from '../use-size';
import { shareOf, spanOf } from './axes';
import { type Curve, changesOf, curveFigure } from './curve-figure';
import { Field, type Places } from './Field';
import { useValue } from './here';
import type { LookProps } from './looks';
import { endOf, failuresOf, labelOf, numbersOf, slopesOf } from './quantity';

export default function CurveLook({ run, quantity, overlays }: LookProps) {
  const palette = usePalette();
  const [axis] = run.definition.axes;
  const tangents = overlays.includes('tangents');
  // The table is the same object throughout: its version says that there is more in it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const curve = useMemo((): Curve | null => {
    const values = numbersOf(run, quantity);
    if (!axis || !values) return null;
    return {
      axis,
      at: run.plan.samples.values,
      values,
      slopes: tangents ? slopesOf(run, quantity, axis.name) : null,
    };
  }, [run.table, run.version, quantity, axis, tangents]);
  const figures = useMemo(() => {
    let known: { readonly size: Size; readonly figures: ReturnType<typeof curveFigure>[] } | null = null;
    return (size: Size) => {
      if (known?.size !== size) known = { size, figures: curve ? [curveFigure(curve, size, palette)] : [] };
      return known.figures;
    };
  }, [curve, palette]);
  const here = useValue(run.problem, axis?.name ?? '');
  if (!axis || !curve) return null;
  const name = labelOf(quantity);
  return (
    <Field
      run={run}
      quantity={quantity}
      label={`${name} over ${axis.name}, ${curve.at.length} instances`}
      names={{ across: axis.name, up: name }}
      figures={figures}
      places={placesOn(curve)}
      marks={
        <>
          {activeChanges(run, curve).map(({ share, words }) => (
            <span
              key={share}
              className="sweep-change"
              data-testid="sweep-change"
              style={{ left: `${100 * share}%` }}
              title={words}
            />
          ))}
          {failuresOf(run).map((row) => (
            <span
              key={row}
              className="sweep-failure"
              data-testid="sweep-failure"
              style={{ left: `${100 * shareOf(axis, curve.at[row] ?? 0)}%` }}
              title={endOf(run, row)?.message}
            >
              ×
            </span>
          ))}
          {here !== null && shareOf(axis, here) >= 0 && shareOf(axis, here) <= 1 && (
            <span
              className="sweep-here"
              style={{ left: `${100 * shareOf(axis, here)}%` }}
              title={`Now ${formatNumber(here)}`}
            />
          )}
        </>
      }
    />
  );
}

function activeChanges(run: LookProps['run'], { axis, at }: Curve) {
  const column = run.table.column('active');
  if (column?.kind !== 'label') return [];
  return changesOf(axis, at, column.values, column.labels.indexOf('unknown')).map(({ share, before, after }) => ({
    share,
    words: `The active set changes: ${column.labels[before]} — ${column.labels[after]}`,
  }));
}

function placesOn({ axis, at, values }: Curve): Places {
  const { low, high } = spanOf(values);
  const last = at.length - 1;
  return {
    nearest: (x) => {
      const distances = Array.from(at, (value) => Math.abs(shareOf(axis, value) - x));
      return distances.indexOf(Math.min(...distances));
    },
    of: (row) => {
      const y = ((values[row] ?? Number.NaN) - low) / (high - low);
      return { x: shareOf(axis, at[row] ?? 0), y: Number.isFinite(y) ? y : 0 };
    },
    next: (row, across) => (row === null ? (across < 0 ? last : 0) : Math.max(0, Math.min(last, row + across))),
  };
}
