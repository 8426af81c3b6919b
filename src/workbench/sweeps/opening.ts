/** An instance of a sweep in the workbench: its values take the place of those on screen. */
import { openDocument, setValues } from '../state/actions';
import { useWorkbench } from '../state/store';
import type { Run } from './sweeping';

/** Values of parameters and initial states of one instance, all that differ from the text. */
export function valuesAt({ plan, document }: Run, row: number) {
  const { names, values } = plan.samples;
  const parameters = new Map(document.parameters);
  const initial = new Map(document.initial);
  names.forEach((name, j) => {
    const value = values[row * names.length + j] ?? 0;
    if (name.startsWith('x0.')) initial.set(name.slice(3), value);
    else parameters.set(name, value);
  });
  return { parameters, initial };
}

export function openInstance(run: Run, row: number): void {
  const { text, view } = useWorkbench.getState();
  const values = valuesAt(run, row);
  if (text === run.document.text) setValues(values);
  else openDocument({ text: run.document.text, view, ...values }, 'Opened an instance of the sweep.');
}

/** Whether the sweep is still of the problem on screen, whatever the values of what it varies. */
export function isCurrent({ document, plan }: Run, now: Run['document']): boolean {
  if (document.text !== now.text) return false;
  const varied = new Set(plan.samples.names);
  const same = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>, prefix: string) =>
    [...new Set([...a.keys(), ...b.keys()])].every((name) => varied.has(prefix + name) || a.get(name) === b.get(name));
  return same(document.parameters, now.parameters, '') && same(document.initial, now.initial, 'x0.');
}
