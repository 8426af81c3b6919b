/**
 * Sequential colours, from little to much, and diverging ones centred at zero: blue below, orange above, which people with any of the common colour vision
 * deficiencies tell apart; from zero outwards lightness changes steadily, so that magnitude is read without hue. Interpolated
 * in Oklab (B. Ottosson, 2020), where equal steps look equal.
 */

type Triple = readonly [number, number, number];

/** As sRGB: from the most negative to zero to the most positive, and from the least to the most. */
const anchors = {
  diverging: {
    light: ['#0b3a75', '#2f74bd', '#93bfe4', '#f6f5f2', '#f2b07a', '#cf5f1c', '#7a2a04'],
    dark: ['#bfe1ff', '#5aa7e8', '#255a8f', '#191d23', '#83431a', '#e58334', '#ffdcb0'],
  },
  sequential: {
    light: ['#faf6e0', '#cfe6bd', '#86c7b0', '#429eae', '#2b6a9c', '#2a3a78'],
    dark: ['#20264a', '#27508a', '#2f83a3', '#5fb99f', '#b4dfa0', '#fbf5cc'],
  },
} as const;

export type Scheme = keyof typeof anchors;
type Theme = keyof (typeof anchors)[Scheme];

const scales = new Map<readonly string[], readonly (readonly [number, string])[]>();

/** Odd, so that zero has a colour of its own; so many that what lies between them can be mixed without Oklab. */
export const shades = 49;

/** From 0, the most negative, to 1, the most positive, as Plotly takes it: [shades]. */
export function colourScale(theme: Theme, scheme: Scheme = 'diverging'): readonly (readonly [number, string])[] {
  const own = anchors[scheme][theme];
  const known = scales.get(own);
  if (known) return known;
  const stops = own.map((hex) => toOklab(parseHex(hex)));
  const scale = Array.from({ length: shades }, (_, i): readonly [number, string] => {
    const position = (i / (shades - 1)) * (stops.length - 1);
    const from = Math.min(Math.floor(position), stops.length - 2);
    const rgb = toSrgb(mix(stops[from], stops[from + 1], position - from));
    return [i / (shades - 1), `rgb(${rgb.map((c) => Math.round(Math.max(0, Math.min(255, c)))).join(', ')})`];
  });
  scales.set(own, scale);
  return scale;
}

/** The same colours as a CSS gradient. */
export function gradient(theme: Theme, scheme: Scheme = 'diverging', towards: 'right' | 'top' = 'right'): string {
  return `linear-gradient(to ${towards} in oklab, ${anchors[scheme][theme].join(', ')})`;
}

function parseHex(hex: string): Triple {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  return [r, g, b];
}

function mix(a: Triple = [0, 0, 0], b: Triple = [0, 0, 0], part: number): Triple {
  return [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1]), a[2] + part * (b[2] - a[2])];
}

function toOklab(srgb: Triple): Triple {
  const [r, g, b] = srgb.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as unknown as Triple;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** Components 0..255, not yet rounded. */
function toSrgb([lightness, a, b]: Triple): number[] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return linear.map((c) => 255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055));
}
