/** A sentence about what just happened, with the way back where there is one. Goes away by itself, but not under the pointer. */
import { useEffect, useState } from 'react';
import { CloseIcon } from '../icons';
import { dismissNotice, undo } from '../state/actions';
import { useWorkbench } from '../state/store';

const shownMs = 8000;

export function Notice() {
  const notice = useWorkbench((state) => state.notice);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!notice || held) return;
    const timer = setTimeout(dismissNotice, shownMs);
    return () => clearTimeout(timer);
  }, [notice, held]);
  return (
    <div className="notice-place" role="status" aria-live="polite">
      {notice && (
        // biome-ignore lint/a11y/noStaticElementInteractions: only keeps it from going away while it is read
        <div
          className="notice"
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <span>{notice.text}</span>
          {notice.undoable && (
            <button type="button" className="text-button" onClick={undo}>
              Undo
            </button>
          )}
          <button type="button" className="icon-button" onClick={dismissNotice} aria-label="Dismiss">
            <CloseIcon />
          </button>
        </div>
      )}
    </div>
  );
}
