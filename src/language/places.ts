/** Where an expression stands, and what it may depend on there. */
import { type Entity, kindInWords, type Names } from './names';
import { stateUsed, type Uses, usesNothing } from './value';

export interface Place {
  /** As the subject of a sentence, such as "the terminal cost". */
  readonly name: string;
  /** `values`: the declared values of parameters, as numbers. */
  readonly parameters: 'symbols' | 'values' | 'none';
  readonly lets: boolean;
  readonly states: boolean;
  readonly controls: boolean;
  /** Numbers that are known and differ from stage to stage: none, `stage`, `stage` and `time`, all. */
  readonly signals: 'none' | 'stage' | 'clock' | 'all';
  /** Value of `N`, where it has one. */
  readonly steps?: number;
}

const numeric = { lets: false, states: false, controls: false, signals: 'none' } as const;

export const places = {
  constant: { name: 'a constant', parameters: 'none', ...numeric },
  size: { name: 'a size', parameters: 'none', ...numeric },
  index: { name: 'an index', parameters: 'none', ...numeric },
  value: { name: 'the value of a parameter', parameters: 'values', ...numeric },
  valueAtStages: { name: 'the value of a parameter', parameters: 'values', ...numeric, signals: 'clock' },
  let: { name: 'a let', parameters: 'symbols', lets: true, states: true, controls: true, signals: 'all' },
  signal: { name: 'a signal', parameters: 'symbols', lets: true, states: false, controls: false, signals: 'all' },
  grid: { name: 'the grid', parameters: 'symbols', lets: true, states: false, controls: false, signals: 'stage' },
  terminal: {
    name: 'the terminal cost',
    parameters: 'symbols',
    lets: true,
    states: true,
    controls: false,
    signals: 'all',
  },
} as const satisfies Record<string, Place>;

/** A place that sees states and controls of one stage. */
export const stagePlace = (name: string): Place => ({ ...places.let, name });

/** A place for what is the same at every stage: an initial value, a weight. */
export const fixedPlace = (name: string): Place => ({
  ...places.let,
  name,
  states: false,
  controls: false,
  signals: 'none',
});

/** A place for bounds, which may differ from stage to stage. */
export const boundPlace = (name: string): Place => ({ ...places.signal, name });

/** A place for stage numbers. */
export const stageNumberPlace = (steps: number): Place => ({ ...places.constant, name: 'a stage number', steps });

export interface Refusal {
  readonly message: string;
  readonly hint?: string;
}

/** Why the name may not stand in this place; null: it may. */
export function refusal(names: Names, name: string, entity: Entity, place: Place): Refusal | null {
  const uses = entity.lowered?.uses ?? usesOfKind(entity);
  const through = entity.kind === 'let';
  /** The name, or what it uses: "`d` uses the control `u`", "`u` is a control". */
  const what = (used: string | null): string => {
    const kind = kindInWords(names.get(used ?? '')?.kind ?? entity.kind);
    return through && used !== name
      ? `\`${name}\` uses ${kind.replace(/^an? /, 'the ')} \`${used}\``
      : `\`${name}\` is ${kind}`;
  };
  if (!place.controls && uses.control !== null) {
    const why = place.states ? endless(names, uses.control) : `${place.name} can depend only on ${allowed(place)}`;
    return { message: `${what(uses.control)}, but ${why}` };
  }
  if (!place.states && stateUsed(uses) !== null) {
    return { message: `${what(stateUsed(uses))}, but ${place.name} can depend only on ${allowed(place)}` };
  }
  if (entity.kind === 'parameter' && place.parameters === 'none') {
    const hint = place.steps === undefined ? 'use `let` for expressions in parameters' : undefined;
    const message = `\`${name}\` is a parameter, but ${place.name} can depend only on ${allowed(place)}`;
    return hint === undefined ? { message } : { message, hint };
  }
  if (place.signals !== 'all' && uses.signal !== null) {
    const changes = through ? `\`${name}\` uses \`${uses.signal}\`, which` : `\`${name}\``;
    return { message: `${changes} changes from stage to stage, but ${place.name} is the same at all of them` };
  }
  if (through && !place.lets) {
    return { message: `\`${name}\` is a let, but ${place.name} can depend only on ${allowed(place)}` };
  }
  return null;
}

/** What a name depends on that has no symbol yet. */
function usesOfKind({ kind, declaration }: Entity): Uses {
  const { name } = declaration.target;
  if (kind === 'state') return { ...usesNothing, fixedState: name };
  if (kind === 'control' || kind === 'algebraic') return { ...usesNothing, control: name };
  return kind === 'signal' ? { ...usesNothing, signal: name } : usesNothing;
}

const endless = (names: Names, name: string): string =>
  names.get(name)?.kind === 'algebraic' ? 'it has no value at the end' : 'there is no control at the end';

function allowed(place: Place): string {
  if (place.steps !== undefined) return 'numbers, constants and `N`';
  if (place.parameters === 'none') return 'numbers and other constants';
  if (place.parameters === 'values') return 'numbers, constants and the parameters above it';
  return 'parameters';
}
