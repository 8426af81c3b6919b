/** The initial values of a vector or a matrix of states. */
import { useCallback } from 'react';
import { shortened } from '../format';
import type { StateView } from '../protocol';
import { resetInitials, setInitial } from '../state/actions';
import { useWorkbench } from '../state/store';
import type { Block } from './groups';
import { InitialRow } from './InitialRow';
import { MatrixCell } from './MatrixCell';
import { ValueBlock } from './ValueBlock';

export function InitialBlock({ array, entries }: Block<StateView>) {
  const changed = useWorkbench(({ initial }) => entries.filter(({ name }) => initial.has(name)).length);
  return (
    <ValueBlock
      array={array}
      description={entries[0]?.description ?? ''}
      changed={changed}
      onReset={() => resetInitials(entries.map(({ name }) => name))}
      cell={(i, current, onFocus) => {
        const state = entries[i];
        return state && <Cell state={state} index={array.first + i} current={current} onFocus={onFocus} />;
      }}
      row={(i) => {
        const state = entries[i];
        return state && <InitialRow key={state.name} state={state} index={array.first + i} />;
      }}
    />
  );
}

interface CellProps {
  readonly state: StateView;
  readonly index: number;
  readonly current: boolean;
  readonly onFocus: () => void;
}

function Cell({ state, index, current, onFocus }: CellProps) {
  const { name, initial } = state;
  const set = useWorkbench((workbench) => workbench.initial.get(name));
  const found = useWorkbench((workbench) => workbench.picture?.solution.x[index]);
  const change = useCallback((to: number) => setInitial(name, to), [name]);
  // Free: the solver's to choose.
  if (initial === null) return <output className="free-cell">{found === undefined ? '' : shortened(found, 3)}</output>;
  return (
    <MatrixCell
      name={`${name} at the start`}
      value={set ?? found ?? initial}
      changed={set !== undefined}
      current={current}
      onChange={change}
      onFocus={onFocus}
    />
  );
}
