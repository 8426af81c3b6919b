/** A sweep as data: a problem, what is varied, how it is solved and what is kept. */
import type { Inputs, MethodOptions, Settings } from '../../solver';
import { path, type Samples, sampleCount } from '../sampling';
import type { Keep } from './keep';
import type { Shape } from './shape';

export interface SweepPlan {
  /** Compiles to the problem, wherever it is solved. */
  readonly text: string;
  readonly method: Partial<MethodOptions>;
  readonly settings: Partial<Settings>;
  /** What is not varied. */
  readonly base: Inputs;
  readonly samples: Samples;
  readonly keep: Keep;
  /**
   * Start each instance from the solution of a neighbour where the samples have any. Of several local minima that may
   * find another than a start from the guess.
   */
  readonly warm: boolean;
}

/** Place of a sampled name among the parameters or initial states. */
export interface Target {
  readonly kind: 'parameters' | 'initial';
  readonly index: number;
}

/** `name`: a parameter, or `x0.STATE` of a state whose initial value is fixed. Null: there is none. */
export function targetOf({ parameters, states }: Pick<Shape, 'parameters' | 'states'>, name: string): Target | null {
  const parameter = parameters.findIndex((item) => item.name === name);
  if (parameter >= 0) return { kind: 'parameters', index: parameter };
  const state = states.findIndex((item) => `x0.${item.name}` === name && item.initial !== null);
  return state >= 0 ? { kind: 'initial', index: state } : null;
}

/** The inputs of an instance. */
export function inputsAt(base: Inputs, targets: readonly Target[], values: ArrayLike<number>): Inputs {
  const inputs = { parameters: base.parameters.slice(), initial: base.initial.slice() };
  targets.forEach(({ kind, index }, j) => {
    inputs[kind][index] = values[j];
  });
  return inputs;
}

/** The numbers of the instances, neighbours one after the other where they are solved warm. */
export function orderOf({ samples, warm }: Pick<SweepPlan, 'samples' | 'warm'>): Int32Array {
  const { shape } = samples;
  return warm && shape ? path(shape) : Int32Array.from({ length: sampleCount(samples) }, (_, i) => i);
}

/**
 * Chunks of so many rows, and smaller ones towards the end, so that no thread is left alone with a long one (guided
 * self-scheduling, Polychronopoulos & Kuck 1987).
 */
export function chunks(rows: Int32Array, most: number): Int32Array[] {
  const cut: Int32Array[] = [];
  for (let from = 0; from < rows.length; from += cut[cut.length - 1].length) {
    const share = Math.ceil((rows.length - from) / SHARES);
    cut.push(rows.slice(from, from + Math.min(most, Math.max(LEAST_CHUNK, share))));
  }
  return cut;
}

/** What is left is enough for so many chunks. More end later than they gain: a lane has nothing to do at the end of each. */
const SHARES = 8;

/**
 * Instances of a chunk: many for small problems, so that handing them over costs nothing beside solving them, few for large
 * ones, so that nobody waits long for a chunk to end. They do not depend on how fast the machine is, and with them
 * neither do the answers.
 */
export function chunkSize({ states, controls, algebraics, horizon }: Shape): number {
  const width = states.length + controls.length + algebraics.length;
  const operations = horizon.steps * width ** 3;
  return Math.max(LEAST_CHUNK, Math.min(MOST_CHUNK, Math.round(CHUNK_OPERATIONS / operations)));
}

const LEAST_CHUNK = 8;
const MOST_CHUNK = 64;
/** Operations of a Riccati recursion, times instances. */
const CHUNK_OPERATIONS = 500_000;
