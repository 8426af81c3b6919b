/** The names of the panels that take turns below the trajectories, where a panel has its heading. */
import type { Below } from '../sharing';
import { belowPlots, bringToFront, useBelow } from './state/panels';

/** A panel takes this switch away and brings its own: the focus moves on to that. */
let pressed: Below | null = null;

export function BelowSwitch() {
  const below = useBelow();
  const press = (id: Below) => {
    if (id !== below) pressed = id;
    bringToFront(id);
  };
  const keepFocus = (button: HTMLButtonElement | null) => {
    if (!button || pressed !== below) return;
    pressed = null;
    button.focus();
  };
  return (
    <fieldset className="below-switch">
      <legend className="visually-hidden">Below the trajectories</legend>
      {belowPlots.map(({ id, label }) => (
        <button
          key={id}
          ref={id === below ? keepFocus : null}
          type="button"
          aria-pressed={id === below}
          onClick={() => press(id)}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}
