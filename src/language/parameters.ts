/** The parameters of the problem: values and ranges of their entries. */
import { evaluate, type Node } from '../expression';
import type { Parameter } from '../problem';
import type { Context } from './context';
import { declared, entriesOf } from './declarations';
import type { Grid } from './grid';
import type { Entity } from './names';
import { places } from './places';
import type { ParameterSyntax } from './syntax';
import { isScalar, isVector, shapeInWords, sizeOf } from './value';

/** After the grid is known: parameters at stages may be declared by an expression in `time` or `stage`. */
export function parameters(context: Context, grid: Grid | null): Parameter[] {
  for (const { entity, syntax } of declared(context, 'parameter')) {
    if (syntax.atStages && grid) entity.values = valuesAtStages(context, entity, syntax, grid);
  }
  const values = declared(context, 'parameter').flatMap(({ entity }) =>
    entity.symbols.map((_, i) => entity.values?.[i] ?? Number.NaN),
  );
  const ranges = declared(context, 'parameter').flatMap(({ entity, syntax }) => ranged(context, entity, syntax));
  return entriesOf(context, 'parameter').map((entry, i) => ({
    ...entry,
    value: values[i] as number,
    range: ranges[i] ?? null,
  }));
}

/** A number for every stage, from an expression or a table; the last entry of a table of N repeats. */
function valuesAtStages(context: Context, entity: Entity, { value }: ParameterSyntax, grid: Grid): number[] | null {
  const { graph, report, clock } = context;
  const lowered = context.lower(value, places.valueAtStages);
  if (!lowered || !value) return null;
  const count = entity.symbols.length;
  const given = sizeOf(lowered);
  if (!isScalar(lowered) && (!isVector(lowered) || (given !== count && given !== count - 1))) {
    const sizes = `N = ${count - 1} or N+1 = ${count} entries`;
    report.error(value, `a table at stages has ${sizes}, but this ${shapeInWords(lowered)}`);
    return null;
  }
  const declared = context.declaredPoint();
  const times = evaluate(graph, grid.times, declared);
  return Array.from({ length: count }, (_, k) => {
    const point = new Map<Node, number>();
    const [time, stage] = [clock.get('time'), clock.get('stage')];
    if (time) point.set(time.entries[0] as Node, times[k] as number);
    if (stage) point.set(stage.entries[0] as Node, k);
    return evaluate(graph, [lowered.entries[Math.min(k, given - 1)] as Node], point)[0] as number;
  });
}

type Slider = [number, number] | null;

function ranged(context: Context, entity: Entity, { range, target }: ParameterSyntax): Slider[] {
  const none = entity.symbols.map(() => null);
  if (!range || !entity.lowered) return none;
  const { report } = context;
  if (!range.lower || !range.upper) {
    report.error(range, `the range of \`${target.name}\` needs both ends`);
    return none;
  }
  const side = (expression: typeof range.lower): number[] | null => {
    const shape =
      entity.symbols.length > sizeOf(entity.lowered ?? { rows: 1, columns: 1 })
        ? { rows: 1, columns: 1 }
        : entity.lowered;
    const lowered = shape && context.shaped(expression, places.value, shape);
    return lowered?.entries.map((entry) => context.graph.value(entry)) ?? null;
  };
  const lows = side(range.lower);
  const highs = side(range.upper);
  if (!lows || !highs) return none;
  return entity.symbols.map((_, i) => {
    const [low, high] = [lows[i] ?? lows[0], highs[i] ?? highs[0]] as [number, number];
    if (low >= high) {
      report.error(range, `the range of \`${target.name}\` ends before it begins: ${low} is not below ${high}`);
      return null;
    }
    const value = entity.values?.[i];
    if (value !== undefined && (value < low || value > high)) {
      const at = (entity.declaration.kind === 'parameter' && entity.declaration.value) || entity.declaration.target;
      report.warning(at, `the value ${value} lies outside its range from ${low} to ${high}`);
    }
    return [low, high];
  });
}
