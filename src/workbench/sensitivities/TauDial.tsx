/**
 * The smoothing dial: everything is solved at this barrier value, from kinked to smooth. Logarithmic; at its left end it
 * follows the solve.
 */
import type { CSSProperties } from 'react';
import { formatNumber } from '../format';
import { ResetIcon } from '../icons';
import { setDragging, setStudio } from '../state/actions';
import { useStudio } from '../state/studio';

/** Powers of ten. The lowest stands for the value of the solve. */
const lowest = -7;
const highest = 3;
const step = 0.1;

export function TauDial() {
  const tau = useStudio((studio) => studio.tau);
  const power = tau === null ? lowest : Math.min(highest, Math.max(lowest + step, Math.log10(tau)));
  const style = { '--at': (power - lowest) / (highest - lowest), '--nominal': 0 } as CSSProperties;
  return (
    <div className="tau" data-on={tau !== null || undefined}>
      <label htmlFor="tau" title="Solve at a larger barrier value: kinks where constraints switch become smooth">
        Smoothing
      </label>
      <input
        id="tau"
        className="slider"
        type="range"
        style={style}
        min={lowest}
        max={highest}
        step={step}
        value={power}
        aria-valuetext={tau === null ? 'none, as solved' : `barrier value ${formatNumber(tau, 2)}`}
        onChange={({ target }) => setStudio({ tau: tauAt(target.valueAsNumber) })}
        onPointerDown={() => setDragging(true)}
        onPointerUp={() => setDragging(false)}
        onPointerCancel={() => setDragging(false)}
        onLostPointerCapture={() => setDragging(false)}
      />
      <output>{tau === null ? 'as solved' : `τ = ${formatNumber(tau, 2)}`}</output>
      {tau !== null && (
        <button
          type="button"
          className="icon-button"
          aria-label="No smoothing"
          title="As solved"
          onClick={() => setStudio({ tau: null })}
        >
          <ResetIcon />
        </button>
      )}
    </div>
  );
}

/** Two digits are enough. */
function tauAt(power: number): number | null {
  return power < lowest + step / 2 ? null : Number((10 ** power).toPrecision(2));
}
