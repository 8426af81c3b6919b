/** The problem in mathematics, section by section, from the syntax: names and lets stay as they are written. */
import { Report } from './diagnostics';
import { type Expression, namesIn } from './expressionSyntax';
import { parseDocument } from './parse';
import type {
  Comparison,
  ConstraintSyntax,
  CostSyntax,
  Declaration,
  Document,
  Element,
  EquationSyntax,
  HorizonSyntax,
  ScopeSyntax,
} from './syntax';
import {
  bracketed,
  countedInWords,
  dottedEntry,
  type Formula,
  isSum,
  joined,
  type Style,
  sumTerms,
  typesetExpression,
} from './typesetExpression';
import { aligned, broken, inRows } from './typesetLayout';
import { typesetName } from './typesetName';

/** KaTeX source. */
export interface Typeset {
  readonly title: string;
  readonly sections: readonly { readonly label: string; readonly latex: string }[];
}

/** Null where the text cannot be read; names need not be defined. */
export function typeset(text: string): Typeset | null {
  try {
    const report = new Report(text);
    const document = parseDocument(report);
    return document && !report.hasErrors ? new Typesetter(document, text).all() : null;
  } catch {
    return null;
  }
}

/** What is longer would keep the reader, and the typesetter, busy for too long. */
const longest = 30_000;
const mostParameters = 60;

class Typesetter {
  private readonly discrete: boolean;
  private readonly varying: ReadonlySet<string>;
  private readonly clock: ReadonlyMap<string, string>;

  constructor(
    private readonly document: Document,
    private readonly text: string,
  ) {
    this.discrete = document.equations.some(({ mark }) => mark === 'discrete');
    this.varying = varyingNames(document.declarations);
    const declared = new Set(document.declarations.map(({ target }) => target.name));
    const clock = [
      ['time', this.discrete ? 't_{k}' : 't'],
      ['stage', 'k'],
    ] as const;
    this.clock = new Map(clock.filter(([name]) => !declared.has(name)));
  }

  all(): Typeset {
    const { document } = this;
    const sections = [
      { label: 'minimise', latex: this.cost() },
      { label: 'dynamics', latex: aligned(document.equations.flatMap((equation) => this.equation(equation))) },
      { label: 'constraints', latex: aligned([...this.controlBounds(), ...this.constraints()]) },
      { label: 'initial values', latex: aligned(inRows(this.initialValues(), 3)) },
      { label: 'horizon', latex: this.horizon(document.horizon) },
      { label: 'where', latex: aligned(this.definitions()) },
      { label: 'parameters', latex: aligned(inRows(this.parameters(), 4)) },
    ];
    const shown = sections
      .filter(({ latex }) => latex !== '')
      .map(({ label, latex }) => ({ label, latex: latex.length > longest ? '\\cdots' : latex }));
    return { title: document.title?.text ?? '', sections: shown };
  }

  private style(index: string | null): Style {
    return { text: this.text, index, varying: this.varying, clock: this.clock };
  }

  /** At a stage that is not named: x_k where time is discrete, x where it is continuous. */
  private get here(): Style {
    return this.style(this.discrete ? 'k' : null);
  }

  private get end(): Style {
    return this.style(this.discrete ? 'N' : null);
  }

  private formula(expression: Expression, style: Style): Formula {
    return typesetExpression(expression, style);
  }

  private duration(): string {
    const { horizon } = this.document;
    const expression = horizon?.duration ?? null;
    return expression ? this.formula(expression, this.style(null)).latex : 'T';
  }

