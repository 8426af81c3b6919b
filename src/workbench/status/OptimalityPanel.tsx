/** How good the solution is by the theory of second order, worked out when it is asked for. */
import { BusyIcon } from '../icons';
import type { Picture } from '../protocol';
import { examine, stopExamining, useExamined } from '../state/examining';
import { useWorkbench } from '../state/store';
import { OptimalityReport } from './OptimalityReport';

export function OptimalityPanel({ picture }: { readonly picture: Picture }) {
  const examined = useExamined();
  const ready = useWorkbench((state) => state.atRest && !state.stale && state.failure === null);
  const running = examined.stage === 'running';
  const solved = picture.solution.status === 'converged';
  return (
    <div className="disclosure" id="optimality" data-testid="optimality" data-stage={examined.stage}>
      {examined.stage === 'done' ? (
        <OptimalityReport report={examined.report} />
      ) : (
        <div className="optimality-start">
          {running ? (
            <button type="button" className="button" onClick={stopExamining}>
              <BusyIcon />
              Cancel
            </button>
          ) : (
            <button type="button" className="button" disabled={!ready || !solved} onClick={examine}>
              Check optimality
            </button>
          )}
          <p role="status">
            {running
              ? 'Checking. Values can be changed meanwhile; that ends the check.'
              : examined.stage === 'failed'
                ? examined.message
                : solved
                  ? 'KKT residuals, independence and curvature at the solution. Takes seconds for a large problem.'
                  : 'Once the solve converges, its solution can be checked here.'}
          </p>
        </div>
      )}
    </div>
  );
}
