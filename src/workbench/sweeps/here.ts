/** Where the problem on screen is among the instances of a sweep. */
import type { ProblemView } from '../protocol';
import { useWorkbench } from '../state/store';

/** Its value of a parameter or an initial state; null: there is none. */
export function useValue(problem: ProblemView, name: string): number | null {
  return useWorkbench(({ parameters, picture }) => {
    if (!name.startsWith('x0.'))
      return parameters.get(name) ?? problem.parameters.find((parameter) => parameter.name === name)?.value ?? null;
    const state = problem.states.findIndex((each) => `x0.${each.name}` === name);
    return picture?.solution.x[state] ?? null;
  });
}
