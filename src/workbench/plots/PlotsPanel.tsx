/** States, controls, constraints and multipliers over time, one chart each; arrow keys move the time cursor through all of them. */
import { type KeyboardEvent, useEffect, useMemo } from 'react';
import { ExportMenu } from '../exports/ExportMenu';
import { Panel } from '../Panel';
import { loadPlotly } from '../plotly/load';
import { usePalette } from '../plotly/palette';
import { useWorkbench } from '../state/store';
import { pointAt, useTimeCursor } from '../state/time-cursor';
import { ChartGroup } from './ChartGroup';
import { chartsOf } from './charts';
import { trajectoriesExport } from './charts-export';
import { GroupSwitch, useShownGroups } from './GroupSwitch';

export function PlotsPanel() {
  const problem = useWorkbench((state) => state.problem);
  const picture = useWorkbench((state) => state.picture);
  const before = useWorkbench((state) => state.before);
  const holdRange = useWorkbench((state) => state.dragging);
  const shown = useShownGroups();
  const stale = useWorkbench((state) => state.stale || state.failure !== null);
  const palette = usePalette();
  const charts = useMemo(
    () => (problem && picture ? chartsOf(problem, { now: picture, before }, shown) : []),
    [problem, picture, before, shown],
  );
  // Fetched while the first problem is being solved; where that fails, whoever draws tries again and says so.
  useEffect(() => void loadPlotly().catch(() => {}), []);
  return (
    <Panel
      id="plots"
      title="Trajectories"
      tools={
        <>
          {problem && <GroupSwitch problem={problem} />}
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
