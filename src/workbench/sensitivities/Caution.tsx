/** A sentence above everything else where the derivatives are not to be trusted. */
import { useTrust } from './trust';
import type { Shown } from './use-shown';

export function Caution({ shown }: { readonly shown: Shown }) {
  const trust = useTrust(shown);
  if (!trust || trust.valid) return null;
  return (
    <p className="caution" role="note">
      Not to be trusted here: {trust.reason}
    </p>
  );
}
