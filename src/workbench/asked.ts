/** What a job asks to be solved, in the problem's own order. */
import type { Inputs } from '../solver';
import type { Job, ParameterView } from './protocol';

export interface Asked extends Inputs {
  /** Barrier value; null: as the text has it. */
  readonly tau: number | null;
}

/** A problem, or what the page knows of it. */
interface Valued {
  readonly parameters: readonly Pick<ParameterView, 'name' | 'value'>[];
  readonly states: readonly { readonly name: string; readonly initial: unknown }[];
}

export function askedBy({ parameters, states }: Valued, job: Pick<Job, 'parameters' | 'initial' | 'tau'>): Asked {
  return {
    tau: job.tau ?? null,
    parameters: Float64Array.from(parameters, ({ name, value }) => job.parameters.get(name) ?? value),
    initial: Float64Array.from(states, ({ name, initial }) =>
      initial === null ? Number.NaN : (job.initial.get(name) ?? Number.NaN),
    ),
  };
}

export function sameAsked(a: Asked, b: Asked): boolean {
  const same = (x: Float64Array, y: Float64Array) => x.every((value, i) => Object.is(value, y[i]));
  return a.tau === b.tau && same(a.parameters, b.parameters) && same(a.initial, b.initial);
}
