/** Declared names: what symbols and shapes they have. */
import type { Node } from '../expression';
import type { ArrayOfEntries } from '../problem';
import type { Context } from './context';
import { horizonSteps } from './horizon';
import type { Entity } from './names';
import { orderOfDefinitions } from './order';
import { places } from './places';
import type {
  AlgebraicSyntax,
  ConstantSyntax,
  ControlSyntax,
  Declaration,
  LetSyntax,
  ParameterSyntax,
  SignalSyntax,
  StateSyntax,
} from './syntax';
import { entryNames, isScalar, type Lowered, type Shape, scalarShape, sizeOf, type Uses, usesNothing } from './value';
import { limits } from './words';

interface Declared<D extends Declaration> {
  readonly entity: Entity;
  readonly syntax: D;
}

interface Kinds {
  parameter: ParameterSyntax;
  constant: ConstantSyntax;
  let: LetSyntax;
  signal: SignalSyntax;
  state: StateSyntax;
  control: ControlSyntax;
  algebraic: AlgebraicSyntax;
}

/** Declarations of one kind that have a name of their own, in order. */
export function declared<K extends keyof Kinds>(context: Context, kind: K): Declared<Kinds[K]>[] {
  return [...context.names.entities()]
    .filter((entity) => entity.kind === kind)
    .map((entity) => ({ entity, syntax: entity.declaration as Kinds[K] }));
}

/**
 * Gives every name its nodes. Constants come before sizes and the values of parameters, all symbols before lets. Returns
 * signals in an order in which they can be worked out.
 */
export function defineNames(context: Context): Entity[] {
  const definitions = orderOfDefinitions(context.names, context.report);
  define(context, definitions, 'constant');
  for (const { entity, syntax } of declared(context, 'parameter')) defineParameter(context, entity, syntax);
  for (const { entity, syntax } of declared(context, 'state')) {
    const { target, initial } = syntax;
    const uses = initial === 'free' ? { freeState: target.name } : { fixedState: target.name };
    giveSymbols(context, entity, declaredShape(context, syntax) ?? shapeOfLiteral(initial), uses);
  }
  for (const kind of ['control', 'algebraic'] as const) {
    for (const { entity, syntax } of declared(context, kind)) {
      giveSymbols(context, entity, declaredShape(context, syntax) ?? scalarShape, { control: syntax.target.name });
    }
  }
  for (const { entity, syntax } of declared(context, 'signal')) {
    giveSymbols(context, entity, declaredShape(context, syntax) ?? scalarShape, { signal: syntax.target.name });
  }
  define(context, definitions, 'let');
  return definitions.filter(({ kind }) => kind === 'signal');
}

function define(context: Context, entities: readonly Entity[], kind: 'constant' | 'let'): void {
  for (const entity of entities) {
    const { declaration } = entity;
    if (declaration.kind !== kind) continue;
    const value = context.lower(declaration.value, places[kind]);
    const shape = declaredShape(context, declaration);
    entity.lowered = value && shape && declaration.value ? context.fitted(declaration.value, value, shape) : value;
    entity.array = shape !== null || (value !== null && !isScalar(value));
  }
}

/** Null where no sizes are written. */
function declaredShape(context: Context, { target }: Declaration): Shape | null {
  if (target.sizes.length === 0) return null;
  const sizes = target.sizes.map((written) => {
    const size = context.number(written, places.size);
    if (size === null || (Number.isInteger(size) && size >= 1 && size <= limits.entries)) return size ?? 1;
    context.report.error(written, `a size is a whole number from 1 to ${limits.entries}, but this is ${size}`);
    return 1;
  });
  const [rows = 1, columns = 1] = sizes;
  if (rows * columns <= limits.entries) return { rows, columns };
  context.report.error(target, `a matrix has at most ${limits.entries} entries`);
  return scalarShape;
}

/** Sizes of an initial value that is written out. */
function shapeOfLiteral(value: StateSyntax['initial']): Shape {
  if (value === null || value === 'free' || value.kind !== 'matrix') return scalarShape;
  const columns = value.rows[0]?.length ?? 1;
  return value.rows.length === 1 ? { rows: columns, columns: 1 } : { rows: value.rows.length, columns };
}

