/** Which numbers of an instance the layer's inputs are: parameters, and initial states whose value is given. */
import type { Problem } from '../problem';
import type { Inputs } from '../solver';

/** Where one input is kept, in the parameters or in the initial state. */
interface Place {
  readonly name: string;
  readonly kind: 'parameter' | 'initial';
  readonly number: number;
}

export type Columns =
  | { readonly ok: true; readonly columns: ColumnMap }
  | { readonly ok: false; readonly message: string };

/**
 * Inputs by name: a parameter, `x0.STATE`, or for all entries of what the text declares together the name of the array
 * (`A`, `x0.x`); `x0` is the whole initial state, as far as it is given.
 */
export function findColumns(problem: Problem, names: readonly string[], base: Inputs): Columns {
  const places = placesOf(problem);
  const chosen: Place[] = [];
  for (const name of names) {
    const found = places.get(name);
    if (!found) return { ok: false, message: unknown(problem, name) };
    chosen.push(...found);
  }
  const twice = chosen.find((place, i) => chosen.findIndex(({ name }) => name === place.name) < i);
  if (twice) return { ok: false, message: `${twice.name} is among the inputs twice; name it once.` };
  return { ok: true, columns: new ColumnMap(chosen, base) };
}

export class ColumnMap {
  readonly names: readonly string[];

  constructor(
    private readonly places: readonly Place[],
    /** Values of what is no input. */
    private readonly base: Inputs,
  ) {
    this.names = places.map(({ name }) => name);
  }

  get count(): number {
    return this.places.length;
  }

  /** The instance whose inputs are `values` from `offset` on. */
  instance(values: ArrayLike<number>, offset: number): Inputs {
    const [parameters, initial] = [this.base.parameters.slice(), this.base.initial.slice()];
    this.places.forEach(({ kind, number }, j) => {
      (kind === 'parameter' ? parameters : initial)[number] = values[offset + j];
    });
    return { parameters, initial };
  }

  /** The numbers of the inputs among the columns of a sensitivity. */
  among(columns: readonly string[]): Int32Array {
    const numbers = new Map(columns.map((name, j) => [name, j]));
    return Int32Array.from(this.names, (name) => numbers.get(name) as number);
  }
}

function placesOf({ parameters, states, arrays }: Problem): ReadonlyMap<string, readonly Place[]> {
  const ofParameters = parameters.map(({ name }, number): Place => ({ name, kind: 'parameter', number }));
  const ofStates = states.map(
    ({ name, initial }, number): Place | null => initial && { name: `x0.${name}`, kind: 'initial', number },
  );
  const given = (places: readonly (Place | null)[]): Place[] => places.filter((place) => place !== null);
  const found = new Map<string, readonly Place[]>([['x0', given(ofStates)]]);
  for (const { name, kind, rows, columns, first } of arrays) {
    const entries = first + rows * columns;
    if (kind === 'parameter') found.set(name, ofParameters.slice(first, entries));
    if (kind === 'state') found.set(`x0.${name}`, given(ofStates.slice(first, entries)));
  }
  for (const place of [...ofParameters, ...given(ofStates)]) found.set(place.name, [place]);
  return found;
}

function unknown({ states }: Problem, name: string): string {
  const free = states.find((state) => state.initial === null && name === `x0.${state.name}`);
  return free
    ? `The initial value of ${free.name} is free: the solver chooses it, so it is no input.`
    : `There is no input "${name}": inputs are parameters, and initial states written x0.STATE.`;
}
