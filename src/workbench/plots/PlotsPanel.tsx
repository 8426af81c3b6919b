/** States, controls and constraints over time, one chart each; arrow keys move the time cursor through all of them. */
import { type KeyboardEvent, useMemo } from 'react';
import { Panel } from '../Panel';
import type { Picture, ProblemView } from '../protocol';
import { alongStages, boundOf, quantitiesOf, trajectoryOf } from '../quantities';
import { showCostates } from '../state/actions';
import { useWorkbench } from '../state/store';
import { pointAt, useTimeCursor } from '../state/time-cursor';
import { PlotCard } from './PlotCard';

export function PlotsPanel() {
  const problem = useWorkbench((state) => state.problem);
  const picture = useWorkbench((state) => state.picture);
  const costates = useWorkbench((state) => state.view.costates);
  const stale = useWorkbench((state) => state.stale || state.failure !== null);
  return (
    <Panel
      id="plots"
      title="Trajectories"
      tools={
        <label className="check">
          <input type="checkbox" checked={costates} onChange={(event) => showCostates(event.target.checked)} />
          Costates
        </label>
      }
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a group of charts is not a set of form fields */}
      <div
        className="plots"
        data-stale={stale || undefined}
        data-unsolved={(picture && !picture.sensitivities) || undefined}
        role="group"
        aria-label="Trajectories. The arrow keys move the time cursor."
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the time cursor is moved from here
        tabIndex={0}
        onKeyDown={moveCursor}
        onBlur={() => pointAt(null)}
      >
        {problem && picture && <Plots problem={problem} picture={picture} costates={costates} />}
      </div>
    </Panel>
  );
}

interface PlotsProps {
  readonly problem: ProblemView;
  readonly picture: Picture;
  readonly costates: boolean;
}

function Plots({ problem, picture, costates }: PlotsProps) {
  const quantities = useMemo(() => quantitiesOf(problem), [problem]);
  const holdRange = useWorkbench((state) => state.dragging);
  const before = useWorkbench((state) => state.before);
  const { t } = picture.solution;
  const bounds = problem.constraints.map((constraint, i) => ({
    ...boundOf(constraint, i, picture),
    variable: constraint.variable,
    values: picture.constraints[i]?.values ?? new Float64Array(),
  }));
  return (
    <>
      {quantities.map((quantity) => (
        <PlotCard
          key={`${quantity.kind} ${quantity.name}`}
          name={quantity.name}
          description={quantity.description}
          label={`${quantity.kind} ${quantity.name} over time`}
          t={t}
          values={trajectoryOf(quantity, problem, picture)}
          ghost={before && trajectoryOf(quantity, problem, before)}
          step={quantity.kind === 'control'}
          colour={quantity.colour}
          bounds={bounds
            .filter(({ variable }) => variable === quantity.name)
            // A control holds until the next stage, and so does its bound.
            .map((bound) => (quantity.kind === 'control' ? { ...bound, to: bound.to + 1 } : bound))}
          holdRange={holdRange}
        />
      ))}
      {bounds
        .filter(({ variable }) => variable === null)
        .map((bound) => (
          <PlotCard
            key={`constraint ${bound.label}`}
            name={bound.label}
            description="constraint"
            label={`constraint ${bound.label} over time`}
            t={t}
            values={bound.values}
            from={bound.from}
            step={false}
            colour="var(--ink-2)"
            bounds={[bound]}
            holdRange={holdRange}
          />
        ))}
      {costates &&
        problem.states.map(({ name }, i) => (
          <PlotCard
            key={`costate ${name}`}
            name={`λ ${name}`}
            description={`costate of ${name}`}
            label={`costate of ${name} over time`}
            t={t}
            values={alongStages(picture.solution.costates, problem.states.length, i, problem.steps + 1)}
            step={false}
            colour={quantities[i]?.colour ?? 'var(--ink-2)'}
            holdRange={holdRange}
          />
        ))}
    </>
  );
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
