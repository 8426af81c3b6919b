/** Parameters, constants, lets, states and controls. */
import type { Node } from '../expression';
import type { Control, Parameter, State } from '../problem';
import type { Context } from './context';
import { fixedPlace, type Place, places } from './lower';
import { type Entity, type Uses, usesNothing } from './names';
import { orderOfDefinitions } from './order';
import type { ConstantSyntax, ControlSyntax, Declaration, LetSyntax, ParameterSyntax, StateSyntax } from './syntax';
import { limits } from './words';

interface Declared<D extends Declaration> {
  readonly entity: Entity;
  readonly syntax: D;
}

interface Kinds {
  parameter: ParameterSyntax;
  constant: ConstantSyntax;
  let: LetSyntax;
  state: StateSyntax;
  control: ControlSyntax;
}

/** Declarations of one kind that have a name of their own, in order. */
export function declared<K extends keyof Kinds>(context: Context, kind: K): Declared<Kinds[K]>[] {
  return [...context.names.entities()]
    .filter((entity) => entity.kind === kind)
    .map((entity) => ({ entity, syntax: entity.declaration as Kinds[K] }));
}

/** Gives every name its node. Constants come before the values of parameters, all symbols before lets. */
export function defineNames(context: Context): void {
  const { graph } = context;
  checkCounts(context);
  const definitions = orderOfDefinitions(context.names, context.report);
  define(context, definitions, 'constant', places.constant);

  const symbol = (entity: Entity, uses: Partial<Uses>) => {
    const node = graph.symbol(entity.declaration.target.name);
    entity.lowered = { node, uses: { ...usesNothing, ...uses } };
  };
  for (const { entity, syntax } of declared(context, 'parameter')) {
    symbol(entity, { parameter: syntax.target.name });
    entity.value = context.number(syntax.value, places.value);
  }
  for (const { entity, syntax } of declared(context, 'state')) {
    const { name } = syntax.target;
    symbol(entity, syntax.initial === 'free' ? { freeState: name } : { fixedState: name });
  }
  for (const { entity, syntax } of declared(context, 'control')) symbol(entity, { control: syntax.target.name });

  define(context, definitions, 'let', places.let);
}

function define(context: Context, entities: readonly Entity[], kind: 'constant' | 'let', place: Place): void {
  for (const entity of entities) {
    const { declaration } = entity;
    if (declaration.kind === kind) entity.lowered = context.lower(declaration.value, place);
  }
}

function checkCounts(context: Context): void {
  const most = { parameter: limits.parameters, state: limits.states, control: limits.controls };
  for (const kind of ['parameter', 'state', 'control'] as const) {
    const excess = declared(context, kind)[most[kind]];
    if (excess) context.report.error(excess.syntax.target, `a problem has at most ${most[kind]} ${kind}s`);
  }
}

/** Symbol of a parameter, state or control; every one has it after defineNames. */
export function symbolOf(entity: Entity): Node {
  if (!entity.lowered) throw new Error(`${entity.declaration.target.name} has no symbol`);
  return entity.lowered.node;
}

export function parameters(context: Context): Parameter[] {
  return declared(context, 'parameter').map(({ entity, syntax }) => {
    const { target, description } = syntax;
    const value = entity.value ?? Number.NaN;
    return {
      name: target.name,
      symbol: symbolOf(entity),
      value,
      range: sliderRange(context, entity, syntax),
      description,
    };
  });
}

function sliderRange(context: Context, entity: Entity, { range, target }: ParameterSyntax): [number, number] | null {
  if (!range) return null;
  const { report } = context;
  const low = context.number(range.lower, places.value);
  const high = context.number(range.upper, places.value);
  if (low === null || high === null) {
    if (!range.lower || !range.upper) report.error(range, `the range of \`${target.name}\` needs both ends`);
    return null;
  }
  if (low >= high) {
    report.error(range, `the range of \`${target.name}\` ends before it begins: ${low} is not below ${high}`);
    return null;
  }
  if (entity.value !== null && (entity.value < low || entity.value > high)) {
    report.warning(syntaxValue(entity), `the value ${entity.value} lies outside its range from ${low} to ${high}`);
  }
  return [low, high];
}

function syntaxValue({ declaration }: Entity) {
  return (declaration.kind === 'parameter' && declaration.value) || declaration.target;
}

export function states(context: Context): State[] {
  const found = declared(context, 'state').map(({ entity, syntax }): State => {
    const { target, description, initial } = syntax;
    const place = fixedPlace(`the initial value of \`${target.name}\``);
    const lowered = initial === 'free' ? null : context.lower(initial, place);
    if (lowered && initial !== 'free' && initial) {
      context.atDeclaredValues([lowered.node], (value) => {
        if (!Number.isFinite(value))
          context.report.error(initial, `the initial value of \`${target.name}\` is not a finite number`);
      });
    }
    return { name: target.name, symbol: symbolOf(entity), initial: lowered?.node ?? null, description };
  });
  return found;
}

export function controls(context: Context): Control[] {
  return declared(context, 'control').map(({ entity, syntax }) => ({
    name: syntax.target.name,
    symbol: symbolOf(entity),
    description: syntax.description,
  }));
}

/** Names that were declared for nothing. Only worth saying when nothing else is wrong. */
export function reportUnused(context: Context): void {
  for (const { kind, used, declaration } of context.names.entities()) {
    if (used || kind === 'state' || kind === 'constant') continue;
    const { target } = declaration;
    context.report.warning(target, `the ${kind} \`${target.name}\` is never used`);
  }
}
