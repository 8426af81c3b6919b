/** The iterates of the last solve. */
import { useEffect, useRef } from 'react';
import type { Iteration } from '../../solver';
import { formatNumber } from '../format';
import { useWorkbench } from '../state/store';
import { iterationWords } from './iteration-words';

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
            <th scope="col">iteration</th>
            {iterationWords.map(({ key, word }) => (
              <th key={key} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={rows}>
          {history.map((iteration, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is the number of the iteration
            <tr key={i} aria-current={i === scrubbed || undefined}>
              <th scope="row">{i}</th>
              {iterationWords.map(({ key, digits }) => (
                <td key={key}>{formatNumber(iteration[key], digits)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
