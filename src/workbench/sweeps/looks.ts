/** The ways to look at a sweep, and which of them its samples allow. */
import type { Overlay, SweepLook } from '../../sharing';
import type { Definition } from './definition';
import type { Run } from './sweeping';

export interface LookProps {
  readonly run: Run;
  readonly quantity: string;
  readonly overlays: readonly Overlay[];
}

export const lookNames: Record<SweepLook, { readonly label: string; readonly title: string }> = {
  curve: { label: 'Curve', title: 'A quantity over one value, with its derivatives as tangents' },
  map: { label: 'Map', title: 'A quantity over two values' },
  bands: { label: 'Trajectories', title: 'All trajectories, and the bands that hold so many of them' },
  scatter: { label: 'Scatter', title: 'A quantity over each value that is varied' },
  indices: { label: 'Indices', title: 'Which share of the variance each value explains' },
  tornado: { label: 'Tornado', title: 'How far each value moves a quantity on its own' },
};

/** The first is the usual one. */
export function looksOf({ sampling, axes }: Pick<Definition, 'sampling' | 'axes'>): readonly SweepLook[] {
  switch (sampling) {
    case 'grid':
      return [axes.length === 1 ? 'curve' : 'map', 'bands'];
    case 'saltelli':
      return ['indices', 'scatter', 'bands'];
    case 'one-at-a-time':
      return ['tornado', 'bands'];
    default:
      return ['scatter', 'bands'];
  }
}
