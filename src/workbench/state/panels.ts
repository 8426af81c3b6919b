/** Which panel is in front where there is no room for all, and how the keyboard gets to one. */
import { create } from 'zustand';
import type { Below } from '../../sharing';
import type { PanelId } from '../Panel';
import { showBelow } from './actions';
import { useWorkbench } from './store';

/** `below`: whichever panel stands below the trajectories. */
export const usePanels = create<{ readonly front: 'text' | 'parameters' | 'below' }>(() => ({ front: 'parameters' }));

/** Those that take turns below the trajectories. */
export const belowPlots: readonly { readonly id: Below; readonly label: string }[] = [
  { id: 'sensitivities', label: 'Sensitivities' },
  { id: 'sweep', label: 'Sweep' },
];

export function useBelow(): Below {
  return useWorkbench((state) => state.view.below ?? 'sensitivities');
}

/** In the order of their shortcuts. */
export const panelOrder: readonly { readonly id: PanelId; readonly label: string }[] = [
  { id: 'text', label: 'Text' },
  { id: 'parameters', label: 'Values' },
  { id: 'plots', label: 'Trajectories' },
  ...belowPlots,
];

export function bringToFront(id: PanelId): void {
  // The plots are always on screen.
  if (id === 'plots') return;
  if (id === 'text' || id === 'parameters') usePanels.setState({ front: id });
  else {
    usePanels.setState({ front: 'below' });
    showBelow(id);
  }
}

export function focusPanel(id: PanelId): void {
  bringToFront(id);
  // Once it is shown.
  requestAnimationFrame(() => {
    const panel = document.getElementById(`panel-${id}`);
    const inside = panel?.querySelector<HTMLElement>(firstStop[id]);
    (inside ?? panel)?.focus();
  });
}

const firstStop: Record<PanelId, string> = {
  text: '.cm-content, textarea',
  parameters: '.values :is(.slider, .fold)',
  plots: '.plots',
  sensitivities: '.cells',
  sweep: '.sweep-bar button:not(:disabled)',
};
