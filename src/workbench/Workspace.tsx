/** The panels. Where there is room for all they stand side by side; on a phone the plots stay and the others take turns. */
import { ParametersPanel } from './parameters/ParametersPanel';
import { PlotsPanel } from './plots/PlotsPanel';
import { SensitivityPanel } from './sensitivities/SensitivityPanel';
import { bringToFront, panelOrder, usePanels } from './state/panels';
import { StatusBar } from './status/StatusBar';
import { TextPanel } from './text/TextPanel';

export function Workspace() {
  const front = usePanels((state) => state.front);
  return (
    <main className="workspace" id="main" data-front={front}>
      <TextPanel />
      <div className="centre">
        <StatusBar />
        <PlotsPanel />
      </div>
      <nav className="panel-switch" aria-label="Panels">
        {panelOrder
          .filter(({ id }) => id !== 'plots')
          .map(({ id, label }) => (
            <button key={id} type="button" aria-pressed={front === id} onClick={() => bringToFront(id)}>
              {label}
            </button>
          ))}
      </nav>
      <SensitivityPanel />
      <ParametersPanel />
    </main>
  );
}
