/** The order in which constants, lets and signals can be worked out: each after those it mentions. */
import type { Report } from './diagnostics';
import { namesIn } from './expressionSyntax';
import type { Entity, Names } from './names';

/**
 * Constants, lets and signals in an order of dependence (depth-first search, without recursion: chains may be long).
 * Those that depend on themselves are reported, once a circle, and left out.
 */
export function orderOfDefinitions(names: Names, report: Report): Entity[] {
  const done = new Set<Entity>();
  const open = new Set<Entity>();
  const circular = new Set<Entity>();
  const order: Entity[] = [];

  for (const root of names.entities()) {
    if (!isDefinition(root) || done.has(root)) continue;
    const path = [{ entity: root, pending: mentioned(root, names) }];
    open.add(root);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.pending.pop();
      if (next === undefined) {
        path.pop();
        open.delete(top.entity);
        done.add(top.entity);
        if (!circular.has(top.entity)) order.push(top.entity);
      } else if (open.has(next)) {
        const circle = path.map(({ entity }) => entity).slice(path.findIndex(({ entity }) => entity === next));
        reportCircle(circle, report);
        for (const entity of circle) circular.add(entity);
      } else if (!done.has(next)) {
        open.add(next);
        path.push({ entity: next, pending: mentioned(next, names) });
      }
    }
  }
  return order;
}

const isDefinition = ({ kind }: Entity) => kind === 'constant' || kind === 'let' || kind === 'signal';

function mentioned(entity: Entity, names: Names): Entity[] {
  const { declaration } = entity;
  const { kind } = declaration;
  if ((kind !== 'constant' && kind !== 'let' && kind !== 'signal') || declaration.value === null) return [];
  const found = new Set<Entity>();
  for (const { name } of namesIn(declaration.value)) {
    const other = names.get(name);
    if (other && isDefinition(other)) found.add(other);
  }
  return [...found].reverse();
}

function reportCircle(circle: readonly Entity[], report: Report): void {
  const names = circle.map(({ declaration }) => declaration.target.name);
  const first = circle[0]?.declaration.target;
  if (!first) return;
  const way = names.length === 1 ? '' : `: ${[...names, names[0]].slice(0, 12).join(' -> ')}`;
  report.error(first, `\`${first.name}\` is defined in terms of itself${way}`);
}