function giveSymbols(context: Context, entity: Entity, shape: Shape, uses: Partial<Uses>): void {
  const { name, sizes } = entity.declaration.target;
  entity.array = sizes.length > 0 || !isScalar(shape);
  if (!roomFor(context, entity, sizeOf(shape))) return;
  const names = entity.array ? entryNames(name, shape) : [name];
  entity.symbols = names.map((entry) => context.graph.symbol(entry));
  entity.lowered = { ...shape, entries: entity.symbols, uses: { ...usesNothing, ...uses } };
}

function defineParameter(context: Context, entity: Entity, syntax: ParameterSyntax): void {
  const { graph } = context;
  const { name } = syntax.target;
  if (syntax.atStages) {
    if (syntax.target.sizes.length > 0) context.report.error(syntax.target, 'a parameter at stages is a single number');
    const symbol = graph.symbol(name);
    const steps = horizonSteps(context) ?? 1;
    if (!roomFor(context, entity, steps + 1)) return;
    entity.symbols = Array.from({ length: steps + 1 }, (_, k) => graph.symbol(`${name}[${k}]`));
    entity.lowered = { ...scalarShape, entries: [symbol], uses: { ...usesNothing, parameter: name, signal: name } };
    return;
  }
  const value = context.lower(syntax.value, places.value);
  const shape = declaredShape(context, syntax);
  giveSymbols(context, entity, shape ?? value ?? scalarShape, { parameter: name });
  const fitted = value && shape && syntax.value ? context.fitted(syntax.value, value, shape) : value;
  entity.values = fitted?.entries.map((entry) => graph.value(entry)) ?? null;
}

const most = {
  parameter: limits.parameters,
  state: limits.states,
  control: limits.controls,
  algebraic: limits.algebraics,
  signal: limits.signals,
};
const plurals = {
  parameter: 'parameters',
  state: 'states',
  control: 'controls',
  algebraic: 'algebraic variables',
  signal: 'entries of signals',
};

/** Whether there is room for so many more entries of this kind; reported where there is none, before they are made. */
function roomFor(context: Context, entity: Entity, entries: number): boolean {
  const { kind } = entity;
  if (kind === 'constant' || kind === 'let') return true;
  const before = declared(context, kind).reduce((total, { entity: other }) => total + other.symbols.length, 0);
  if (before + entries <= most[kind]) return true;
  context.report.error(entity.declaration.target, `a problem has at most ${most[kind]} ${plurals[kind]}`);
  return false;
}

/** Names of the entries of a declared name. */
export function namesOf({ declaration, symbols, lowered, array }: Entity): string[] {
  const { name } = declaration.target;
  if (declaration.kind === 'parameter' && declaration.atStages) return symbols.map((_, k) => `${name}[${k}]`);
  return array && lowered ? entryNames(name, lowered) : [name];
}

/** The entries of all names of one kind, each with its own name. */
export function entriesOf(context: Context, kind: ArrayOfEntries['kind']) {
  return declared(context, kind).flatMap(({ entity, syntax }) =>
    namesOf(entity).map((name, i) => ({
      name,
      symbol: entity.symbols[i] as Node,
      description: syntax.description,
    })),
  );
}

/** Vectors and matrices, with their places among the entries. A parameter at stages is a row. */
export function arrays(context: Context): ArrayOfEntries[] {
  return (['parameter', 'state', 'control', 'algebraic', 'signal'] as const).flatMap((kind) => {
    let first = 0;
    return declared(context, kind).flatMap(({ entity, syntax }) => {
      const at = first;
      first += entity.symbols.length;
      const stages = syntax.kind === 'parameter' && syntax.atStages;
      if (!entity.lowered || (!entity.array && !stages)) return [];
      const { rows, columns } = stages ? { rows: 1, columns: entity.symbols.length } : entity.lowered;
      return [{ name: syntax.target.name, kind, rows, columns, first: at }];
    });
  });
}

/** Fills the shape of a declared name. */
export function shapeOf({ lowered }: Entity): Lowered {
  return lowered ?? { ...scalarShape, entries: [], uses: usesNothing };
}

export const entryCount = (entity: Entity): number => sizeOf(shapeOf(entity));

/** Names that were declared for nothing. Only worth saying when nothing else is wrong. */
export function reportUnused(context: Context): void {
  for (const { kind, used, declaration } of context.names.entities()) {
    if (used || kind === 'state' || kind === 'constant') continue;
    const { target } = declaration;
    context.report.warning(
      target,
      `the ${kind === 'algebraic' ? 'algebraic variable' : kind} \`${target.name}\` is never used`,
    );
  }
}
