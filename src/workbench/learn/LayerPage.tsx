/** How the layer works, in mathematics, and beside it the map that one is. */
import { useEffect, useMemo, useState } from 'react';
import { formatNumber } from '../format';
import { Plot } from '../plotly/Plot';
import { usePalette } from '../plotly/palette';
import { alongFigure, colourOf } from '../sensitivities/along/along-figure';
import { useSize } from '../use-size';
import { WorkerHost } from '../worker-host';
import { LayerText } from './LayerText';
import type { LayerMaps, LearnInterface, Outcome } from './protocol';
import { limitMs, startLearner } from './start-learner';

export default function LayerPage() {
  const outcome = useMaps();
  const palette = usePalette();
  const [ref, size] = useSize<HTMLDivElement>();
  const maps = outcome?.ok ? outcome.value : null;
  const figure = useMemo(() => {
    if (!maps || !size) return null;
    const curves = maps.curves.map(({ tau, map }) => ({
      tau,
      at: [...map.at],
      values: [...map.values],
      derivatives: [...map.slopes],
      jumps: [],
      kinks: [],
      failures: [],
      doubts: [],
    }));
    return alongFigure(curves, size, palette);
  }, [maps, size, palette]);
  return (
    <div className="layer-page">
      <LayerText />
      <figure className="learn-card">
        <figcaption>
          <h3>
            {maps ? `${maps.control} as a function of ${maps.parameter}, and its derivative by backward` : 'A layer'}
          </h3>
          <span className="learn-keys">
            {maps?.curves.map(({ tau, hessian }, i) => (
              <span key={`${hessian} ${tau}`}>
                <i className="swatch" style={{ background: colourOf(i) }} aria-hidden="true" />{' '}
                {hessian === 'exact' ? 'exact Hessian' : 'Gauss-Newton'}
                {tau === null ? '' : `, τ = ${formatNumber(tau)}`}
              </span>
            ))}
            <span>circles: differences of neighbouring values</span>
          </span>
        </figcaption>
        <div
          className="learn-area"
          ref={ref}
          role="img"
          data-testid="layer-figure"
          aria-label="A first control over a parameter, and below it its derivative: exact, by Gauss-Newton, and smoothed"
        >
          {figure && <Plot figure={figure} />}
          {!figure && <p className="empty">{outcome && !outcome.ok ? outcome.message : 'Solving…'}</p>}
        </div>
      </figure>
    </div>
  );
}

/** Worked out in a worker that ends when the page is left; null: not yet. */
function useMaps(): Outcome<LayerMaps> | null {
  const [outcome, setOutcome] = useState<Outcome<LayerMaps> | null>(null);
  useEffect(() => {
    const host = new WorkerHost<LearnInterface>(startLearner, limitMs);
    let here = true;
    void host
      .call<Outcome<LayerMaps>>(async (remote) => remote.maps())
      .then((answer) => {
        if (here) setOutcome(answer.ok ? answer.value : { ok: false, message: 'The figure could not be worked out.' });
        host.end();
      });
    return () => {
      here = false;
      host.end();
    };
  }, []);
  return outcome;
}
