/** Where the multipliers and violations of each constraint are among those of the whole horizon. */
import type { Vector, Workspace } from './workspace';

/** Multipliers of sides and equalities; violations of soft sides and the multipliers of these. */
export const multiplierKinds = [
  'lower',
  'upper',
  'equality',
  'slackLower',
  'slackUpper',
  'slackLowerMultiplier',
  'slackUpperMultiplier',
] as const;

export type MultiplierKind = (typeof multiplierKinds)[number];

export interface MultiplierPart {
  readonly kind: MultiplierKind;
  readonly source: keyof Pick<Vector, 'zeta' | 'y' | 'e' | 'v'>;
  /** Parallel to the constraint's stages. */
  readonly numbers: Int32Array;
}

export interface ConstraintPlaces {
  readonly name: string;
  readonly stages: readonly number[];
  readonly parts: readonly MultiplierPart[];
}

export function constraintPlaces(w: Workspace): ConstraintPlaces[] {
  return w.stages.problem.constraints.map(({ name, from, to }, index) => {
    const stages = Array.from({ length: to - from + 1 }, (_, i) => from + i);
    const found = new Map<MultiplierKind, { source: MultiplierPart['source']; numbers: number[] }>();
    const note = (kind: MultiplierKind, source: MultiplierPart['source'], number: unknown): void => {
      const part = found.get(kind) ?? { source, numbers: [] };
      part.numbers.push(number as number);
      found.set(kind, part);
    };
    for (const k of stages) {
      const place = w.segments.find(({ segment }) => segment.from <= k && k < segment.to) as Workspace['segments'][0];
      place.segment.equalities.forEach(({ constraint }, i) => {
        if (constraint === index) note('equality', 'y', place.equality(k, i));
      });
      place.segment.sides.forEach(({ constraint, sign, soft }, i) => {
        if (constraint !== index) return;
        note(sign === 1 ? 'upper' : 'lower', 'zeta', place.side(k, i));
        if (!soft) return;
        note(sign === 1 ? 'slackUpper' : 'slackLower', 'e', place.soft(k, i));
        note(sign === 1 ? 'slackUpperMultiplier' : 'slackLowerMultiplier', 'v', place.soft(k, i));
      });
    }
    const parts = Array.from(found, ([kind, part]) => ({ kind, ...part, numbers: Int32Array.from(part.numbers) }));
    return { name, stages, parts };
  });
}
