/** Polynomials of the elementary functions in single precision. fits.ts says how they come about. */

/** sin x = x + x^3 p(x^2), |x| <= pi/4 */
export const sine: readonly number[] = [-0.166666641831398, 0.008332747034728527, -0.00019587638962548226];

/** cos x = 1 - x^2/2 + x^4 p(x^2), |x| <= pi/4 */
export const cosine: readonly number[] = [0.0416666641831398, -0.0013888301327824593, 0.000024547689463361166];

/** exp x = 1 + x + x^2 p(x), |x| <= ln(2)/2 */
export const exponential: readonly number[] = [
  0.5, 0.16666576266288757, 0.041666559875011444, 0.008363203145563602, 0.001392571721225977,
];

/** sinh x = x + x^3 p(x^2), |x| <= 1 */
export const hyperbolicSine: readonly number[] = [
  0.1666666716337204, 0.008333339355885983, 0.00019838102161884308, 0.000002806280235745362,
];

/** tanh x = x + x^3 p(x^2), |x| <= 0.625 */
export const hyperbolicTangent: readonly number[] = [
  -0.3333333432674408, 0.13333304226398468, -0.053959257900714874, 0.02176891826093197, -0.008343945257365704,
  0.002292744815349579,
];

/** asin x = x + x^3 p(x^2), |x| <= 1/2 */
export const arcsine: readonly number[] = [
  0.1666666567325592, 0.07500094175338745, 0.04459940269589424, 0.031100662425160408, 0.017149237915873528,
  0.03369084745645523,
];

/** atan x = x + x^3 p(x^2), |x| <= tan(pi/8) */
export const arctangent: readonly number[] = [
  -0.3333333134651184, 0.19999538362026215, -0.14263896644115448, 0.10743099451065063, -0.06449835002422333,
];

/** log((1 + s)/(1 - s)) = 2 s + s^3 p(s^2), |s| <= 3 - 2 sqrt 2 */
export const logarithm: readonly number[] = [
  0.6666666865348816, 0.4000012278556824, 0.28550779819488525, 0.23331613838672638,
];
