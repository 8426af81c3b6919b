/** What is drawn upon a curve or a map. */
import type { Overlay, SweepLook } from '../../sharing';
import { setSweep } from '../state/actions';
import { isKept, slopeOf } from './quantity';
import type { Run } from './sweeping';

interface Drawn {
  readonly value: Overlay;
  readonly look: SweepLook;
  readonly label: string;
  readonly title: string;
  /** Whether it needs derivatives. */
  readonly sloped: boolean;
}

const drawn: readonly Drawn[] = [
  {
    value: 'tangents',
    look: 'curve',
    label: 'tangents',
    title: 'The derivatives that come with each solution',
    sloped: true,
  },
  { value: 'contours', look: 'map', label: 'contours', title: 'Lines of the same value', sloped: false },
  {
    value: 'gradient',
    look: 'map',
    label: 'gradient',
    title: 'Uphill, by the derivatives that come with each solution',
    sloped: true,
  },
  {
    value: 'active',
    look: 'map',
    label: 'active sets',
    title: 'Borders between regions of the same active constraints',
    sloped: false,
  },
];

interface Props {
  readonly run: Run;
  readonly look: SweepLook;
  readonly quantity: string;
  readonly chosen: readonly Overlay[];
}

export function Overlays({ run, look, quantity, chosen }: Props) {
  if (quantity === 'active') return null;
  const axis = run.definition.axes[0]?.name ?? '';
  const put = (overlay: Overlay, on: boolean) =>
    setSweep({ overlays: on ? [...chosen, overlay] : chosen.filter((each) => each !== overlay) });
  return drawn
    .filter((each) => each.look === look && (!each.sloped || isKept(run, slopeOf(quantity, axis))))
    .map(({ value, label, title }) => (
      <label key={value} className="check" title={title}>
        <input type="checkbox" checked={chosen.includes(value)} onChange={({ target }) => put(value, target.checked)} />
        {label}
      </label>
    ));
}
