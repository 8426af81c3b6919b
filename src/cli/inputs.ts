/** Parameters and initial states of a solve from `--set` and `--initial`. */
import { nearest } from '../language';
import type { Problem } from '../problem';
import type { Inputs } from '../solver';

import { type Complaint, complaint, listed, Refusal, suggestion } from './complaint';
import type { Assignment } from './solverOptions';

export function inputsOf(
  { parameters, states }: Problem,
  set: readonly Assignment[],
  initial: readonly Assignment[],
): Inputs {
  const complaints: Complaint[] = [];
  const unknown = (option: string, what: string, { name }: Assignment, known: readonly { readonly name: string }[]) => {
    const names = known.map((item) => item.name);
    const all = names.length === 0 ? `the problem has no ${what}s` : `the ${what}s are ${listed(names.slice(0, 30))}`;
    const hint = suggestion(nearest(name, names), names.length > 30 ? `${all}, and others` : all);
    complaints.push(complaint(`${option}: the problem has no ${what} \`${name}\``, hint));
  };

  const p = Float64Array.from(parameters, ({ value }) => value);
  for (const assignment of set) {
    const at = parameters.findIndex(({ name }) => name === assignment.name);
    if (at >= 0) p[at] = assignment.value;
    else if (states.some(({ name }) => name === assignment.name)) {
      const hint = `did you mean --initial ${assignment.name}=${assignment.value}?`;
      complaints.push(complaint(`--set: \`${assignment.name}\` is a state, not a parameter`, hint));
    } else unknown('--set', 'parameter', assignment, parameters);
  }

  const x0 = new Float64Array(states.length).fill(Number.NaN);
  for (const assignment of initial) {
    const at = states.findIndex(({ name }) => name === assignment.name);
    if (at < 0) unknown('--initial', 'state', assignment, states);
    else if (states[at]?.initial === null) {
      const hint = `to fix it, write \`state ${assignment.name} = ${assignment.value}\` in the text`;
      complaints.push(
        complaint(`--initial: the initial value of \`${assignment.name}\` is free, it is optimised`, hint),
      );
    } else x0[at] = assignment.value;
  }
  if (complaints.length > 0) throw new Refusal(complaints);
  return { parameters: p, initial: x0 };
}
