/** A number that can be typed: takes effect while it makes sense, Escape takes it back, arrow keys move it by a step. */
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { editable, shortened } from '../format';
import { readNumber } from './read-number';

interface Props {
  readonly label: string;
  readonly value: number;
  readonly step: number;
  /** Shown while it does not have the focus. */
  readonly digits?: number;
  readonly className?: string;
  readonly onChange: (value: number) => void;
}

export function NumberField({ label, value, step, digits = 6, className = '', onChange }: Props) {
  /** What is being typed, and the value before it. */
  const [typing, setTyping] = useState<{ readonly text: string; readonly before: number } | null>(null);
  const [focused, setFocused] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  // The full digits take the place of the short ones, and with those the browser's selection would be gone.
  useLayoutEffect(() => {
    if (focused) field.current?.select();
  }, [focused]);
  const invalid = typing !== null && readNumber(typing.text) === null;

  const type = (text: string) => {
    setTyping({ text, before: typing?.before ?? value });
    const parsed = readNumber(text);
    if (parsed !== null && parsed !== value) onChange(parsed);
  };
  const keyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape' && typing) {
      if (typing.before !== value) onChange(typing.before);
      setTyping(null);
    } else if (event.key === 'Enter') setTyping(null);
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const direction = event.key === 'ArrowUp' ? 1 : -1;
      onChange(Number((value + direction * step * (event.shiftKey ? 10 : 1)).toPrecision(12)));
      setTyping(null);
    } else return;
    event.preventDefault();
  };

  return (
    <input
      ref={field}
      className={`number ${className}`}
      type="text"
      inputMode="decimal"
      spellCheck={false}
      autoComplete="off"
      aria-label={label}
      aria-invalid={invalid || undefined}
      value={typing?.text ?? (focused ? editable(value) : shortened(value, digits))}
      onChange={(event) => type(event.target.value)}
      onKeyDown={keyDown}
      onFocus={() => setFocused(true)}
      onBlur={() => {
        setTyping(null);
        setFocused(false);
      }}
    />
  );
}
