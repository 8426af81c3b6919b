/** A sweep as a link has it: what is varied and how, where it is solved, and how it is looked at. */
import * as v from 'valibot';

const name = v.pipe(v.string(), v.maxLength(256));
const finite = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000));

const samplings = ['grid', 'sobol', 'latin-hypercube', 'saltelli', 'one-at-a-time', 'list'] as const;
const looks = ['curve', 'map', 'bands', 'scatter', 'indices', 'tornado'] as const;
const overlays = ['contours', 'gradient', 'active', 'tangents'] as const;
const starts = ['cold', 'warm'] as const;
const backends = ['auto', 'cpu', 'gpu'] as const;

/** The parts of the view that it is not worth losing the rest for fall back to their first value. */
export const sweepSchema = v.object({
  sampling: v.picklist(samplings),
  axes: v.pipe(
    v.array(v.object({ name, from: finite, to: finite, count, logarithmic: v.fallback(v.boolean(), false) })),
    v.maxLength(64),
  ),
  count,
  seed: v.fallback(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  quantity: v.fallback(name, 'objective'),
  look: v.fallback(v.nullable(v.picklist(looks)), null),
  overlays: v.fallback(v.pipe(v.array(v.picklist(overlays)), v.maxLength(overlays.length)), ['contours', 'tangents']),
  start: v.fallback(v.picklist(starts), 'cold'),
  backend: v.fallback(v.picklist(backends), 'auto'),
});

/**
 * A grid of every combination; a sample of many points; a sample for Sobol indices; the ends of every range with all else
 * as it is; or a list from a file, which is not part of a link.
 */
export type Sampling = (typeof samplings)[number];
export type SweepLook = (typeof looks)[number];
export type Overlay = (typeof overlays)[number];
export type SweepStart = (typeof starts)[number];
export type SweepBackend = (typeof backends)[number];

/** A parameter, or `x0.STATE`, and over which values; `count` is of a grid. */
export interface SweepAxis {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly logarithmic: boolean;
}

export interface SweepView {
  readonly sampling: Sampling;
  /** Empty: the first parameter that there is, over its slider. */
  readonly axes: readonly SweepAxis[];
  /** Points of a sample; for Sobol indices, blocks of points. */
  readonly count: number;
  readonly seed: number;
  /** What is drawn: `objective`, `iterations`, `kkt`, `active`, or a variable at a stage, as in `F@0`. */
  readonly quantity: string;
  /** Null: what goes with the samples. */
  readonly look: SweepLook | null;
  readonly overlays: readonly Overlay[];
  readonly start: SweepStart;
  readonly backend: SweepBackend;
}

export const initialSweep: SweepView = {
  sampling: 'grid',
  axes: [],
  count: 256,
  seed: 0,
  quantity: 'objective',
  look: null,
  overlays: ['contours', 'tangents'],
  start: 'cold',
  backend: 'auto',
};

/** In a fixed order of keys; nothing where it is as it is at first. */
export function sweepPayload(view: SweepView): SweepView | undefined {
  const { sampling, axes, count, seed, quantity, look, overlays, start, backend } = view;
  const ordered = axes.map(({ name, from, to, count, logarithmic }) => ({ name, from, to, count, logarithmic }));
  const shown = { sampling, axes: ordered, count, seed, quantity, look, overlays, start, backend };
  return JSON.stringify(shown) === JSON.stringify(initialSweep) ? undefined : shown;
}
