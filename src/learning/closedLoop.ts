/**
 * A plant under model predictive control, and the gradient of what it costs with respect to the controller's parameters. At
 * sample k, with the layer's first control pi, measurement noise v and disturbances w from a seed,
 *
 *   y_k = x_k + v_k,   u_k = pi(y_k, theta),   x_{k+1} = F(x_k, u_k) + w_k,   J = sum_k l(x_k, u_k) + e(x_K),
 *
 * and backwards, with the costate of the loop lambda_K = e_x,
 *
 *   u'_k = l_u + F_u' lambda_{k+1},   (y'_k, theta') = (pi_y, pi_theta)' u'_k,   lambda_k = l_x + F_x' lambda_{k+1} + y'_k.
 *
 * Where a sample has no solution the last control is held, and the gradient goes the same way. Real-time iterations are
 * differentiated as the full solutions they approach: their own map has no derivative here.
 */
import { SeededRandom } from '../batch';
import type { Problem } from '../problem';
import { type LayerOptions, type LayerRun, type OcpLayer, ocpLayer } from './layer';
import { normal } from './normal';
import type { Plant } from './plant';

export interface ClosedLoopOptions
  extends Pick<LayerOptions<'u0'>, 'fixed' | 'method' | 'settings' | 'tau' | 'hessian' | 'warm' | 'solve'> {
  /** The controller's parameters that J is a function of, by name. */
  readonly tuned: readonly string[];
  /** K */
  readonly samples: number;
  /** Standard deviations, [nx]: of the disturbances of every sample, and of the measurement. */
  readonly disturbance?: ArrayLike<number>;
  readonly noise?: ArrayLike<number>;
}

/** One run: where it begins, and the seed of its noise. */
export interface Scenario {
  /** [nx] */
  readonly initial: ArrayLike<number>;
  readonly seed: number;
}

export interface LoopGradient {
  /** Of the mean cost, [tuned]. */
  readonly gradient: Float64Array;
  /** Solutions without a derivative, and with a doubtful one. */
  readonly masked: number;
  readonly doubtful: number;
}

/** Arrays are row-major, the scenario first. */
export interface LoopRun {
  /** [scenarios][K+1][nx] */
  readonly x: readonly Float64Array[];
  /** [scenarios][K][nu] */
  readonly u: readonly Float64Array[];
  /** J of each scenario, and their mean. */
  readonly costs: Float64Array;
  readonly cost: number;
  /** The largest violation of each of the plant's constraints, [constraints]. */
  readonly violations: Float64Array;
  /** Samples, over all scenarios, at which the last control was held. */
  readonly failed: number;
  /** Of all scenarios together at each sample, [K]. */
  readonly solveMs: Float64Array;
  gradient(): LoopGradient;
}

export type LoopResult =
  | { readonly ok: true; readonly loop: ClosedLoop }
  | { readonly ok: false; readonly message: string };

/** `problem`: what the controller solves. Its states and controls are those of the plant. */
export function closedLoop(problem: Problem, plant: Plant, options: ClosedLoopOptions): LoopResult {
  const names = ({ states, controls }: Problem): string => [...states, ...controls].map(({ name }) => name).join(', ');
  if (names(problem) !== names(plant.problem)) {
    const message = `The controller knows ${names(problem)}, the plant has ${names(plant.problem)}; they must be the same.`;
    return { ok: false, message };
  }
  const free = problem.states.find(({ initial }) => initial === null);
  if (free) return { ok: false, message: `The controller leaves ${free.name} free at the start; give it a value.` };
  const inputs = [...options.tuned, 'x0'];
  const made = ocpLayer(problem, { ...options, inputs, outputs: ['u0'] });
  return made.ok ? { ok: true, loop: new ClosedLoop(plant, made.layer, options) } : made;
}

export class ClosedLoop {
  /** Names of theta. */
  readonly tuned: readonly string[];

  constructor(
    readonly plant: Plant,
    private readonly layer: OcpLayer<'u0'>,
    private readonly options: Pick<ClosedLoopOptions, 'samples' | 'disturbance' | 'noise'>,
  ) {
    this.tuned = layer.inputs.slice(0, layer.inputs.length - plant.nx);
  }

