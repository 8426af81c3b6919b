/** Which groups of charts are drawn: any of them, each with a switch of its own. */
import { useMemo } from 'react';
import { initialPlots } from '../../sharing';
import type { ProblemView } from '../protocol';
import { setPlots, showCostates } from '../state/actions';
import { useWorkbench } from '../state/store';
import { type ChartGroupName, chartGroups, groupsOf } from './charts';

export function GroupSwitch({ problem }: { readonly problem: ProblemView }) {
  const shown = useShownGroups();
  const present = groupsOf(problem);
  return (
    <fieldset className="segmented groups">
      <legend className="visually-hidden">Shown over time</legend>
      {chartGroups
        .filter(({ name }) => present.has(name))
        .map(({ name, label, title }) => (
          <label key={name} title={title}>
            <input type="checkbox" checked={shown.has(name)} onChange={(event) => show(name, event.target.checked)} />
            <span>{label}</span>
          </label>
        ))}
    </fieldset>
  );
}

export function useShownGroups(): ReadonlySet<ChartGroupName> {
  const costates = useWorkbench((state) => state.view.costates);
  const { groups } = useWorkbench((state) => state.view.plots ?? initialPlots);
  return useMemo(() => new Set([...groups, ...(costates ? (['costates'] as const) : [])]), [groups, costates]);
}

function show(group: ChartGroupName, visible: boolean): void {
  if (group === 'costates') {
    showCostates(visible);
    return;
  }
  const { groups } = useWorkbench.getState().view.plots ?? initialPlots;
  // In one order, whatever the order of the clicks.
  const order = chartGroups.flatMap(({ name }) => (name === 'costates' ? [] : [name]));
  setPlots({ groups: order.filter((name) => (name === group ? visible : groups.includes(name))) });
}
