/** The panels. Where there is room for all they stand side by side; on a phone the plots stay and the others take turns. */
import { type CSSProperties, lazy, Suspense } from 'react';
import { ParametersPanel } from './parameters/ParametersPanel';
import { PlotsPanel } from './plots/PlotsPanel';
import { Splitter } from './Splitter';
import { SensitivityPanel } from './sensitivities/SensitivityPanel';
import { useLayout } from './state/layout';
import { bringToFront, panelOrder, useBelow, usePanels } from './state/panels';
import { StatusBar } from './status/StatusBar';
import { TextPanel } from './text/TextPanel';

/** Fetched when it is first shown. */
const SweepPanel = lazy(() => import('./sweeps/SweepPanel'));

export function Workspace() {
  const below = useBelow();
  const front = usePanels((state) => state.front);
  const { left, right, upper } = useLayout();
  const style = { '--left': `${left}%`, '--right': `${right}%`, '--upper': `${upper}%` } as CSSProperties;
  return (
    <main className="workspace" id="main" data-front={front} style={style}>
      <TextPanel />
      <Splitter share="left" label="Width of the text" />
      <div className="centre">
        <StatusBar />
        <PlotsPanel />
      </div>
      <nav className="panel-switch" aria-label="Panels">
        {panelOrder
          .filter(({ id }) => id !== 'plots')
          .map(({ id, label }) => (
            <button
              key={id}
              type="button"
              aria-pressed={id === (front === 'below' ? below : front)}
              onClick={() => bringToFront(id)}
            >
              {label}
            </button>
          ))}
      </nav>
      <Splitter share="upper" label="Height of the trajectories" />
      {below === 'sensitivities' ? (
        <SensitivityPanel />
      ) : (
        <Suspense fallback={<section className="panel" id={`panel-${below}`} />}>
          <SweepPanel />
        </Suspense>
      )}
      <Splitter share="right" label="Width of the values" />
      <ParametersPanel />
    </main>
  );
}
