/** The order of the gallery, and what each problem is there for. The problems themselves are the .ocp files beside. */

export interface GalleryItem {
  /** File name without `.ocp`. */
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  readonly tags: readonly string[];
}

export interface GalleryEntry extends GalleryItem {
  /** As the text gives it. */
  readonly title: string;
  readonly text: string;
}

export const catalogue: readonly GalleryItem[] = [
  {
    name: 'pendulum-swing-up',
    summary: 'Bring a hanging pendulum upright in one second by pushing its cart.',
    tags: ['continuous', 'nonlinear', 'bounded control'],
  },
  {
    name: 'lqr-unconstrained',
    summary: 'Linear dynamics and a quadratic cost: the solution is a feedback law, and Newton needs one step.',
    tags: ['continuous', 'linear-quadratic'],
  },
  {
    name: 'double-integrator-bounded',
    summary: 'Brake in time: bounds on acceleration and speed take turns in being active.',
    tags: ['discrete', 'linear-quadratic', 'bounded control', 'state bound'],
  },
  {
    name: 'double-integrator-min-time',
    summary: 'Full speed ahead, then full braking: the duration itself is optimised.',
    tags: ['continuous', 'free final time', 'terminal equality'],
  },
  {
    name: 'pendulum-mass-sensitivity',
    summary: 'How the first push depends on the mass of the cart, across changes of the active constraints.',
    tags: ['continuous', 'nonlinear', 'sensitivity', 'active set'],
  },
  {
    name: 'chen-allgoewer',
    summary: 'A classic of predictive control: an unstable bilinear system held by one bounded input.',
    tags: ['continuous', 'nonlinear', 'bounded control'],
  },
  {
    name: 'smoothing-1d',
    summary: 'The smallest problem whose derivative jumps, and what the barrier makes of it.',
    tags: ['discrete', 'sensitivity', 'smoothing'],
  },
  {
    name: 'solution-jump',
    summary: 'Two wells and a tilt: the better minimum changes sides, and the solution jumps.',
    tags: ['discrete', 'nonconvex', 'sensitivity'],
  },
  {
    name: 'cstr',
    summary: 'Start up a chemical reactor whose states differ in scale by a factor of a thousand.',
    tags: ['continuous', 'nonlinear', 'badly scaled', 'bounded control'],
  },
  {
    name: 'unicycle-obstacle',
    summary: 'Drive around a disc and arrive in a given pose, at rest.',
    tags: ['continuous', 'nonconvex', 'path constraint', 'terminal equality'],
  },
  {
    name: 'chain-3-masses',
    summary: 'Calm a swinging chain of springs and masses in front of a wall.',
    tags: ['continuous', 'nonlinear', 'state bound', 'vectors'],
  },
  {
    name: 'quadrotor-point-to-point',
    summary: 'Fly from hover to hover with limits on tilt and rotor speeds.',
    tags: ['continuous', 'nonlinear', 'large', 'terminal equality'],
  },
  {
    name: 'soft-constraint',
    summary: 'A speed limit that may be exceeded at a price.',
    tags: ['continuous', 'nonlinear', 'soft constraint'],
  },
  {
    name: 'bounded-lqr-batch',
    summary: 'Random linear dynamics in which each of 249 matrix entries is a parameter.',
    tags: ['discrete', 'linear-quadratic', 'many parameters', 'matrices'],
  },
  {
    name: 'pendulum-swing-up-irk',
    summary: 'The swing-up again, with an implicit integrator of fourth order.',
    tags: ['continuous', 'nonlinear', 'bounded control', 'implicit integrator'],
  },
  {
    name: 'cstr-irk',
    summary: 'The reactor again, with an integrator made for stiff dynamics.',
    tags: ['continuous', 'nonlinear', 'badly scaled', 'implicit integrator'],
  },
  {
    name: 'reactor-equilibrium',
    summary: 'A slow reaction beside a fast equilibrium: algebraic variables instead of stiff equations.',
    tags: ['continuous', 'nonlinear', 'algebraic variables', 'implicit integrator'],
  },
  {
    name: 'moving-reference',
    summary: 'Follow a reference that moves, on a grid that grows, against a wind with a parameter for every stage.',
    tags: ['continuous', 'linear-quadratic', 'signals', 'soft constraint'],
  },
  {
    name: 'cart-with-load',
    summary: 'Bring a cart to a mark within a speed limit, whatever its load and the ground.',
    tags: ['continuous', 'linear-quadratic', 'state bound', 'bounded control'],
  },
  {
    name: 'platoon',
    summary: 'Four cars close their gaps without coming too near: vectors, matrices and families of constraints.',
    tags: ['continuous', 'linear-quadratic', 'state bound', 'vectors', 'matrices'],
  },
];

/** @param textOf gives the text of a file by its name without `.ocp`. */
export function entries(textOf: (name: string) => string): readonly GalleryEntry[] {
  return catalogue.map((item) => {
    const text = textOf(item.name);
    return { ...item, text, title: /^title "([^"\n]*)"/m.exec(text)?.[1] ?? item.name };
  });
}
