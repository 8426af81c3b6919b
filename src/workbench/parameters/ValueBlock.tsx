/**
 * A vector or a matrix: a grid of number fields that can be folded away, with the slider of the entry that was chosen
 * last. The arrow keys move through the grid, and only one of its fields is a stop of the Tab key.
 */
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import type { ArrayOfEntries } from '../../problem';
import { ChevronIcon, ResetIcon } from '../icons';

/** Larger ones are folded at first. */
const foldedBeyond = 12;

interface Props {
  readonly array: ArrayOfEntries;
  readonly description: string;
  /** How many entries differ from the text. */
  readonly changed: number;
  readonly onReset: () => void;
  readonly cell: (entry: number, current: boolean, onFocus: () => void) => ReactNode;
  readonly row: (entry: number) => ReactNode;
}

export function ValueBlock({ array, description, changed, onReset, cell, row }: Props) {
  const { name, kind, rows, columns } = array;
  const [open, setOpen] = useState(rows * columns <= foldedBeyond);
  /** The entry whose slider is shown. */
  const [chosen, setChosen] = useState<number | null>(null);
  const current = chosen ?? 0;
  const grid = useRef<HTMLTableElement>(null);
  const move = (event: KeyboardEvent) => {
    const to = neighbour(event.key, current, rows, columns);
    if (to === null) return;
    event.preventDefault();
    grid.current?.querySelector<HTMLElement>(`[data-entry="${to}"] .cell`)?.focus();
  };
  const size = columns === 1 ? `${rows}` : `${rows} × ${columns}`;
  return (
    <li className="value-block" data-testid={`block-${kind === 'state' ? 'x0.' : ''}${name}`}>
      <div className="value-head">
        <button type="button" className="fold" aria-expanded={open} onClick={() => setOpen(!open)}>
          <ChevronIcon />
          <span className="name">{name}</span>
          <span className="size">{size}</span>
        </button>
        <span className="description" title={description}>
          {description}
        </span>
        {changed > 0 && (
          <>
            <span className="changes">{changed} changed</span>
            <button
              type="button"
              className="icon-button"
              onClick={onReset}
              aria-label={`Reset ${name}`}
              title="As in the text"
            >
              <ResetIcon />
            </button>
          </>
        )}
      </div>
      {open && (
        <>
          <div className="matrix-frame">
            {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are edited is a grid */}
            <table className="matrix" role="grid" aria-label={`Entries of ${name}`} ref={grid} onKeyDown={move}>
              {columns > 1 && (
                <thead>
                  <tr>
                    {rows > 1 && <td />}
                    {numbers(columns).map((j) => (
                      <th key={j} scope="col">
                        {j + 1}
                      </th>
                    ))}
                  </tr>
                </thead>
              )}
              <tbody>
                {numbers(rows).map((i) => (
                  <tr key={i}>
                    {rows > 1 && <th scope="row">{i + 1}</th>}
                    {numbers(columns).map((j) => {
                      const entry = i * columns + j;
                      return (
                        <td key={j} data-entry={entry}>
                          {cell(entry, entry === current, () => setChosen(entry))}
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {chosen !== null && <ul className="chosen">{row(chosen)}</ul>}
        </>
      )}
    </li>
  );
}

/** The entry that a key leads to; null where it leads nowhere. */
function neighbour(key: string, entry: number, rows: number, columns: number): number | null {
  const [row, column] = [Math.floor(entry / columns), entry % columns];
  const [toRow, toColumn] = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
  }[key] ?? [-1, -1];
  const inside = 0 <= toRow && toRow < rows && 0 <= toColumn && toColumn < columns;
  return inside ? toRow * columns + toColumn : null;
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
