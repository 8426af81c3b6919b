/** What is known about every iteration, and with how many digits it is worth reading. */
import type { Iteration } from '../../solver';

export const iterationWords: readonly {
  readonly key: keyof Iteration;
  readonly word: string;
  readonly digits: number;
}[] = [
  { key: 'objective', word: 'objective', digits: 7 },
  { key: 'primalInfeasibility', word: 'primal infeasibility', digits: 2 },
  { key: 'dualInfeasibility', word: 'dual infeasibility', digits: 2 },
  { key: 'complementarity', word: 'complementarity', digits: 2 },
  { key: 'barrier', word: 'barrier', digits: 2 },
  { key: 'stepPrimal', word: 'primal step', digits: 3 },
  { key: 'stepDual', word: 'dual step', digits: 3 },
  { key: 'regularisation', word: 'regularisation', digits: 2 },
  { key: 'trials', word: 'trials', digits: 3 },
];
