/** What is pointed at elsewhere, in the map: the stage in every block, the block of a quantity, the column of a parameter. */
import type { CSSProperties } from 'react';
import { useTimeCursor } from '../state/time-cursor';
import type { Table } from './cells';
import { isObjective } from './subjects';

export function PointedMarks({ table }: { readonly table: Table }) {
  const { stage, quantity, column } = useTimeCursor();
  const { blocks, rows, columns } = table;
  const at = column === null ? -1 : columns.indexOf(column);
  const block = blocks.find(({ subject }) => subject.id === quantity);
  return (
    <>
      {stage !== null &&
        blocks
          .filter((each) => !isObjective(each.subject) && stage < each.rows)
          .map(({ subject, start }) => (
            <span
              key={subject.id}
              className="pointed-stage"
              data-testid="pointed-stage"
              style={{ top: percent((start + stage) / rows), height: percent(1 / rows) }}
            />
          ))}
      {block && (
        <span
          className="pointed-block"
          data-testid="pointed-block"
          style={
            {
              top: percent(block.start / rows),
              height: percent(block.rows / rows),
              '--own': block.subject.colour,
            } as CSSProperties
          }
        />
      )}
      {at >= 0 && (
        <span
          className="pointed-column"
          data-testid="pointed-column"
          style={{ left: percent(at / columns.length), width: percent(1 / columns.length) }}
        />
      )}
    </>
  );
}

function percent(fraction: number): string {
  return `${100 * fraction}%`;
}
