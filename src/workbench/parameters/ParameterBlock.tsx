/** The entries of a vector or a matrix of parameters. */
import { useCallback } from 'react';
import type { ParameterView } from '../protocol';
import { resetParameters, setParameter } from '../state/actions';
import { useWorkbench } from '../state/store';
import type { Block } from './groups';
import { MatrixCell } from './MatrixCell';
import { ParameterRow } from './ParameterRow';
import { ValueBlock } from './ValueBlock';

export function ParameterBlock({ array, entries }: Block<ParameterView>) {
  const changed = useWorkbench(
    ({ parameters }) =>
      entries.filter(({ name, value }) => parameters.has(name) && parameters.get(name) !== value).length,
  );
  return (
    <ValueBlock
      array={array}
      description={entries[0]?.description ?? ''}
      changed={changed}
      onReset={() => resetParameters(entries.map(({ name }) => name))}
      cell={(i, current, onFocus) => {
        const parameter = entries[i];
        return parameter && <Cell parameter={parameter} current={current} onFocus={onFocus} />;
      }}
      row={(i) => {
        const parameter = entries[i];
        return parameter && <ParameterRow key={parameter.name} parameter={parameter} />;
      }}
    />
  );
}

interface CellProps {
  readonly parameter: ParameterView;
  readonly current: boolean;
  readonly onFocus: () => void;
}

function Cell({ parameter, current, onFocus }: CellProps) {
  const { name, value: nominal } = parameter;
  const value = useWorkbench(({ parameters }) => parameters.get(name) ?? nominal);
  const change = useCallback((to: number) => setParameter(name, to), [name]);
  return (
    <MatrixCell
      name={name}
      value={value}
      changed={value !== nominal}
      current={current}
      onChange={change}
      onFocus={onFocus}
    />
  );
}
