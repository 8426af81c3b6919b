/** What was found about a solution, in a line: good or not, with an explanation for whoever points at it or hears it. */
import { useId } from 'react';
import { CheckIcon, WarningIcon } from './icons';

export interface Explained {
  readonly term: string;
  readonly good: boolean;
  readonly words: string;
  readonly explanation: string;
}

interface Props<F extends Explained> {
  readonly finding: F;
  readonly value: string;
  readonly className: string;
  readonly onPoint: (finding: F | null) => void;
}

export function FindingLine<F extends Explained>({ finding, value, className, onPoint }: Props<F>) {
  const id = useId();
  const { term, good, words, explanation } = finding;
  return (
    <li
      className={className}
      data-good={good}
      onPointerEnter={() => onPoint(finding)}
      onPointerLeave={() => onPoint(null)}
    >
      {good ? <CheckIcon /> : <WarningIcon />}
      <button
        type="button"
        className="term"
        aria-describedby={id}
        onFocus={() => onPoint(finding)}
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
