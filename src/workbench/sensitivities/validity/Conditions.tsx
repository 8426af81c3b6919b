/** The conditions, a line each, with an explanation of the one pointed at. */
import { useState } from 'react';
import type { Validity } from '../../../sensitivity';
import { FindingLine } from '../../FindingLine';
import { CheckIcon, WarningIcon } from '../../icons';
import { type Condition, conditions } from './trust-words';

export function Conditions({ validity }: { readonly validity: Validity }) {
  const [pointed, setPointed] = useState<Condition | null>(null);
  const all = conditions(validity);
  const explained = pointed ?? all.find(({ good }) => !good) ?? null;
  const summary = validity.valid
    ? 'The derivatives hold here.'
    : `The derivatives are not to be trusted here: ${validity.reason}`;
  return (
    <>
      <p className="verdict-line" data-good={validity.valid} data-testid="trust">
        {validity.valid ? <CheckIcon /> : <WarningIcon />}
        <span>{summary}</span>
      </p>
      <ul className="conditions">
        {all.map((condition) => (
          <FindingLine
            key={condition.term}
            className="condition"
            finding={condition}
            value={condition.value}
            onPoint={setPointed}
          />
        ))}
      </ul>
      <p className="explanation" aria-hidden="true">
        {explained?.explanation ?? 'Point at a condition to read what it means.'}
      </p>
    </>
  );
}
