/**
 * How far a prediction holds: the largest distance up to a limit at which its error is still within a tolerance. As long
 * as the active set stays as it is the error grows with the square of the distance, so that one error tells where to look
 * next; a bracket keeps hold of it where the active set changes. The error is taken to grow with the distance.
 */

/** An error this close below the tolerance is close enough. */
const CLOSE = 0.8;
const LARGEST_NUMBER_OF_ERRORS = 8;

/**
 * `errorAt` gives the error at a distance, infinite where there is no solution. The answer is a distance that was tried
 * and found to hold, or 0.
 */
export function predictionRadius(errorAt: (distance: number) => number, limit: number, tolerance: number): number {
  let holds = 0;
  let fails = limit;
  let next = limit;
  for (let i = 0; i < LARGEST_NUMBER_OF_ERRORS && limit > 0; i++) {
    const error = errorAt(next);
    if (error <= tolerance) {
      holds = next;
      if (next === limit || error >= CLOSE * tolerance) break;
    } else fails = next;
    next = between(holds, fails, next * Math.sqrt((0.9 * tolerance) / Math.max(error, Number.MIN_VALUE)));
  }
  return holds;
}

/** The wish, kept away from both ends of the bracket. */
function between(low: number, high: number, wish: number): number {
  const margin = 0.1 * (high - low);
  // A bracket that has not been touched from below may reach over orders of magnitude.
  const least = low === 0 ? 1e-3 * high : low + margin;
  return Math.min(high - margin, Math.max(least, wish));
}
