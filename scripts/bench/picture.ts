/** How a solve grows, drawn as SVG: time and operations of an iteration against size, both axes logarithmic. */
import type { Growth, Report } from './schema';

const WIDTH = 420;
const HEIGHT = 320;
const LEFT = 64;
const RIGHT = WIDTH - 20;
const TOP = 64;
const BOTTOM = HEIGHT - 44;
const TIME = '#1f6feb';
const OPERATIONS = '#b35900';
const GUIDE = '#8a8a8a';
const GRID = '#e4e4e4';
const INK = '#333333';

interface Panel {
  readonly title: string;
  readonly axis: string;
  readonly of: 'steps' | 'states';
  /** Growth that is to be kept to: the dashed line. */
  readonly order: number;
}

const panels: readonly Panel[] = [
  { title: 'Steps of the horizon', axis: 'N', of: 'steps', order: 1 },
  { title: 'States', axis: 'nx', of: 'states', order: 3 },
];

export function growthPicture(growth: NonNullable<Report['growth']>): string {
  const [width, height] = [panels.length * WIDTH, HEIGHT];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" fill="${INK}">`,
    '<title>Time and operations of an iteration against the horizon and the number of states</title>',
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...panels.flatMap((panel, i) => [
      `<g transform="translate(${i * WIDTH} 0)">`,
      ...draw(panel, growth[panel.of]),
      '</g>',
    ]),
    '</svg>',
    '',
  ].join('\n');
}

function draw({ title, axis, of, order }: Panel, { points, timeExponent }: Growth): string[] {
  const sizes = points.map((point) => point[of]);
  const time = points.map(({ solve, iterations }) => (1e3 * solve.least) / iterations);
  // In the unit that lets both curves begin at one point.
  const operations = points.map((point) => (point.operations * time[0]) / points[0].operations);
  const guide = sizes.map((size) => time[0] * (size / sizes[0]) ** order);
  const x = logarithmic(sizes, LEFT, RIGHT);
  const y = logarithmic([...time, ...operations, ...guide], BOTTOM, TOP);
  const curve = (values: readonly number[], colour: string, dashes = 'none'): string => {
    const places = values.map((value, i) => `${x(sizes[i])},${y(value)}`).join(' ');
    return `<polyline fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dashes}" points="${places}"/>`;
  };
  return [
    text(LEFT, 24, `${title}: time ~ ${axis}^${timeExponent.toFixed(2)}`, 'font-weight="bold"'),
    text(LEFT, 46, 'us an iteration', `fill="${TIME}"`),
    text(LEFT + 110, 46, 'operations', `fill="${OPERATIONS}"`),
    text(LEFT + 200, 46, `${axis}^${order}`, `fill="${GUIDE}"`),
    ...powersOfTen([...time, ...operations, ...guide]).flatMap((power) => [
      `<path d="M${LEFT},${y(power)}H${RIGHT}" stroke="${GRID}"/>`,
      text(LEFT - 8, y(power) + 4, String(power), 'text-anchor="end"'),
    ]),
    ...sizes.map((size) => text(x(size), BOTTOM + 18, String(size), 'text-anchor="middle"')),
    text((LEFT + RIGHT) / 2, BOTTOM + 38, axis, 'text-anchor="middle"'),
    curve(guide, GUIDE, '5 4'),
    curve(operations, OPERATIONS),
    curve(time, TIME),
    ...time.map((value, i) => `<circle cx="${x(sizes[i])}" cy="${y(value)}" r="3.5" fill="${TIME}"/>`),
  ];
}

/** Takes the values' range to that from `from` to `to`. */
function logarithmic(values: readonly number[], from: number, to: number): (value: number) => number {
  const [least, most] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
  return (value) => Number((from + ((Math.log(value) - least) / (most - least)) * (to - from)).toFixed(1));
}

function powersOfTen(values: readonly number[]): number[] {
  const first = Math.ceil(Math.log10(Math.min(...values)));
  const last = Math.floor(Math.log10(Math.max(...values)));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => 10 ** (first + i));
}

const text = (x: number, y: number, words: string, attributes: string): string =>
  `<text x="${x}" y="${y}" ${attributes}>${words}</text>`;
