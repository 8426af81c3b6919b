/** How a solve ended, in a sentence that says what to do. */
import type { Status } from './settings';

/** `where` names what failed, where that is known. */
const messages: { readonly [S in Status]: (where: string) => string } = {
  converged: () => 'Converged: an optimal trajectory was found.',
  'iteration-limit': () => 'The iteration limit was reached. Try a better guess, or allow more iterations.',
  infeasible: (where) =>
    `The constraints cannot be met together${where && `: ${where}`}. Loosen one of them, make it soft, or try another guess.`,
  diverging: () => 'The iterates grow without limit: the cost has no minimum. Add a cost or a bound that holds them.',
  'not-a-number': (where) =>
    `Not a number: ${where}. Change the guess, or bound the variables so that the expression stays in its domain.`,
  'step-too-small': () => 'No further step made progress. Try another guess, or a looser tolerance.',
  cancelled: () => 'Cancelled.',
  'time-limit': () => 'The time limit was reached. Try a better guess, or fewer steps.',
};

export function messageFor(status: Status, where = ''): string {
  return messages[status](where);
}
