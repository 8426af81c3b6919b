/** One derivative over time, chosen in the map. */
import { useMemo } from 'react';
import { ChartGroup } from '../plots/ChartGroup';
import { useWorkbench } from '../state/store';
import { derivativeOf } from './cells';
import { isObjective, type Subject } from './subjects';
import type { Shown } from './use-shown';

export function Derivative({ shown }: { readonly shown: Shown }) {
  const chosen = useWorkbench((state) => state.view.derivative);
  const holdRange = useWorkbench((state) => state.dragging);
  const charts = useMemo(() => {
    const { problem, picture, derivatives, subjects } = shown;
    const { columns } = derivatives;
    const subject = subjectOf(subjects, chosen?.quantity);
    const column = Math.max(0, columns.indexOf(chosen?.column ?? ''));
    if (!subject) return [];
    const name = `∂${subject.name}/∂${columns[column]}`;
    return [
      {
        key: name,
        testId: 'derivative',
        name,
        description: chosen ? 'over time' : 'click a cell for another',
        label: `derivative of ${subject.name} with respect to ${columns[column]} over time`,
        t: picture.solution.t,
        values: derivativeOf(problem, derivatives, subject, column),
        from: 0,
        step: subject.kind === 'control',
        colour: subject.colour,
        bounds: [],
        ghost: null,
        quantity: subject.id,
        column: columns[column],
      },
    ];
  }, [shown, chosen]);
  return <ChartGroup className="derivative" charts={charts} holdRange={holdRange} patient />;
}

/** Until one is chosen: the first control, or else the first of all. */
function subjectOf(subjects: readonly Subject[], id: string | undefined): Subject | undefined {
  const timed = subjects.filter((subject) => !isObjective(subject));
  return timed.find((subject) => subject.id === id) ?? timed.find(({ kind }) => kind === 'control') ?? timed[0];
}
