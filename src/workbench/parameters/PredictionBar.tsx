/**
 * Whether a prediction is drawn while a value is dragged, and how exact it has to be where a slider says that it holds;
 * during a drag, how exact it is.
 */
import { initialPlots, type PredictionMode } from '../../sharing';
import { formatNumber } from '../format';
import { predictionError } from '../prediction-error';
import { Segmented } from '../Segmented';
import { setPlots } from '../state/actions';
import { useWorkbench } from '../state/store';

const modes: readonly { readonly value: PredictionMode; readonly label: string; readonly title: string }[] = [
  { value: 'off', label: 'off', title: 'No prediction' },
  {
    value: 'linear',
    label: 'linear',
    title: 'While a value is dragged: the solution where the drag began, moved along its derivatives, as a dashed line',
  },
  {
    value: 'clipped',
    label: 'clipped',
    title: 'The same, kept within the bounds of single variables; multipliers are kept from changing sign',
  },
];

const tolerances: readonly number[] = [0.001, 0.01, 0.05, 0.1];

export function PredictionBar() {
  const { prediction, tolerance } = useWorkbench((state) => state.view.plots ?? initialPlots);
  const off = useWorkbench(({ problem, picture }) =>
    problem && picture?.prediction ? predictionError(problem, picture.prediction, picture) : null,
  );
  // A link may have brought another one.
  const offered = tolerances.includes(tolerance) ? tolerances : [...tolerances, tolerance].sort((a, b) => a - b);
  return (
    <div className="prediction-bar">
      <span aria-hidden="true">Predict</span>
      <Segmented
        label="Prediction"
        value={prediction}
        options={modes}
        onChange={(next) => setPlots({ prediction: next })}
      />
      {off !== null && <output data-testid="prediction-error">error {formatNumber(100 * off, 2)} %</output>}
      {off === null && prediction !== 'off' && (
        <select
          aria-label="The bands of the sliders show where the prediction is exact to"
          title="The bands of the sliders show where the prediction is exact to this part of each quantity"
          value={tolerance}
          onChange={(event) => setPlots({ tolerance: Number(event.target.value) })}
        >
          {offered.map((one) => (
            <option key={one} value={one}>
              {formatNumber(100 * one)} %
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
