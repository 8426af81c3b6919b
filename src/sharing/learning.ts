/**
 * What a link to an experiment carries, after `#l1:`: which page of learning, and what differs from how it is at first,
 * `tune;seed=2;batch=2;tau=0.1;hessian=gauss-newton;start=cold;solves=rti`. Everything random comes from the seed: the same link trains
 * the same way. What is unknown or makes no sense is ignored.
 */
import * as v from 'valibot';

export type LearningPage = 'layer' | 'recover' | 'tune' | 'network';

export interface LearningView {
  readonly page: LearningPage;
  readonly seed: number;
  /** Samples a step; null: all there are. */
  readonly batch: number | null;
  /** Barrier value; null: as the text has it. */
  readonly tau: number | null;
  /** That of the sensitivities. */
  readonly hessian: 'exact' | 'gauss-newton';
  /** Where a sample's solve begins: at its last solution, or at the guess. */
  readonly start: 'warm' | 'cold';
  /** What a controller does at each sample of a closed loop: solve to the end, or one real-time iteration. */
  readonly solves: 'full' | 'rti';
}

export const initialLearning: LearningView = {
  page: 'recover',
  seed: 1,
  batch: null,
  tau: null,
  hessian: 'exact',
  start: 'warm',
  solves: 'full',
};

const pages = v.picklist(['layer', 'recover', 'tune', 'network']);
const number = v.pipe(v.string(), v.nonEmpty(), v.transform(Number), v.finite());
const settings = v.object({
  seed: v.fallback(v.pipe(number, v.integer(), v.minValue(0), v.maxValue(0xffffffff)), initialLearning.seed),
  batch: v.fallback(v.nullable(v.pipe(number, v.integer(), v.minValue(1))), initialLearning.batch),
  tau: v.fallback(v.nullable(v.pipe(number, v.gtValue(0))), initialLearning.tau),
  hessian: v.fallback(v.picklist(['exact', 'gauss-newton']), initialLearning.hessian),
  start: v.fallback(v.picklist(['warm', 'cold']), initialLearning.start),
  solves: v.fallback(v.picklist(['full', 'rti']), initialLearning.solves),
});

export function encodeLearning(view: LearningView): string {
  const changed = (['seed', 'batch', 'tau', 'hessian', 'start', 'solves'] as const).filter(
    (key) => view[key] !== initialLearning[key],
  );
  return `#l1:${[view.page, ...changed.map((key) => `${key}=${view[key]}`)].join(';')}`;
}

/** Of what comes after the tag; null where it names no page. */
export function readLearning(body: string): LearningView | null {
  const [page, ...pairs] = body.split(';');
  const known = v.safeParse(pages, page);
  if (!known.success) return null;
  const given = Object.fromEntries(pairs.map((pair) => pair.split('=', 2)));
  return { page: known.output, ...v.parse(settings, given) };
}
