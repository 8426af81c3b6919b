import fc from 'fast-check';
import { expect, it } from 'vitest';
import { build, recipes } from '../problem/testing';
import { closedLoop, makePlant, ocpLayer } from './index';
import { rollout } from './rollout';
import { relativeDistance } from './testing/differences';

it('goes where the undisturbed closed loop goes, and costs the same', () => {
  let compared = 0;
  fc.assert(
    fc.property(recipes({ initial: fc.constant('fixed'), dynamics: fc.constantFrom('discrete', 'rk4') }), (recipe) => {
      const { problem, parameters, planted } = build(recipe);
      const settings = { tolerance: 1e-10 };
      const fixed = { parameters: Float64Array.from(parameters) };
      const plant = makePlant(problem, { parameters });
      const layer = ocpLayer(problem, { inputs: ['x0'], outputs: ['u0'], settings, fixed });
      if (!plant.ok || !layer.ok) throw new Error('not made');
      const loop = closedLoop(problem, plant.plant, { tuned: [], samples: 2, settings, fixed });
      if (!loop.ok) throw new Error(loop.message);
      const initial = planted.x[0];
      const run = loop.loop.run([], [{ initial, seed: 1 }]);
      if (run.failed > 0) return;
      compared++;
      const plants = [plant.plant, plant.plant];
      const policy = (states: readonly Float64Array[]) =>
        layer.layer.forward(Float64Array.from(states.flatMap((state) => [...state]))).outputs.u0;
      for (const { x, u, cost, violation } of rollout(plants, policy, initial, 2)) {
        expect(relativeDistance(x, run.x[0])).toBeLessThan(1e-6);
        expect(relativeDistance(u, run.u[0])).toBeLessThan(1e-6);
        expect(relativeDistance([cost], run.costs)).toBeLessThan(1e-6);
        expect(relativeDistance([violation], [Math.max(0, ...run.violations)])).toBeLessThan(1e-6);
      }
    }),
    { numRuns: 8 },
  );
  expect(compared).toBeGreaterThan(3);
});
