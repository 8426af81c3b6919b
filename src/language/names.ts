/** The names of one text: what each stands for, and what may stand where. */
import type { Node } from '../expression';
import type { Report, Span } from './diagnostics';
import { nearest } from './nearest';
import type { Declaration } from './syntax';
import type { Lowered } from './value';
import { functions, whyReserved } from './words';

export interface Entity {
  readonly kind: Declaration['kind'];
  readonly declaration: Declaration;
  /** Null until known, and for ever if what is declared cannot be read. */
  lowered: Lowered | null;
  /** Symbols of its entries, row by row; of a parameter at stages one for each stage. Empty where it has none. */
  symbols: readonly Node[];
  /** Whether it is a vector or matrix, or declared as one. */
  array: boolean;
  /** Of a parameter, one for each symbol. */
  values: readonly number[] | null;
  used: boolean;
}

const articles = {
  parameter: 'a parameter',
  constant: 'a constant',
  let: 'a let',
  state: 'a state',
  control: 'a control',
  algebraic: 'an algebraic variable',
  signal: 'a signal',
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
    this.table.set(target.name, {
      kind,
      declaration,
      lowered: null,
      symbols: [],
      array: false,
      values: null,
      used: false,
    });
  }
}

const elsewhere = new Map([
  ['t', 'did you mean `time`?'],
  ['e', 'write `exp(x)` for powers of e'],
  ['N', 'the number of steps is known only in stages such as `on 3..N-1:`'],
  ['ln', 'the natural logarithm is `log`'],
  ['arctan', 'did you mean `atan`?'],
  ['arcsin', 'did you mean `asin`?'],
  ['arccos', 'did you mean `acos`?'],
  ['infinity', 'did you mean `inf`?'],
]);
