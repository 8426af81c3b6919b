/**
 * Strict complementarity. A side is decided if it is plainly active or plainly inactive: moving its bound inwards by one
 * unit then takes its slack along (dt = 0) or leaves the solution alone (dt = 1). At a kink of the solution slack and
 * multiplier vanish together, and at a small barrier value dt lies in between.
 */

/** Only a side whose slack and multiplier are this close to each other, as a ratio, can be undecided. */
const COMPARABLE = 1e8;
/** Responses within this of 0 or 1 are decided. */
const DECIDED = 0.01;
const LARGEST_NUMBER_TESTED = 100;

/** Number of the first undecided side, or null. `respond` gives dt of a side for its own unit shift. */
export function findUndecided(t: Float64Array, zeta: Float64Array, respond: (side: number) => number): number | null {
  let tested = 0;
  for (let side = 0; side < t.length && tested < LARGEST_NUMBER_TESTED; side++) {
    const ratio = t[side] / zeta[side];
    if (!(ratio < COMPARABLE && ratio > 1 / COMPARABLE)) continue;
    tested++;
    const share = respond(side);
    if (share > DECIDED && share < 1 - DECIDED) return side;
  }
  return null;
}
