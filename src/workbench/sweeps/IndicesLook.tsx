/** Which share of the variance of a quantity each value explains, on its own and with all that it takes part in. */
import { useMemo } from 'react';
import { type Estimate, sobolIndices } from '../../batch';
import { formatNumber } from '../format';
import { usePalette } from '../plotly/palette';
import type { Size } from '../use-size';
import { calmOf } from './calm';
import { Drawing } from './Drawing';
import type { LookProps } from './looks';
import { labelOf, numbersOf } from './quantity';
import { type Bar, type Bars, rowsFigure } from './rows-figure';

/** Terms of all estimates of the bootstrap, so that they do not hold up a frame for long. */
const mostTerms = 3_000_000;
const mostResamples = 400;
const leastResamples = 60;

export default function IndicesLook({ run, quantity }: LookProps) {
  const palette = usePalette();
  const { names } = run.plan.samples;
  const calm = calmOf(run);
  // What is in the table is another whenever `calm` is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const indices = useMemo(() => {
    const values = numbersOf(run, quantity) ?? new Float64Array();
    const resamples = Math.max(leastResamples, Math.min(mostResamples, Math.floor(mostTerms / (values.length + 1))));
    return sobolIndices(values, names.length, { resamples });
  }, [run.table, calm, quantity, names]);
  // The most influential first.
  const order = useMemo(
    () => names.map((_, j) => j).toSorted((a, b) => (indices.total[b]?.value ?? 0) - (indices.total[a]?.value ?? 0)),
    [names, indices],
  );
  const figure = useMemo(() => {
    const rows = (
      estimates: readonly Estimate[],
      shift: number,
      ends: (estimate: Estimate) => [number, number],
    ): Bar[] =>
      order.flatMap((j, row) => {
        const estimate = estimates[j];
        if (!estimate || !Number.isFinite(estimate.value)) return [];
        const [from, to] = ends(estimate);
        return [{ row, shift, from, to }];
      });
    const value = ({ value }: Estimate): [number, number] => [0, value];
    const interval = ({ from, to }: Estimate): [number, number] => [from, to];
    const groups: Bars[] = [
      { name: 'first', colour: 'var(--trace-1)', thickness: 0.3, bars: rows(indices.first, -0.18, value) },
      { name: 'total', colour: 'var(--trace-2)', thickness: 0.3, bars: rows(indices.total, 0.18, value) },
      { name: 'first, interval', colour: 'var(--ink)', thickness: 0, bars: rows(indices.first, -0.18, interval) },
      { name: 'total, interval', colour: 'var(--ink)', thickness: 0, bars: rows(indices.total, 0.18, interval) },
    ];
    const most = Math.max(1, ...groups.flatMap(({ bars }) => bars.map(({ to }) => to)));
    const least = Math.min(0, ...groups.flatMap(({ bars }) => bars.map(({ from }) => from)));
    const span = { low: least - 0.01, high: most + 0.02 };
    const ordered = order.map((j) => names[j] ?? '');
    return (size: Size) => rowsFigure(ordered, groups, span, 0, size, palette);
  }, [order, indices, names, palette]);
  const name = labelOf(quantity);
  const [strongest = 0] = order;
  const total = indices.total[strongest];
  return (
    <Drawing
      run={run}
      label={`Sobol indices of ${name}: ${order.map((j) => `${names[j]} ${formatNumber(indices.first[j]?.value ?? Number.NaN, 2)} alone, ${formatNumber(indices.total[j]?.value ?? Number.NaN, 2)} in all`).join('; ')}`}
      figure={figure}
      beside={
        <ul className="sweep-legend keys" aria-label="Bars">
          <li className="first">on its own</li>
          <li className="total">with all it takes part in</li>
          <li className="interval">95 % of the bootstrap</li>
        </ul>
      }
    >
      {total && Number.isFinite(total.value) ? (
        <span className="whole">
          {names[strongest]} takes part in {formatNumber(100 * total.value, 2)} % of the variance of {name} (
          {formatNumber(100 * total.from, 2)} to {formatNumber(100 * total.to, 2)} %). Mean {formatNumber(indices.mean)}
          , standard deviation {formatNumber(Math.sqrt(indices.variance), 3)}, from {indices.blocks} blocks
          {run.definition.count / (names.length + 2) > indices.blocks && run.stage !== 'running'
            ? '; blocks with an instance that did not converge do not count'
            : ''}
          .
        </span>
      ) : (
        <span className="whole">
          {run.stage === 'running' ? 'Estimates appear as blocks are complete.' : `${name} does not vary.`}
        </span>
      )}
    </Drawing>
  );
}
