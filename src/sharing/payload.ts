/**
 * The JSON inside a link, version 1, and its validation. Maps are lists of pairs. What is absent takes its default;
 * what is unknown is ignored, so that a later version may add to it without breaking this one. A view that does not make
 * sense is not worth refusing a problem for: it falls back to the initial view.
 */
import * as v from 'valibot';
import {
  type AlongView,
  entryLimit,
  initialPlots,
  initialStudio,
  initialView,
  type PlotsView,
  type SharedDocument,
  textLimit,
  type View,
} from './document';
import { initialSweep, sweepPayload, sweepSchema } from './sweepView';

export const payloadVersion = 1;

const name = v.pipe(v.string(), v.maxLength(256));
const finite = v.pipe(v.number(), v.finite());
const values = v.optional(v.pipe(v.array(v.tuple([name, finite])), v.maxLength(entryLimit)), []);
const ranges = v.pipe(v.array(v.tuple([name, v.tuple([finite, finite])])), v.maxLength(entryLimit));

const variant = v.picklist(['exact', 'gauss-newton', 'differences', 'smoothed']);
const barrier = v.nullable(v.pipe(finite, v.gtValue(0)));
const along = v.object({
  column: v.nullable(name),
  quantity: v.nullable(name),
  stage: v.pipe(v.number(), v.integer(), v.minValue(0)),
  interval: v.nullable(v.tuple([finite, finite])),
  taus: v.pipe(v.array(barrier), v.minLength(1), v.maxLength(8)),
});
const studio = v.object({
  page: v.fallback(v.picklist(['map', 'lines', 'compare', 'validity', 'directions', 'along']), initialStudio.page),
  order: v.fallback(v.picklist(['declared', 'size', 'name']), initialStudio.order),
  filter: v.fallback(name, initialStudio.filter),
  tau: v.fallback(barrier, initialStudio.tau),
  compared: v.fallback(v.tuple([variant, variant]), [...initialStudio.compared]),
  along: v.fallback(v.optional(along), undefined),
});

const groups = v.array(v.picklist(['states', 'controls', 'constraints', 'multipliers']));
const plots = v.object({
  groups: v.fallback(v.pipe(groups, v.maxLength(4)), [...initialPlots.groups]),
  prediction: v.fallback(v.picklist(['off', 'linear', 'clipped']), initialPlots.prediction),
  tolerance: v.fallback(v.pipe(finite, v.gtValue(0)), initialPlots.tolerance),
});

const view = v.object({
  heatmap: v.fallback(
    v.object({
      quantity: v.nullable(name),
      measure: v.picklist(['absolute', 'relative', 'range']),
      scale: v.picklist(['block', 'column', 'global']),
    }),
    initialView.heatmap,
  ),
  derivative: v.fallback(v.nullable(v.object({ quantity: name, column: name })), null),
  costates: v.fallback(v.boolean(), false),
  plots: v.fallback(v.optional(plots), undefined),
  ranges: v.fallback(ranges, []),
  studio: v.fallback(v.optional(studio), undefined),
  below: v.fallback(v.optional(v.picklist(['sensitivities', 'sweep'])), undefined),
  sweep: v.fallback(v.optional(sweepSchema), undefined),
});

const payload = v.object({
  v: v.literal(payloadVersion),
  text: v.pipe(v.string(), v.maxLength(textLimit)),
  parameters: values,
  initial: values,
  view: v.fallback(v.optional(view), undefined),
});

export function toPayload(document: SharedDocument): string {
  const { text, parameters, initial } = document;
  return JSON.stringify({
    v: payloadVersion,
    text,
    parameters: parameters.size > 0 ? [...parameters] : undefined,
    initial: initial.size > 0 ? [...initial] : undefined,
    view: isInitialView(document.view) ? undefined : viewPayload(document.view),
  });
}

/** Whether nothing has been changed about the way a problem is looked at. */
export function isInitialView(view: View): boolean {
  return JSON.stringify(viewPayload(view)) === JSON.stringify(viewPayload(initialView));
}

/** In a fixed order of keys. */
function viewPayload({ heatmap, derivative, costates, plots, ranges, studio = initialStudio, below, sweep }: View) {
  const { quantity, measure, scale } = heatmap;
  const { page, order, filter, tau, compared, along } = studio;
  const shown = { page, order, filter, tau, compared, along: along && alongPayload(along) };
  const changed = JSON.stringify(shown) !== JSON.stringify(initialStudio);
  return {
    heatmap: { quantity, measure, scale },
    derivative,
    costates,
    plots: plotsPayload(plots ?? initialPlots),
    ranges: [...ranges],
    studio: changed ? shown : undefined,
    below: below === 'sensitivities' ? undefined : below,
    sweep: sweepPayload(sweep ?? initialSweep),
  };
}

function alongPayload({ column, quantity, stage, interval, taus }: AlongView) {
  return { column, quantity, stage, interval, taus };
}

/** Nothing where it is as it is at first. */
function plotsPayload({ groups, prediction, tolerance }: PlotsView) {
  const shown = { groups, prediction, tolerance };
  return JSON.stringify(shown) === JSON.stringify(initialPlots) ? undefined : shown;
}

export type Read =
  | { readonly ok: true; readonly document: SharedDocument }
  | { readonly ok: false; readonly reason: 'broken' | 'newer' | 'too-large' };

export function fromPayload(json: string): Read {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch {
    return { ok: false, reason: 'broken' };
  }
  const parsed = v.safeParse(payload, data);
  if (!parsed.success) return { ok: false, reason: isNewer(data) ? 'newer' : isTooLong(data) ? 'too-large' : 'broken' };
  const { text, parameters, initial, view } = parsed.output;
  return {
    ok: true,
    document: {
      text,
      parameters: new Map(parameters),
      initial: new Map(initial),
      view: view ? { ...view, ranges: new Map(view.ranges) } : initialView,
    },
  };
}

function isNewer(data: unknown): boolean {
  return v.is(v.object({ v: v.pipe(v.number(), v.integer(), v.gtValue(payloadVersion)) }), data);
}

function isTooLong(data: unknown): boolean {
  return v.is(v.object({ text: v.pipe(v.string(), v.minLength(textLimit + 1)) }), data);
}
