/** Numbers known at every stage: declared signals, parameters at stages, `time` and `stage`. */
import { type Node, substitute } from '../expression';
import type { Signal } from '../problem';
import type { Context } from './context';
import { declared, namesOf } from './declarations';
import type { Grid } from './grid';
import type { Entity } from './names';
import { places } from './places';
import type { SignalSyntax } from './syntax';
import { isScalar, isVector, type Lowered, shapeInWords, sizeOf } from './value';

/** Values of one symbol, [N+1]. */
type Values = readonly Node[];

/**
 * @param order the declared signals, each after those it mentions
 *
 * To be called when all else is compiled: only then it is known whether `time` and `stage` are used.
 */
export function signals(context: Context, order: readonly Entity[], grid: Grid): Signal[] {
  const { graph, clock } = context;
  const values = new Map<Node, Values>();
  const stages = Array.from({ length: grid.steps + 1 }, (_, k) => k);
  for (const { entity, syntax } of declared(context, 'parameter')) {
    const symbol = entity.lowered?.entries[0];
    if (syntax.atStages && symbol !== undefined) values.set(symbol, entity.symbols);
  }
  const lowered = order.map((entity) => {
    const { declaration } = entity;
    return declaration.kind === 'signal' ? context.lower(declaration.value, places.signal) : null;
  });
  const time = clock.get('time')?.entries[0];
  const stage = clock.get('stage')?.entries[0];
  if (time !== undefined) values.set(time, grid.times);
  if (stage !== undefined)
    values.set(
      stage,
      stages.map((k) => graph.constant(k)),
    );
  for (const [i, entity] of order.entries()) {
    const value = lowered[i];
    const rows = value && valuesAt(context, entity, value, grid.steps, values);
    for (const [j, row] of (rows ?? []).entries()) values.set(entity.symbols[j] as Node, row);
  }

  const found = declared(context, 'signal').flatMap(({ entity }) =>
    namesOf(entity).map((name, i) => ({ name, symbol: entity.symbols[i] as Node })),
  );
  for (const { entity, syntax } of declared(context, 'parameter')) {
    const symbol = entity.lowered?.entries[0];
    if (syntax.atStages && symbol !== undefined) found.push({ name: syntax.target.name, symbol });
  }
  if (time !== undefined) found.push({ name: 'time', symbol: time });
  if (stage !== undefined) found.push({ name: 'stage', symbol: stage });
  return found.map(({ name, symbol }) => ({ name, symbol, values: values.get(symbol) ?? [] }));
}

/** Values of the entries of a signal: the columns of a table, or an expression at every stage. */
function valuesAt(
  context: Context,
  entity: Entity,
  value: Lowered,
  steps: number,
  known: ReadonlyMap<Node, Values>,
): Values[] | null {
  const { graph, report } = context;
  const { target, value: written } = entity.declaration as SignalSyntax;
  const rows = entity.symbols.length;
  const at = (k: number, nodes: readonly Node[]): Node[] =>
    substitute(graph, nodes, new Map([...known].map(([symbol, values]) => [symbol, values[k] as Node])));
  const length = steps + 1;
  const table = isTable(value, rows, steps);
  if (table) {
    const columns = sizeOf(value) / rows;
    return entity.symbols.map((_, row) =>
      Array.from({ length }, (_, k) => {
        const column = Math.min(k, columns - 1);
        return at(k, [value.entries[row * columns + column] as Node])[0] as Node;
      }),
    );
  }
  if (sizeOf(value) === rows || isScalar(value)) {
    const stages = Array.from({ length }, (_, k) => at(k, value.entries));
    return entity.symbols.map((_, row) => stages.map((nodes) => nodes[isScalar(value) ? 0 : row] as Node));
  }
  const sizes = rows === 1 ? '' : ` for each of its ${rows} rows`;
  const message = `a table has N = ${steps} or N+1 = ${length} entries${sizes}, but this ${shapeInWords(value)}`;
  const hint = isVector(value)
    ? `a vector at every stage is declared with its size: \`signal ${target.name}[${sizeOf(value)}]\``
    : undefined;
  report.error(written ?? target, message, hint);
  return null;
}

function isTable(value: Lowered, rows: number, steps: number): boolean {
  const count = sizeOf(value) / rows;
  const shaped = rows === 1 ? isVector(value) : value.rows === rows;
  return shaped && !(value.columns === 1 && rows > 1) && !isScalar(value) && (count === steps || count === steps + 1);
}
