/** One derivative over time, chosen in the heatmap. */
import { useMemo } from 'react';
import { ChartGroup } from '../plots/ChartGroup';
import type { Picture, ProblemView } from '../protocol';
import type { Quantity } from '../quantities';
import { useWorkbench } from '../state/store';
import { derivativeOf } from './cells';

interface Props {
  readonly problem: ProblemView;
  readonly picture: Picture;
  readonly quantities: readonly Quantity[];
}

export function Derivative({ problem, picture, quantities }: Props) {
  const chosen = useWorkbench((state) => state.view.derivative);
  const holdRange = useWorkbench((state) => state.dragging);
  const charts = useMemo(() => {
    const columns = picture.sensitivities?.columns ?? [];
    // Until one is chosen: the first control, or else the first state.
    const fallback = quantities.find(({ kind }) => kind === 'control') ?? quantities[0];
    const quantity = quantities.find(({ name }) => name === chosen?.quantity) ?? fallback;
    const column = Math.max(0, columns.indexOf(chosen?.column ?? ''));
    const values = quantity && derivativeOf(problem, picture, quantity, column);
    if (!quantity || !values) return [];
    const name = `∂${quantity.name}/∂${columns[column]}`;
    return [
      {
        key: name,
        testId: 'derivative',
        name,
        description: chosen ? 'over time' : 'click a cell for another',
        label: `derivative of ${quantity.name} with respect to ${columns[column]} over time`,
        t: picture.solution.t,
        values,
        from: 0,
        step: quantity.kind === 'control',
        colour: quantity.colour,
        bounds: [],
        ghost: null,
      },
    ];
  }, [problem, picture, quantities, chosen]);
  return <ChartGroup className="derivative" charts={charts} holdRange={holdRange} patient />;
}
