/** The iterates of the last solve. */
import { useEffect, useRef } from 'react';
import type { Iteration } from '../../solver';
import { formatNumber } from '../format';
import { useWorkbench } from '../state/store';

const columns = [
  'iteration',
  'objective',
  'primal infeasibility',
  'dual infeasibility',
  'complementarity',
  'barrier',
  'primal step',
  'dual step',
  'regularisation',
  'trials',
] as const;

export function IterationTable({ history }: { readonly history: readonly Iteration[] }) {
  const scrubbed = useWorkbench((state) => state.scrubbed?.index);
  const rows = useRef<HTMLTableSectionElement>(null);
  useEffect(() => {
    if (scrubbed !== undefined) rows.current?.children[scrubbed]?.scrollIntoView({ block: 'nearest' });
  }, [scrubbed]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it
    <section className="iterations" aria-label="Iterations" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={rows}>
          {history.map((iteration, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is the number of the iteration
            <tr key={i} aria-current={i === scrubbed || undefined}>
              <th scope="row">{i}</th>
              <td>{formatNumber(iteration.objective, 7)}</td>
              <td>{formatNumber(iteration.primalInfeasibility, 2)}</td>
              <td>{formatNumber(iteration.dualInfeasibility, 2)}</td>
              <td>{formatNumber(iteration.complementarity, 2)}</td>
              <td>{formatNumber(iteration.barrier, 2)}</td>
              <td>{formatNumber(iteration.stepPrimal, 3)}</td>
              <td>{formatNumber(iteration.stepDual, 3)}</td>
              <td>{formatNumber(iteration.regularisation, 2)}</td>
              <td>{iteration.trials}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
