/** Tells screen readers the status once it has settled, not at every step of a drag. */
import { useEffect, useState } from 'react';

const settledMs = 700;

export function StatusSpeaker({ text }: { readonly text: string }) {
  const [spoken, setSpoken] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSpoken(text), settledMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      {spoken}
    </p>
  );
}
