/** For each column a strip on the scale of its slider: where the value is, and how far the active set stays as it is. */
import type { CSSProperties } from 'react';
import { formatNumber } from '../../format';
import type { Reach } from './reach';

export function ReachTable({ reaches }: { readonly reaches: readonly Reach[] }) {
  return (
    <table className="reaches" data-testid="reaches">
      <caption>How far each value may move until a constraint becomes active or inactive, to first order</caption>
      <colgroup>
        <col className="of-name" />
        <col className="of-words" />
        <col className="of-strip" />
        <col className="of-words" />
      </colgroup>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">Value</th>
          <th scope="col">Downwards</th>
          <th scope="col">Range of its slider</th>
          <th scope="col">Upwards</th>
        </tr>
      </thead>
      <tbody>
        {reaches.map((reach) => (
          <tr key={reach.column} data-testid={`reach-${reach.column}`}>
            <th scope="row">
              {reach.column} <span className="at">= {formatNumber(reach.value)}</span>
            </th>
            <td className="down" title={reach.down.words}>
              {reach.down.brief}
            </td>
            <td className="strip-cell">
              <Strip reach={reach} />
            </td>
            <td className="up" title={reach.up.words}>
              {reach.up.brief}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Strip({ reach: { low, high, value, down, up } }: { readonly reach: Reach }) {
  const place = (at: number) => (high > low ? Math.min(1, Math.max(0, (at - low) / (high - low))) : 0.5);
  const style = {
    '--from': place(down.at),
    '--to': place(up.at),
    '--at': place(value),
  } as CSSProperties;
  return (
    <span className="strip" style={style} aria-hidden="true">
      <span className="stays" data-open-down={down.beyond || undefined} data-open-up={up.beyond || undefined} />
      <span className="now" />
    </span>
  );
}
