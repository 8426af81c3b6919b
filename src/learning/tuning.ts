/** Tuning a controller: the mean cost of closed loops as a function of the controller's parameters. */
import type { ClosedLoop, Scenario } from './closedLoop';
import type { Objective } from './descent';

export function tuning(loop: ClosedLoop, scenarios: readonly Scenario[]): Objective {
  return (theta) => {
    const run = loop.run(theta, scenarios);
    return { loss: run.cost, ...run.gradient() };
  };
}
