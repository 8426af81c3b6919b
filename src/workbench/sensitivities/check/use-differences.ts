/** Finite differences as derivatives of their own: those of the columns checked, and nothing elsewhere. */
import { useMemo } from 'react';
import type { DifferenceColumn } from '../../../sensitivity';
import { type Checked, useChecking } from '../../state/checking';
import type { Derivatives } from '../cells';
import type { Shown } from '../use-shown';

/** Null where none has been checked. */
export function useDifferences({ derivatives }: Pick<Shown, 'derivatives'>, wanted = true): Derivatives | null {
  const checked = useChecking((state) => state.checked);
  return useMemo(
    () => (wanted && checked.size > 0 ? differencesOf(derivatives, checked) : null),
    [derivatives, checked, wanted],
  );
}

/** In the shape of `derivatives`; not a number where nothing was checked. */
export function differencesOf(derivatives: Derivatives, checked: ReadonlyMap<string, Checked>): Derivatives {
  const { columns } = derivatives;
  const gathered = (all: Float64Array, of: (column: DifferenceColumn) => ArrayLike<number>): Float64Array => {
    const target = new Float64Array(all.length).fill(Number.NaN);
    columns.forEach((name, j) => {
      const found = checked.get(name);
      if (!found) return;
      const values = of(found.column);
      for (let i = 0; i < values.length; i++) target[i * columns.length + j] = values[i] ?? Number.NaN;
    });
    return target;
  };
  return {
    columns,
    dx: gathered(derivatives.dx, ({ dx }) => dx),
    du: gathered(derivatives.du, ({ du }) => du),
    dalgebraics: gathered(derivatives.dalgebraics, ({ dalgebraics }) => dalgebraics),
    dcostates: gathered(derivatives.dcostates, ({ dcostates }) => dcostates),
    dobjective: gathered(derivatives.dobjective, ({ dobjective }) => [dobjective]),
    d2objective: null,
  };
}
