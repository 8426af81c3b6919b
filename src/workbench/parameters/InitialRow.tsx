/** The initial value of one state. Where the text gives it by parameters, it follows them until it is set here. */
import { useCallback } from 'react';
import { formatNumber } from '../format';
import type { StateView } from '../protocol';
import { resetInitial, setInitial } from '../state/actions';
import { useWorkbench } from '../state/store';
import { defaultRange } from './slider-range';
import { ValueRow } from './ValueRow';

interface Props {
  readonly state: StateView;
  readonly index: number;
}

export function InitialRow({ state, index }: Props) {
  const { name, description, initial } = state;
  const set = useWorkbench((workbench) => workbench.initial.get(name));
  const range = useWorkbench((workbench) => workbench.view.ranges.get(`x0.${name}`));
  const found = useWorkbench((workbench) => workbench.picture?.solution.x[index]);
  const change = useCallback((value: number) => setInitial(name, value), [name]);
  const reset = useCallback(() => resetInitial(name), [name]);
  if (initial === null) {
    return (
      <li className="value-row free">
        <div className="value-head">
          <span className="name">{name}</span>
          <span className="description">free, optimised</span>
          <output>{found === undefined ? '' : formatNumber(found, 6)}</output>
        </div>
      </li>
    );
  }
  return (
    <ValueRow
      id={`x0.${name}`}
      name={name}
      description={description}
      value={set ?? found ?? initial}
      nominal={initial}
      changed={set !== undefined}
      range={range ?? defaultRange(initial)}
      onChange={change}
      onReset={reset}
    />
  );
}
