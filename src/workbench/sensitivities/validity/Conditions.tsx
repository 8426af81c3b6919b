/** The conditions, a line each, with an explanation of the one pointed at. */
import { useId, useState } from 'react';
import type { Validity } from '../../../sensitivity';
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
          <Line key={condition.term} condition={condition} onPoint={setPointed} />
        ))}
      </ul>
      <p className="explanation" aria-hidden="true">
        {explained?.explanation ?? 'Point at a condition to read what it means.'}
      </p>
    </>
  );
}

interface LineProps {
  readonly condition: Condition;
  readonly onPoint: (condition: Condition | null) => void;
}

function Line({ condition, onPoint }: LineProps) {
  const id = useId();
  const { term, value, good, words, explanation } = condition;
  return (
    <li
      className="condition"
      data-good={good}
      onPointerEnter={() => onPoint(condition)}
      onPointerLeave={() => onPoint(null)}
    >
      {good ? <CheckIcon /> : <WarningIcon />}
      <button
        type="button"
        className="term"
        aria-describedby={id}
        onFocus={() => onPoint(condition)}
        onBlur={() => onPoint(null)}
      >
        {term}
      </button>
      <span className="value">{value}</span>
      <span className="words">{words}</span>
      <span className="visually-hidden" id={id}>
        {explanation}
      </span>
    </li>
  );
}
