/** How the solution changes with every parameter and initial state: the map of all derivatives, one of them over time, and the gradient of the objective. */
import { useMemo } from 'react';
import { Panel } from '../Panel';
import type { Picture, ProblemView } from '../protocol';
import { quantitiesOf } from '../quantities';
import { useWorkbench } from '../state/store';
import { pointOf, scalesOf, tableOf } from './cells';
import { Derivative } from './Derivative';
import { Gradient } from './Gradient';
import { Heatmap } from './Heatmap';
import { HeatmapTools } from './HeatmapTools';
import { Legend } from './Legend';

export function SensitivityPanel() {
  const problem = useWorkbench((state) => state.problem);
  const picture = useWorkbench((state) => state.converged);
  const greyed = useWorkbench((state) => state.stale || state.failure !== null || state.converged !== state.picture);
  return (
    <Panel id="sensitivities" title="Sensitivities" tools={problem && <HeatmapTools problem={problem} />}>
      <div className="sensitivities" data-stale={greyed || undefined}>
        {problem && picture && <Sensitivities problem={problem} picture={picture} />}
        {problem && !picture && (
          <p className="empty">Derivatives exist at a solution only: once the solve converges they appear here.</p>
        )}
      </div>
    </Panel>
  );
}

function Sensitivities({ problem, picture }: { readonly problem: ProblemView; readonly picture: Picture }) {
  const heatmap = useWorkbench((state) => state.view.heatmap);
  const parameters = useWorkbench((state) => state.parameters);
  const { quantity, measure, scale } = heatmap;
  const all = useMemo(() => quantitiesOf(problem), [problem]);
  const point = useMemo(
    () => pointOf(problem, picture, picture.sensitivities?.columns ?? [], parameters),
    [problem, picture, parameters],
  );
  const relativeTo = measure === 'relative' ? point : null;
  const table = useMemo(() => {
    const one = all.filter(({ name }) => name === quantity);
    return tableOf(problem, picture, one.length > 0 ? one : all, relativeTo);
  }, [problem, picture, all, quantity, relativeTo]);
  const scales = useMemo(() => table && scalesOf(table, scale), [table, scale]);
  if (!table || !scales || table.columns.length === 0)
    return <p className="empty">The problem has no parameter or fixed initial state.</p>;
  return (
    <>
      {picture.sensitivities && !picture.sensitivities.valid && (
        <p className="caution" role="note">
          Not to be trusted here: {picture.sensitivities.reason}
        </p>
      )}
      <div className="map">
        <Heatmap table={table} scales={scales} measure={measure} t={picture.solution.t} />
        <Legend scale={scale} measure={measure} largest={scales[0] ?? 0} />
      </div>
      <div className="beside">
        <Derivative problem={problem} picture={picture} quantities={all} />
        <Gradient picture={picture} point={point} measure={measure} />
      </div>
    </>
  );
}
