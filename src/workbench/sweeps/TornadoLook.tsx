/** How far each value moves a quantity on its own, from one end of its range to the other. */
import { useMemo } from 'react';
import { formatNumber } from '../format';
import { usePalette } from '../plotly/palette';
import type { Size } from '../use-size';
import { spanOf } from './axes';
import { Drawing } from './Drawing';
import type { LookProps } from './looks';
import { failuresOf, labelOf, numbersOf } from './quantity';
import { type Bars, rowsFigure } from './rows-figure';

interface Reach {
  readonly name: string;
  readonly low: number;
  readonly high: number;
}

export default function TornadoLook({ run, quantity }: LookProps) {
  const palette = usePalette();
  const { names } = run.plan.samples;
  // The table is the same object throughout: its version says that there is more in it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const { base, reaches } = useMemo(() => {
    const values = numbersOf(run, quantity) ?? new Float64Array();
    const [base = Number.NaN] = values;
    const reaches = names
      .map((name, j): Reach => ({ name, low: values[1 + 2 * j] ?? Number.NaN, high: values[2 + 2 * j] ?? Number.NaN }))
      .toSorted((a, b) => width(b, base) - width(a, base));
    return { base, reaches };
  }, [run.table, run.version, quantity, names]);
  const figure = useMemo(() => {
    const group = (name: string, colour: string, end: (reach: Reach) => number): Bars => ({
      name,
      colour,
      thickness: 0.62,
      bars: reaches.flatMap((reach, row) =>
        Number.isFinite(base + end(reach)) ? [{ row, shift: 0, from: base, to: end(reach) }] : [],
      ),
    });
    const groups = [
      group('at the lower end', 'var(--negative)', ({ low }) => low),
      group('at the upper end', 'var(--positive)', ({ high }) => high),
    ];
    const span = spanOf([base, ...reaches.flatMap(({ low, high }) => [low, high])]);
    return (size: Size) =>
      rowsFigure(
        reaches.map(({ name }) => name),
        groups,
        span,
        base,
        size,
        palette,
      );
  }, [reaches, base, palette]);
  const name = labelOf(quantity);
  const [widest] = reaches;
  const failed = failuresOf(run).length;
  return (
    <Drawing
      run={run}
      label={`Tornado of ${name}: ${reaches.map((reach) => `${reach.name} from ${formatNumber(reach.low)} to ${formatNumber(reach.high)}`).join('; ')}`}
      figure={figure}
      beside={
        <ul className="sweep-legend keys" aria-label="Bars">
          <li className="lower">at the lower end</li>
          <li className="upper">at the upper end</li>
        </ul>
      }
    >
      <span className="whole">
        {name} is {formatNumber(base)} at the values of the sliders
        {widest && Number.isFinite(width(widest, base)) && (
          <>
            ; {widest.name} moves it most, from {formatNumber(widest.low)} to {formatNumber(widest.high)}
          </>
        )}
        .{failed > 0 && ` ${failed} ends did not converge and have no bar.`}
      </span>
    </Drawing>
  );
}

function width({ low, high }: Reach, base: number): number {
  const ends = [base, low, high].filter(Number.isFinite);
  return Math.max(...ends) - Math.min(...ends);
}
