/** The line between two panels, to be moved by pointer or arrow keys; a double click puts it back. */
import type { KeyboardEvent, PointerEvent } from 'react';
import { type Share, setShare, shares, useLayout } from './state/layout';

interface Props {
  readonly share: Share;
  readonly label: string;
}

const keyStep = 2;

export function Splitter({ share, label }: Props) {
  const percent = useLayout((layout) => layout[share]);
  const { least, usual, most } = shares[share];
  // The values lie to the right of their line: they grow as it moves left.
  const growth = share === 'right' ? -1 : 1;

  const move = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const room = document.getElementById('main')?.getBoundingClientRect();
    if (!room) return;
    const across = (100 * (event.clientX - room.left)) / room.width;
    const down = (100 * (event.clientY - room.top)) / room.height;
    setShare(share, share === 'upper' ? down : share === 'left' ? across : 100 - across);
  };
  const keyDown = (event: KeyboardEvent) => {
    const forward = share === 'upper' ? 'ArrowDown' : 'ArrowRight';
    const back = share === 'upper' ? 'ArrowUp' : 'ArrowLeft';
    if (event.key === forward) setShare(share, percent + growth * keyStep);
    else if (event.key === back) setShare(share, percent - growth * keyStep);
    else if (event.key === 'Home') setShare(share, usual);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is no thematic break
    <div
      className={`splitter ${share}`}
      role="separator"
      aria-label={label}
      aria-orientation={share === 'upper' ? 'horizontal' : 'vertical'}
      aria-valuenow={Math.round(percent)}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.focus();
        // Or the text it passes over would be selected.
        event.preventDefault();
      }}
      onPointerMove={move}
      onDoubleClick={() => setShare(share, usual)}
      onKeyDown={keyDown}
    />
  );
}
