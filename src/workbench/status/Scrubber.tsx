/** A slider through the iterates. The plots show the one it stands at, with the result behind it; Escape goes back. */
import { type CSSProperties, useEffect } from 'react';
import { showIterate, showResult } from '../state/scrubbing';
import { useWorkbench } from '../state/store';

export function Scrubber({ last }: { readonly last: number }) {
  const scrubbed = useWorkbench((state) => state.scrubbed?.index ?? null);
  const ready = useWorkbench((state) => state.atRest && !state.stale && state.failure === null);
  const scrubbing = scrubbed !== null;
  useEffect(() => {
    if (!scrubbing) return;
    const keyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      showResult();
    };
    addEventListener('keydown', keyDown);
    return () => removeEventListener('keydown', keyDown);
  }, [scrubbing]);
  useEffect(() => showResult, []);
  const at = scrubbed ?? last;
  return (
    <div className="scrubber" data-testid="scrubber">
      <label htmlFor="iterate">
        iteration {at} of {last}
      </label>
      <input
        id="iterate"
        className="slider"
        type="range"
        style={{ '--at': at / last, '--nominal': 1 } as CSSProperties}
        min={0}
        max={last}
        step={1}
        value={at}
        disabled={!ready}
        aria-valuetext={scrubbing ? `iterate ${at} of ${last}, not the solution` : `${last}, the solution`}
        onChange={(event) => showIterate(event.target.valueAsNumber)}
      />
      <button
        type="button"
        className="text-button"
        disabled={!scrubbing}
        onClick={showResult}
        title="Back to the result of the solve (Escape)"
      >
        Back
      </button>
    </div>
  );
}
