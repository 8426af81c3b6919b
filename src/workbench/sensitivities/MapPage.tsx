/** The map of all derivatives, one of them over time, and the gradient of the objective. */
import { useMemo } from 'react';
import { useWorkbench } from '../state/store';
import { scalesOf, tableOf } from './cells';
import { Derivative } from './Derivative';
import { Gradient } from './Gradient';
import { Heatmap } from './Heatmap';
import { Legend } from './Legend';
import type { Shown } from './use-shown';

export function MapPage({ shown }: { readonly shown: Shown }) {
  const scale = useWorkbench((state) => state.view.heatmap.scale);
  const { problem, picture, derivatives, selection, measure } = shown;
  const table = useMemo(
    () => tableOf(problem, picture.solution, derivatives, selection),
    [problem, picture, derivatives, selection],
  );
  const scales = useMemo(() => scalesOf(table, scale), [table, scale]);
  return (
    <div className="map-page">
      <div className="map">
        <Heatmap table={table} scales={scales} measure={measure} t={picture.solution.t} />
        <Legend scale={scale} measure={measure} largest={scales[0] ?? 0} />
      </div>
      <div className="beside">
        <Derivative shown={shown} />
        <Gradient shown={shown} />
      </div>
    </div>
  );
}
