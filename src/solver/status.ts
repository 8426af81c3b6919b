/** How a solve ended, in a sentence that says what to do. */
import type { Status } from './settings';

const messages: { readonly [S in Status]: string } = {
  converged: 'Converged: an optimal trajectory was found.',
  'iteration-limit': 'The iteration limit was reached. Try a better guess, or allow more iterations.',
  infeasible: 'The constraints cannot be met together. Loosen one of them, or make it soft.',
  diverging: 'The iterates grow without limit: the cost has no minimum. Add a cost or a bound that holds them.',
  'not-a-number': 'An expression is not a number at the guess. Change the guess, or keep the expression in its domain.',
  'step-too-small': 'No further step made progress. Try another guess, or a looser tolerance.',
  cancelled: 'Cancelled.',
  'time-limit': 'The time limit was reached. Try a better guess, or fewer steps.',
};

export function messageFor(status: Status): string {
  return messages[status];
}
