/** One parameter of the problem. */
import { useCallback } from 'react';
import type { ParameterView } from '../protocol';
import { resetParameter, setParameter } from '../state/actions';
import { useWorkbench } from '../state/store';
import { defaultRange } from './slider-range';
import { ValueRow } from './ValueRow';

export function ParameterRow({ parameter }: { readonly parameter: ParameterView }) {
  const { name, description, value: nominal } = parameter;
  const set = useWorkbench((state) => state.parameters.get(name));
  const range = useWorkbench((state) => state.view.ranges.get(name));
  const change = useCallback((value: number) => setParameter(name, value), [name]);
  const reset = useCallback(() => resetParameter(name), [name]);
  return (
    <ValueRow
      id={name}
      name={name}
      description={description}
      value={set ?? nominal}
      nominal={nominal}
      changed={set !== undefined && set !== nominal}
      range={range ?? parameter.range ?? defaultRange(nominal)}
      onChange={change}
      onReset={reset}
    />
  );
}
