/** Experiments of learning on problems of the gallery: what is learned, from where, and the loss that is to be reached. */
import type { RecoverTask, TuneTask } from '../learning';
import type { NetworkTask } from '../learning/jax';

interface OnExample<Task> {
  /** Of the gallery. */
  readonly example: string;
  readonly task: Task;
}

/** Swing-ups of a pendulum whose length only the expert knows, as it does how dear force is. */
export const recover: OnExample<RecoverTask> = {
  example: 'pendulum-swing-up',
  task: {
    learned: ['l', 'r'],
    truth: [0.8, 0.02],
    start: [0.5, 0.3],
    axes: [
      { name: 'l', from: 0.4, to: 1.2, log: true },
      { name: 'r', from: 0.004, to: 0.5, log: true },
    ],
    spread: { centre: [0, Math.PI, 0, 0], reach: [0.3, 0.3, 0.5, 0.5] },
    demonstrations: 8,
    rate: 0.08,
    clip: 1,
    goal: 1e-4,
    steps: 150,
  },
};

/** A pendulum held upright by a controller with a wrong model and weights that no one has tuned. */
export const tune: OnExample<TuneTask> = {
  example: 'pendulum-swing-up',
  task: {
    learned: ['l', 'r', 'M', 'q_x', 'q_theta', 'q_v', 'q_omega'],
    start: [1.1, 1, 1, 500, 500, 1, 1],
    plant: new Map([
      ['l', 0.7],
      ['M', 1.3],
    ]),
    axes: [
      { name: 'l', from: 0.4, to: 1.5, log: true },
      { name: 'r', from: 0.02, to: 2, log: true },
    ],
    spread: { centre: [0, 0, 0, 0], reach: [0.4, 0.4, 0.5, 0.5] },
    scenarios: 3,
    samples: 20,
    noise: [0.001, 0.001, 0.01, 0.01],
    disturbance: [0, 0, 0.01, 0.01],
    rate: 0.1,
    clip: 100,
    goal: 0.3,
    steps: 40,
  },
};

/** A cart whose load and ground are seen, as numbers between 0 and 1, by one who does not know what they do to it. */
export const network: OnExample<NetworkTask> = {
  example: 'cart-with-load',
  task: {
    learned: ['mass', 'friction'],
    nominal: [0.7, 0.4],
    truth: ([load, ground]) => [0.8 + 1.4 * load ** 2, 0.4 + 2 * ground * (1 - load / 2)],
    contextSize: 2,
    hidden: [12, 12],
    spread: { centre: [-0.8, 0], reach: [0.8, 0.8] },
    lessons: 48,
    unseen: 64,
    shown: [0.9, 0.8],
    driven: [
      [0.9, 0.8],
      [0.1, 0.2],
    ],
    initial: [-1.5, 0],
    samples: 30,
    axes: [
      { name: 'mass', from: 0.6, to: 3, log: true },
      { name: 'friction', from: 0.2, to: 4, log: true },
    ],
    rate: 0.02,
    clip: 1,
    goal: 2e-4,
    steps: 200,
  },
};

/** The first force of a pendulum as a function of the mass of its cart: smooth but where the constraints that are active change. */
export const layerFigure = {
  example: 'pendulum-mass-sensitivity',
  parameter: 'M',
  from: 1.05,
  to: 1.33,
  samples: 113,
  /** A barrier value that rounds the kinks. */
  tau: 10,
} as const;