  private cost(): string {
    const terms = (kind: CostSyntax['kind'], style: Style): Formula[] => {
      const values = this.document.costs.flatMap((cost) => (cost.kind === kind && cost.value ? [cost.value] : []));
      return values.flatMap((value, i) => {
        const [first, ...rest] = sumTerms(value, style);
        if (!first || i === 0) return first ? [first, ...rest] : [];
        const { latex, width } = first.latex.startsWith('-') ? bracketed(first) : first;
        return [{ ...first, latex: `+ ${latex}`, width: width + 3 }, ...rest];
      });
    };
    const rows: string[] = [];
    const add = (sign: string, terms: readonly Formula[], before: string, after: string, always = false) => {
      if (terms.length === 0) return;
      const lead = rows.length === 0 ? '' : sign;
      const inBrackets = always || isSum(joined(terms));
      const [open, close] = !inBrackets ? ['', ''] : always ? ['\\Bigl[', '\\Bigr]'] : ['\\bigl(', '\\bigr)'];
      const lines = broken(terms);
      rows.push(
        ...lines.map((line, i) => {
          const start = i === 0 ? `& ${lead}${before}${open}` : '& \\qquad ';
          return `${start}${line}${i === lines.length - 1 ? close + after : ''}`;
        }),
      );
    };
    const every = '\\sum_{k=0}^{N-1} ';
    if (this.discrete) add('+ ', terms('integral', this.here), every, '\\,\\Delta t');
    else add('+ ', terms('integral', this.here), `\\int_0^{${this.duration()}} `, '\\,dt');
    add('+ ', terms('sum', this.style('k')), every, '');
    const terminal = terms('terminal', this.end);
    if (this.discrete) add('+ ', terminal, '', '');
    else add('+ ', terminal, '', `_{t=${this.duration()}}`, true);
    return aligned(rows);
  }

  private equation({ target, value, bindings }: EquationSyntax): string[] {
    if (!value) return [];
    const left = target ? this.derivative(target) : '0';
    const lines = broken(sumTerms(value, this.here)).map((line, i) =>
      i === 0 ? `${left} &= ${line}` : `&\\qquad ${line}`,
    );
    if (bindings.length === 0) return lines;
    const counted = `,\\quad ${countedInWords(bindings, this.here)}`;
    return lines.map((line, i) => (i === lines.length - 1 ? line + counted : line));
  }

  /** What the dynamics give: the derivative, or the next value. */
  private derivative({ name, indices, ...span }: Element): string {
    if (!this.discrete) return dottedEntry(name, indices, this.here);
    const base: Expression = { kind: 'name', name, ...span };
    const whole: Expression = indices.length === 0 ? base : { kind: 'index', base, indices, ...span };
    return this.formula(whole, this.style('k+1')).latex;
  }

  private controlBounds(): string[] {
    return this.document.declarations.flatMap((declaration) => {
      if (declaration.kind !== 'control' || !declaration.range) return [];
      const { lower, upper } = declaration.range;
      const side = (bound: Expression | null) =>
        bound && !isInfinite(bound) ? this.formula(bound, this.here).latex : null;
      const name = typesetName(declaration.target.name, { index: this.here.index });
      const [low, high] = [side(lower), side(upper)];
      if (low === null && high === null) return [];
      if (low === null) return [`& ${name} \\le ${high}`];
      return [`& ${high === null ? `${name} \\ge ${low}` : `${ordinary(low)} \\le ${name} \\le ${high}`}`];
    });
  }

  private constraints(): string[] {
    return this.document.constraints.map((constraint) => {
      const { operands, comparisons, label, scope, bindings } = constraint;
      const style =
        scope?.kind === 'end' ? this.end : scope?.kind === 'start' && this.discrete ? this.style('0') : this.here;
      const parts = operands.map((operand, i) => {
        const { latex } = this.formula(operand, style);
        return i === 0 ? latex : `${relations[comparisons[i - 1]?.relation ?? '==']} ${latex}`;
      });
      const counted = countedInWords(bindings, this.style(null));
      const notes = [counted, this.scope(scope), this.soft(constraint)].filter((note) => note !== '');
      const name = label ? `\\text{${label.name.replaceAll('_', '\\_')}}` : '';
      return `& ${ordinary(parts.join(' '))} && ${notes.join(',\\;')} && ${name}`;
    });
  }

  private scope(scope: ScopeSyntax | null): string {
    if (!scope) return '';
    if (scope.kind === 'start') return this.discrete ? '\\text{at } k = 0' : '\\text{at } t = 0';
    if (scope.kind === 'end') return this.discrete ? '\\text{at } k = N' : `\\text{at } t = ${this.duration()}`;
    const first = this.formula(scope.first, this.style(null)).latex;
    if (scope.last === scope.first) return `k = ${first}`;
    return `k = ${first}, \\dots, ${this.formula(scope.last, this.style(null)).latex}`;
  }

