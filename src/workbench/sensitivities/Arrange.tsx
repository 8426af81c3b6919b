/** Order of the columns and scale of the colours, behind a button: they are changed seldom. */
import { useId, useRef } from 'react';
import { ChevronIcon } from '../icons';
import { Segmented } from '../Segmented';
import { setHeatmap, setStudio } from '../state/actions';
import { useWorkbench } from '../state/store';
import { useStudio } from '../state/studio';

const orders = [
  { value: 'declared', label: 'as declared' },
  { value: 'size', label: 'by size' },
  { value: 'name', label: 'by name' },
] as const;

const scales = [
  { value: 'block', label: 'each block' },
  { value: 'column', label: 'each column' },
  { value: 'global', label: 'one for all' },
] as const;

interface Props {
  /** Whether there are colours to scale. */
  readonly scales: boolean;
}

export function Arrange({ scales: coloured }: Props) {
  const id = useId();
  const trigger = useRef<HTMLButtonElement>(null);
  const popover = useRef<HTMLElement>(null);
  const order = useStudio((studio) => studio.order);
  const scale = useWorkbench((state) => state.view.heatmap.scale);
  const place = () => {
    if (!trigger.current || !popover.current) return;
    const { left, bottom } = trigger.current.getBoundingClientRect();
    popover.current.style.left = `${Math.max(8, Math.min(left, innerWidth - popover.current.offsetWidth - 8))}px`;
    popover.current.style.top = `${bottom + 6}px`;
  };
  return (
    <>
      <button type="button" ref={trigger} className="text-button arrange" popoverTarget={id}>
        Arrange
        <ChevronIcon />
      </button>
      <section
        ref={popover}
        id={id}
        className="arrangement"
        aria-label="Arrange"
        popover="auto"
        onToggle={({ newState }) => newState === 'open' && place()}
      >
        <p>Columns</p>
        <Segmented
          label="Order of the columns"
          value={order}
          options={orders}
          onChange={(next) => setStudio({ order: next })}
        />
        {coloured && (
          <>
            <p>Colours</p>
            <Segmented
              label="Colour scale"
              value={scale}
              options={scales}
              onChange={(next) => setHeatmap({ scale: next })}
            />
          </>
        )}
      </section>
    </>
  );
}