  /** `theta` [tuned]. The same arguments give the same run. */
  run(theta: ArrayLike<number>, scenarios: readonly Scenario[]): LoopRun {
    const { plant, layer, options } = this;
    const { nx, nu } = plant;
    const K = options.samples;
    const x = scenarios.map(({ initial }) => {
      const trajectory = new Float64Array((K + 1) * nx);
      trajectory.set(initial);
      return trajectory;
    });
    const u = scenarios.map(() => new Float64Array(K * nu));
    const costs = new Float64Array(scenarios.length);
    const violations = new Float64Array(plant.constraints.length);
    const found = violations.slice();
    const solveMs = new Float64Array(K);
    const samples: LayerRun<'u0'>[] = [];
    const normals = scenarios.map(({ seed }) => normal(new SeededRandom(seed)));
    layer.forget();
    for (let k = 0; k < K; k++) {
      const values = Float64Array.from(
        scenarios.flatMap((_, r) => [...Array.from(theta), ...this.measured(row(x[r], k, nx), normals[r])]),
      );
      const began = performance.now();
      const sample = layer.forward(values, { shift: true });
      solveMs[k] = performance.now() - began;
      samples.push(sample);
      scenarios.forEach((_, r) => {
        const [state, next, control] = [row(x[r], k, nx), row(x[r], k + 1, nx), row(u[r], k, nu)];
        if (sample.converged[r]) control.set(row(sample.outputs.u0, r, nu));
        else if (k > 0) control.set(row(u[r], k - 1, nu));
        costs[r] += plant.cost(state, control);
        plant.violations(state, control, found);
        found.forEach((value, c) => {
          violations[c] = Math.max(violations[c], value);
        });
        plant.step(state, control, next);
        next.forEach((_, i) => {
          next[i] += (options.disturbance?.[i] ?? 0) * normals[r]();
        });
      });
    }
    scenarios.forEach((_, r) => {
      costs[r] += plant.cost(row(x[r], K, nx), null);
    });
    return {
      x,
      u,
      costs,
      cost: costs.reduce((sum, cost) => sum + cost, 0) / costs.length,
      violations,
      failed: samples.reduce((sum, { failed }) => sum + failed, 0),
      solveMs,
      gradient: () => this.gradient(x, u, samples),
    };
  }

  private measured(state: Float64Array, normal: () => number): Float64Array {
    const { noise } = this.options;
    return noise ? state.map((value, i) => value + noise[i] * normal()) : state;
  }

  private gradient(
    x: readonly Float64Array[],
    u: readonly Float64Array[],
    samples: readonly LayerRun<'u0'>[],
  ): LoopGradient {
    const { plant, tuned } = this;
    const { nx, nu } = plant;
    const K = samples.length;
    const share = 1 / x.length;
    const gradient = new Float64Array(tuned.length);
    let [masked, doubtful] = [0, 0];
    const costates = x.map((trajectory) => {
      const costate = new Float64Array(nx);
      plant.pullCost(share, row(trajectory, K, nx), null, costate, null);
      return costate;
    });
    /** Cotangents of the controls of the sample, those of held ones included. */
    let pulls = x.map(() => new Float64Array(nu));
    for (let k = K - 1; k >= 0; k--) {
      const earlier = x.map(() => new Float64Array(nu));
      x.forEach((trajectory, r) => {
        const [state, control] = [row(trajectory, k, nx), row(u[r], k, nu)];
        const costate = costates[r].slice();
        costates[r].fill(0);
        plant.pullStep(state, control, costate, costates[r], pulls[r]);
        plant.pullCost(share, state, control, costates[r], pulls[r]);
        if (!samples[k].converged[r]) earlier[r].set(pulls[r]);
      });
      const back = samples[k].backward({ u0: Float64Array.from(pulls.flatMap((pull) => [...pull])) });
      x.forEach((_, r) => {
        const pulled = row(back.inputs, r, tuned.length + nx);
        for (let j = 0; j < tuned.length; j++) gradient[j] += pulled[j];
        for (let i = 0; i < nx; i++) costates[r][i] += pulled[tuned.length + i];
      });
      masked += back.masked;
      doubtful += back.doubtful;
      pulls = earlier;
    }
    return { gradient, masked, doubtful };
  }
}

const row = (values: Float64Array, k: number, width: number): Float64Array =>
  values.subarray(k * width, (k + 1) * width);