  private soft({ soft }: ConstraintSyntax): string {
    if (!soft) return '';
    const weights = soft.penalties.map(
      ({ name, value }) => `\\ell_{${name.slice(1)}} = ${this.formula(value, this.here).latex}`,
    );
    return `\\text{soft: } ${weights.join(',\\, ')}`;
  }

  private initialValues(): string[] {
    return this.document.declarations.flatMap((declaration) => {
      if (declaration.kind !== 'state' || !declaration.initial) return [];
      const { name } = declaration.target;
      const start = this.discrete ? typesetName(name, { index: '0' }) : `${typesetName(name)}(0)`;
      const { initial } = declaration;
      return [`${start} &${initial === 'free' ? '\\text{ free}' : `= ${this.formula(initial, this.here).latex}`}`];
    });
  }

  private horizon(horizon: HorizonSyntax | null): string {
    if (!horizon?.steps) return '';
    const steps = this.formula(horizon.steps, this.style(null)).latex;
    const grid = horizon.grid
      ? `, \\quad \\Delta t_{k} \\propto ${this.formula(horizon.grid, this.style(null)).latex}`
      : '';
    if (!this.discrete) return `t \\in [0, ${this.duration()}], \\quad N = ${steps}${grid}`;
    const usesDuration = this.document.costs.some(({ kind }) => kind === 'integral');
    const duration =
      usesDuration && horizon.duration && !horizon.grid ? `, \\quad \\Delta t = \\frac{${this.duration()}}{N}` : grid;
    return `k = 0, \\dots, N, \\quad N = ${steps}${duration}`;
  }

  private definitions(): string[] {
    return this.document.declarations.flatMap((declaration) => {
      const { kind, target } = declaration;
      if ((kind !== 'let' && kind !== 'constant' && kind !== 'signal') || !declaration.value) return [];
      const left = typesetName(target.name, { index: this.varying.has(target.name) ? this.here.index : null });
      const lines = broken(sumTerms(declaration.value, this.here));
      return lines.map((line, i) => (i === 0 ? `${left} &= ${line}` : `&\\qquad ${line}`));
    });
  }

  private parameters(): string[] {
    const all = this.document.declarations.filter((declaration) => declaration.kind === 'parameter');
    const shown = all.slice(0, mostParameters).map(({ target, value, atStages }) => {
      const left = typesetName(target.name, { index: atStages ? 'k' : null });
      const size = value?.kind === 'matrix' ? sizeInWords(value.rows) : null;
      if (size) return `${left} &\\in ${size}`;
      return value ? `${left} &= ${this.formula(value, this.here).latex}` : `${left} &`;
    });
    return all.length > mostParameters ? [...shown, '&\\dots'] : shown;
  }
}

/** The set a large table of numbers is from; null where it is small enough to be written out. */
function sizeInWords(rows: readonly (readonly Expression[])[]): string | null {
  const columns = rows[0]?.length ?? 0;
  return rows.length * columns > 9 ? `\\mathbb{R}^{${rows.length} \\times ${columns}}` : null;
}

/** A minus at the start of a cell is a sign, not an operation. */
const ordinary = (latex: string): string => latex.replace(/^-/, '{-}');

const relations: Readonly<Record<Comparison, string>> = { '<=': '\\le', '>=': '\\ge', '==': '=' };

const isInfinite = (bound: Expression): boolean =>
  bound.kind === 'negation' ? isInfinite(bound.operand) : bound.kind === 'name' && bound.name === 'inf';

/** States, controls, algebraic variables and signals, and lets that depend on them. */
function varyingNames(declarations: readonly Declaration[]): ReadonlySet<string> {
  const varying = new Set<string>();
  const usedIn = new Map<string, string[]>();
  const pending: string[] = [];
  for (const declaration of declarations) {
    const { kind, target } = declaration;
    if (kind !== 'parameter' && kind !== 'constant' && kind !== 'let') pending.push(target.name);
    if (kind === 'parameter' && declaration.atStages) pending.push(target.name);
    if (kind !== 'let' || !declaration.value) continue;
    for (const { name } of namesIn(declaration.value)) {
      const users = usedIn.get(name);
      if (users) users.push(target.name);
      else usedIn.set(name, [target.name]);
    }
  }
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (varying.has(name)) continue;
    varying.add(name);
    pending.push(...(usedIn.get(name) ?? []));
  }
  return varying;
}
