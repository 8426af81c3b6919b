/** Tuning a controller: the mean cost of closed loops as a function of the controller's parameters. */
import type { ClosedLoop, Scenario } from './closedLoop';
import type { Objective } from './descent';

export function tuning(loop: ClosedLoop, scenarios: readonly Scenario[]): Objective {
  return (theta, samples) => {
    const run = loop.run(theta, samples ? samples.map((i) => scenarios[i]) : scenarios);
    return { loss: run.cost, failed: run.failed, slope: () => run.gradient() };
  };
}
