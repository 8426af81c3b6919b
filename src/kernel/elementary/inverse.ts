/** asin, acos, atan, atan2: reduction to small arguments with the rounding errors of the reduction carried along. */
import type { Program } from '../program';
import { abs, copysign, exponent, max, min, type Real, real, scale, select, sqrt } from '../real';
import { arcsine, arctangent, halfPiWords } from './coefficients';
import { fastTwoSum, polynomial, twoProduct } from './compensated';

/** For |x| > 1/2: (1 - |x|)/2 = square, root = its square root, and what rounding took from the root. */
function halfAngle(program: Program, magnitude: Real): { square: Real; root: Real; lost: Real } {
  const square = program.let(real(1).minus(magnitude).times(0.5)); // exact
  const root = program.let(sqrt(square));
  const product = twoProduct(program, root, root);
  const residual = square.minus(product.high).minus(product.low);
  return { square, root, lost: program.let(select(root.gt(0), residual.over(root.times(2)), 0)) };
}

/** |x| > 1/2: asin |x| = pi/2 - 2 asin sqrt((1 - |x|)/2). */
export function asin(program: Program, x: Real): Real {
  const magnitude = program.let(abs(x));
  const outer = magnitude.gt(0.5);
  const { square, root, lost } = halfAngle(program, magnitude);
  const z = program.let(select(outer, square, x.times(x)));
  const p = program.let(z.times(polynomial(program, z, arcsine)));
  const lead = fastTwoSum(program, halfPiWords[0], root.times(-2));
  const rest = lead.low.plus(halfPiWords[1]).minus(lost.plus(root.times(p)).times(2));
  return select(outer, copysign(lead.high.plus(rest), x), x.plus(x.times(p)));
}

/** |x| <= 1/2: pi/2 - asin x; beyond: 2 asin sqrt((1 - x)/2), or pi less that of -x. */
export function acos(program: Program, x: Real): Real {
  const magnitude = program.let(abs(x));
  const outer = magnitude.gt(0.5);
  const { square, root, lost } = halfAngle(program, magnitude);
  const z = program.let(select(outer, square, x.times(x)));
  const p = program.let(z.times(polynomial(program, z, arcsine)));
  const quarter = fastTwoSum(program, halfPiWords[0], x.negated());
  const inner = quarter.high.plus(quarter.low.plus(halfPiWords[1]).minus(x.times(p)));
  const rest = program.let(lost.plus(root.times(p)));
  const half = fastTwoSum(program, halfPiWords[0] * 2, root.times(-2));
  const left = half.high.plus(half.low.plus(halfPiWords[1] * 2).minus(rest.times(2)));
  const right = root.plus(rest).times(2);
  return select(outer, select(x.gt(0), right, left), inner);
}

/**
 * The angle of (x, y), both from 0 on, not both 0, the larger moderate in size, turned into [0, pi/2]; `flipped`: pi
 * less that. With u = y/x, (y - x)/(y + x) or -x/y, whichever is at most tan(pi/8), it is atan u plus 0, pi/4 or pi/2.
 */
function angle(program: Program, y: Real, x: Real, flipped: Real): Real {
  const limit = Math.SQRT2 - 1;
  const low = y.le(x.times(limit));
  const high = x.le(y.times(limit));
  const difference = fastTwoSum(program, select(y.gt(x), y, x.negated()), select(y.gt(x), x.negated(), y));
  const sum = fastTwoSum(program, max(x, y), min(x, y));
  const above = program.let(select(low, y, select(high, x.negated(), difference.high)));
  const below = program.let(select(low, x, select(high, y, sum.high)));
  const end = low.or(high);
  const u = program.let(above.over(below));
  const product = twoProduct(program, u, below);
  const aboveLow = select(end, 0, difference.low);
  const belowLow = select(end, 0, sum.low);
  const residual = above.minus(product.high).minus(product.low).plus(aboveLow).minus(u.times(belowLow));
  const square = program.let(u.times(u));
  const tail = program.let(
    u
      .times(square)
      .times(polynomial(program, square, arctangent))
      .plus(residual.over(below)),
  );
  const [lead, leadLow] = halfPiWords;
  const eighths = program.let(select(low, 0, select(high, 1, 0.5)));
  const sign = select(flipped.gt(0), -1, 1);
  const turned = program.let(select(flipped.gt(0), real(2).minus(eighths), eighths));
  const total = fastTwoSum(program, turned.times(lead), sign.times(u));
  return total.high.plus(total.low.plus(turned.times(leadLow).plus(sign.times(tail))));
}

export function atan(program: Program, x: Real): Real {
  const magnitude = program.let(min(abs(x), 2 ** 60)); // from there on the result is pi/2
  return copysign(angle(program, magnitude, real(1), real(0)), x);
}

/** Both coordinates are scaled to about 2^COMMON, where neither their products nor small quotients leave the range. */
const COMMON = 500;

export function atan2(program: Program, y: Real, x: Real): Real {
  const [b, a] = [program.let(abs(y)), program.let(abs(x))];
  const infinity = Number.POSITIVE_INFINITY;
  const larger = program.let(max(a, b));
  const infinite = larger.eq(infinity);
  const none = larger.eq(0);
  const shift = program.let(select(infinite.or(none), 0, min(real(COMMON).minus(exponent(larger)), 1023)));
  const above = program.let(select(infinite, select(b.eq(infinity), 1, 0), scale(b, shift)));
  const right = program.let(select(infinite, select(a.eq(infinity), 1, 0), select(none, 1, scale(a, shift))));
  const flipped = program.let(select(copysign(1, x).lt(0), 1, 0));
  const magnitude = angle(program, above, right, flipped);
  return select(x.eq(x).and(y.eq(y)), copysign(magnitude, y), x.plus(y));
}
