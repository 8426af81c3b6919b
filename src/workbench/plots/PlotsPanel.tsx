/** States, controls and constraints over time, one chart each; arrow keys move the time cursor through all of them. */
import { type KeyboardEvent, useMemo } from 'react';
import { ExportMenu } from '../exports/ExportMenu';
import { Panel } from '../Panel';
import { usePalette } from '../plotly/palette';
import type { Picture, ProblemView } from '../protocol';
import { alongStages, boundOf, quantitiesOf, trajectoryOf } from '../quantities';
import { showCostates } from '../state/actions';
import { useWorkbench } from '../state/store';
import { pointAt, useTimeCursor } from '../state/time-cursor';
import { ChartGroup } from './ChartGroup';
import type { Chart } from './chart';
import { trajectoriesExport } from './charts-export';

export function PlotsPanel() {
  const problem = useWorkbench((state) => state.problem);
  const picture = useWorkbench((state) => state.picture);
  const before = useWorkbench((state) => state.before);
  const holdRange = useWorkbench((state) => state.dragging);
  const costates = useWorkbench((state) => state.view.costates);
  const stale = useWorkbench((state) => state.stale || state.failure !== null);
  const palette = usePalette();
  const charts = useMemo(
    () => (problem && picture ? chartsOf(problem, picture, before, costates) : []),
    [problem, picture, before, costates],
  );
  return (
    <Panel
      id="plots"
      title="Trajectories"
      tools={
        <>
          <label className="check">
            <input type="checkbox" checked={costates} onChange={(event) => showCostates(event.target.checked)} />
            Costates
          </label>
          {problem && picture && (
            <ExportMenu
              label="Save the trajectories"
              from={() => trajectoriesExport(problem, picture, charts, palette)}
            />
          )}
        </>
      }
    >
      <ChartGroup
        className="plots"
        charts={charts}
        holdRange={holdRange}
        unsolved={picture !== null && !picture.sensitivities}
        data-stale={stale || undefined}
        role="group"
        aria-label="Trajectories. The arrow keys move the time cursor."
        // The time cursor is moved from here.
        tabIndex={0}
        onKeyDown={moveCursor}
        onBlur={() => pointAt(null)}
      />
    </Panel>
  );
}

function chartsOf(problem: ProblemView, picture: Picture, before: Picture | null, costates: boolean): Chart[] {
  const { t } = picture.solution;
  const quantities = quantitiesOf(problem);
  const bounds = problem.constraints.map((constraint, i) => ({
    ...boundOf(constraint, i, picture),
    variable: constraint.variable,
    values: picture.constraints[i]?.values ?? new Float64Array(),
  }));
  return [
    ...quantities.map((quantity) => {
      const { kind, name, description, colour } = quantity;
      const step = kind === 'control';
      return {
        key: `${kind} ${name}`,
        ...named(name, description, `${kind} ${name} over time`),
        t,
        values: trajectoryOf(quantity, problem, picture),
        from: 0,
        step,
        colour,
        bounds: bounds
          .filter(({ variable }) => variable === name)
          // A control holds until the next stage, and so does its bound.
          .map((bound) => (step ? { ...bound, to: bound.to + 1 } : bound)),
        ghost: before && trajectoryOf(quantity, problem, before),
      };
    }),
    ...bounds
      .filter(({ variable }) => variable === null)
      .map((bound) => ({
        key: `constraint ${bound.label}`,
        ...named(bound.label, 'constraint', `constraint ${bound.label} over time`),
        t,
        values: bound.values,
        from: bound.from,
        step: false,
        colour: 'var(--ink-2)',
        bounds: [bound],
        ghost: null,
      })),
    ...(costates ? problem.states : []).map(({ name }, i) => ({
      key: `costate ${name}`,
      ...named(`λ ${name}`, `costate of ${name}`, `costate of ${name} over time`),
      t,
      values: alongStages(picture.solution.costates, problem.states.length, i, problem.steps + 1),
      from: 0,
      step: false,
      colour: quantities[i]?.colour ?? 'var(--ink-2)',
      bounds: [],
      ghost: null,
    })),
  ];
}

function named(name: string, description: string, label: string) {
  return { testId: `plot-${name}`, name, description, label };
}

function moveCursor(event: KeyboardEvent): void {
  const last = useWorkbench.getState().problem?.steps ?? 0;
  const stage = useTimeCursor.getState().stage;
  const to: Record<string, number | null> = {
    ArrowRight: stage === null ? 0 : Math.min(last, stage + 1),
    ArrowLeft: stage === null ? last : Math.max(0, stage - 1),
    Home: 0,
    End: last,
    Escape: null,
  };
  const next = to[event.key];
  if (next === undefined) return;
  event.preventDefault();
  pointAt(next);
}
