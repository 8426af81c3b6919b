/** A solve in numbers. */
import type { ReactNode } from 'react';
import { formatDuration, formatNumber } from '../format';
import type { Picture } from '../protocol';
import { useWorkbench } from '../state/store';
import { methodWords } from './method-words';

export function Numbers({ picture }: { readonly picture: Picture }) {
  const { solution, sensitivities, times, dragged } = picture;
  const method = useWorkbench((state) => (state.problem ? methodWords(state.problem.method) : ''));
  return (
    <dl className="numbers">
      <Entry term="objective" testId="objective">
        {formatNumber(solution.objective, 8)}
      </Entry>
      <Entry term="iterations">{solution.iterations}</Entry>
      {method && (
        <Entry term="method" testId="method">
          {method}
        </Entry>
      )}
      <Entry term="solve">{formatDuration(times.solve)}</Entry>
      <Entry term="derivatives">{sensitivities ? formatDuration(times.sensitivity) : '–'}</Entry>
      {dragged !== null && (
        <Entry
          term="another minimum while dragged"
          testId="dragged"
          title="The problem has several local minima. At rest the one that is found from the guess is shown, so that a link shows the same; the drag had led to another."
        >
          {formatNumber(dragged, 5)}
        </Entry>
      )}
    </dl>
  );
}

/** Those of an iterate on the way. */
export function IterateNumbers({ picture, index }: { readonly picture: Picture; readonly index: number }) {
  const iteration = picture.solution.history[index];
  if (!iteration) return null;
  return (
    <dl className="numbers">
      <Entry term="objective">{formatNumber(iteration.objective, 8)}</Entry>
      <Entry term="infeasibility">{formatNumber(iteration.primalInfeasibility, 2)}</Entry>
      <Entry term="barrier">{formatNumber(iteration.barrier, 2)}</Entry>
    </dl>
  );
}

interface EntryProps {
  readonly term: string;
  readonly testId?: string;
  readonly title?: string;
  readonly children: ReactNode;
}

function Entry({ term, testId, title, children }: EntryProps) {
  return (
    <div title={title}>
      <dt>{term}</dt>
      <dd data-testid={testId}>{children}</dd>
    </div>
  );
}
