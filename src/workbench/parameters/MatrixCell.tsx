/** One entry in the grid of a vector or a matrix: what is typed takes effect with Enter or where the focus leaves it. */
import { type KeyboardEvent, memo, useState } from 'react';
import { editable, shortened } from '../format';
import { readNumber } from './read-number';

interface Props {
  readonly name: string;
  readonly value: number;
  readonly changed: boolean;
  /** The one entry of the grid that the Tab key leads to. */
  readonly current: boolean;
  readonly onChange: (value: number) => void;
  readonly onFocus: () => void;
}

export const MatrixCell = memo(function MatrixCell({ name, value, changed, current, onChange, onFocus }: Props) {
  const [typing, setTyping] = useState<string | null>(null);
  const [focused, setFocused] = useState(false);
  const invalid = typing !== null && readNumber(typing) === null;
  const apply = () => {
    const typed = typing === null ? null : readNumber(typing);
    if (typed !== null && typed !== value) onChange(typed);
    setTyping(null);
  };
  const keyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const input = event.currentTarget;
    if (event.key === 'Enter') apply();
    else if (event.key === 'Escape' && typing !== null) {
      setTyping(null);
      // Once the value is back: what is typed next takes its place.
      queueMicrotask(() => input.select());
    } else {
      // While a number is being typed these move within it.
      const withinText = typing !== null && (event.key === 'ArrowLeft' || event.key === 'ArrowRight');
      if (withinText) event.stopPropagation();
      return;
    }
    event.preventDefault();
  };
  return (
    <input
      className="number cell"
      type="text"
      inputMode="decimal"
      spellCheck={false}
      autoComplete="off"
      aria-label={changed ? `${name}, changed` : name}
      aria-invalid={invalid || undefined}
      data-changed={changed || undefined}
      tabIndex={current ? 0 : -1}
      value={typing ?? (focused ? editable(value) : shortened(value, 3))}
      onChange={(event) => setTyping(event.target.value)}
      onKeyDown={keyDown}
      onFocus={(event) => {
        setFocused(true);
        onFocus();
        const input = event.currentTarget;
        queueMicrotask(() => input.select());
      }}
      onBlur={() => {
        apply();
        setFocused(false);
      }}
    />
  );
});
