/** The names of one text: what each stands for, and what may stand where. */
import type { Node } from '../expression';
import type { Report, Span } from './diagnostics';
import { nearest } from './nearest';
import type { Declaration } from './syntax';
import { functions, whyReserved } from './words';

/** What an expression depends on: one name of each kind, to speak of; null where there is none. */
export interface Uses {
  readonly parameter: string | null;
  readonly fixedState: string | null;
  readonly freeState: string | null;
  readonly control: string | null;
}

export const usesNothing: Uses = { parameter: null, fixedState: null, freeState: null, control: null };

export function bothUses(a: Uses, b: Uses): Uses {
  if (a === usesNothing) return b;
  if (b === usesNothing) return a;
  return {
    parameter: a.parameter ?? b.parameter,
    fixedState: a.fixedState ?? b.fixedState,
    freeState: a.freeState ?? b.freeState,
    control: a.control ?? b.control,
  };
}

/** A state the expression depends on, if there is one. */
export const stateUsed = (uses: Uses): string | null => uses.fixedState ?? uses.freeState;

/** Whether the expression changes from stage to stage. */
export const varies = (uses: Uses): boolean => stateUsed(uses) !== null || uses.control !== null;

/** An expression in the graph. */
export interface Lowered {
  readonly node: Node;
  readonly uses: Uses;
}

export interface Entity {
  readonly kind: Declaration['kind'];
  readonly declaration: Declaration;
  /** Null until known, and for ever if what is declared cannot be read. */
  lowered: Lowered | null;
  /** Of a parameter. */
  value: number | null;
  used: boolean;
}

const articles = {
  parameter: 'a parameter',
  constant: 'a constant',
  let: 'a let',
  state: 'a state',
  control: 'a control',
};

/** What a name of this kind is called in a sentence. */
export const kindInWords = (kind: Declaration['kind']): string => articles[kind];

export class Names {
  private readonly table = new Map<string, Entity>();

  constructor(
    declarations: readonly Declaration[],
    private readonly report: Report,
  ) {
    for (const declaration of declarations) this.declare(declaration);
  }

  get(name: string): Entity | undefined {
    return this.table.get(name);
  }

  /** In the order of declaration. */
  entities(): IterableIterator<Entity> {
    return this.table.values();
  }

  /** The declared name most like this one, among those of the given kinds. */
  nearest(name: string, kinds: readonly Declaration['kind'][]): string | null {
    return nearest(
      name,
      [...this.table].filter(([, { kind }]) => kinds.includes(kind)).map(([known]) => known),
    );
  }

  reportUnknown(span: Span, name: string, called: 'value' | 'function'): void {
    const candidates = called === 'function' ? functions.keys() : this.table.keys();
    const near = nearest(name, candidates);
    const declare = called === 'function' ? undefined : `declare it, for example \`parameter ${name} = 1\``;
    const hint = elsewhere.get(name) ?? (near === null ? declare : `did you mean \`${near}\`?`);
    this.report.error(
      span,
      called === 'function' ? `there is no function \`${name}\`` : `\`${name}\` is not defined`,
      hint,
    );
  }

  private declare(declaration: Declaration): void {
    const { target, kind } = declaration;
    const reason = whyReserved(target.name);
    if (reason !== null) {
      this.report.error(target, `\`${target.name}\` cannot be a name: ${reason}`, 'choose another name');
      return;
    }
    const before = this.table.get(target.name);
    if (before) {
      const line = this.report.line(before.declaration.target.from);
      this.report.error(target, `\`${target.name}\` is declared twice: it is ${articles[before.kind]} in line ${line}`);
      return;
    }
    this.table.set(target.name, { kind, declaration, lowered: null, value: null, used: false });
  }
}

const elsewhere = new Map([
  ['t', "there is no time in the expressions: make it a state, `state t = 0` with `t' = 1`"],
  ['e', 'write `exp(x)` for powers of e'],
  ['N', 'the number of steps is known only in stages such as `on 3..N-1:`'],
  ['ln', 'the natural logarithm is `log`'],
  ['arctan', 'did you mean `atan`?'],
  ['arcsin', 'did you mean `asin`?'],
  ['arccos', 'did you mean `acos`?'],
  ['infinity', 'did you mean `inf`?'],
]);
