/** A sentence above everything else where the derivatives are not to be trusted. */
import type { Shown } from './use-shown';

export function Caution({ shown }: { readonly shown: Shown }) {
  const sensitivities = shown.picture.sensitivities;
  if (!sensitivities || sensitivities.valid) return null;
  return (
    <p className="caution" role="note">
      Not to be trusted here: {sensitivities.reason}
    </p>
  );
}
