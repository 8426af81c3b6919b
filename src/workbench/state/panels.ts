/** Which panel is in front where there is no room for all, and how the keyboard gets to one. */
import { create } from 'zustand';
import type { PanelId } from '../Panel';

export const usePanels = create<{ readonly front: PanelId }>(() => ({ front: 'parameters' }));

/** In the order of their shortcuts. */
export const panelOrder: readonly { readonly id: PanelId; readonly label: string }[] = [
  { id: 'text', label: 'Text' },
  { id: 'parameters', label: 'Values' },
  { id: 'plots', label: 'Trajectories' },
  { id: 'sensitivities', label: 'Sensitivities' },
];

export function bringToFront(id: PanelId): void {
  // The plots are always on screen.
  if (id !== 'plots') usePanels.setState({ front: id });
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
};
