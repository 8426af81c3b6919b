/** The map of all derivatives, one of them over time, and the gradient of the objective. */
import { useMemo } from 'react';
import { formatNumber } from '../format';
import { useChecking } from '../state/checking';
import { useWorkbench } from '../state/store';
import { type Cell, scalesOf, tableOf, valueAt } from './cells';
import { CheckFinding } from './check/CheckFinding';
import { CheckMarks } from './check/CheckMarks';
import { CheckTools } from './check/CheckTools';
import { useVerdict } from './check/use-verdict';
import { Derivative } from './Derivative';
import { Gradient } from './Gradient';
import { Heatmap } from './Heatmap';
import { Legend } from './Legend';
import { useTrust } from './trust';
import type { Shown } from './use-shown';

export function MapPage({ shown }: { readonly shown: Shown }) {
  const scale = useWorkbench((state) => state.view.heatmap.scale);
  const { problem, picture, derivatives, selection, measure } = shown;
  const table = useMemo(
    () => tableOf(problem, picture.solution, derivatives, selection),
    [problem, picture, derivatives, selection],
  );
  const scales = useMemo(() => scalesOf(table, scale), [table, scale]);
  const checked = useVerdict(shown, table);
  const failed = useChecking((state) => state.failed);
  const valid = useTrust(shown)?.valid ?? false;
  const doubtful = useMemo(
    () => (valid ? (checked?.verdict.mismatches ?? null) : new Uint8Array(table.values.length).fill(1)),
    [valid, checked, table],
  );
  const remark = (cell: Cell) => {
    const difference = checked ? valueAt(checked.differences, cell) : Number.NaN;
    return Number.isNaN(difference) ? null : `by finite differences ${formatNumber(difference, 6)}`;
  };
  if (table.columns.length === 0) return <p className="empty">No column has all of that in its name.</p>;
  return (
    <div className="map-page">
      <div className="map">
        <Heatmap
          table={table}
          scales={scales}
          measure={measure}
          t={picture.solution.t}
          doubtful={doubtful}
          remark={remark}
          columnMarks={checked && <CheckMarks table={table} verdict={checked.verdict} />}
        />
        <div className="map-foot">
          <Legend scale={scale} measure={measure} largest={scales[0] ?? 0} />
          <CheckTools table={table} subjects={shown.subjects} />
        </div>
        <CheckFinding columns={checked?.verdict.columns ?? []} failed={failed} />
      </div>
      <div className="beside">
        <Derivative shown={shown} />
        <Gradient shown={shown} />
      </div>
    </div>
  );
}
