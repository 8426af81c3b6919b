/** Names of derivatives, as they are written. */
import { blockAt, type Cell, type Table } from './cells';

/** ∂F/∂M, ∂J/∂M, ∂²J/∂M∂l; smoothed ∂²Jτ/∂M∂l. */
export function cellName(table: Table, { row, column }: Cell): string {
  const block = blockAt(table, row);
  const by = table.columns[column] ?? '';
  if (block?.subject.kind === 'gradient') return `∂J/∂${by}`;
  if (block?.subject.kind === 'hessian')
    return `${block.subject.name.replace('∇', '∂')}/∂${table.columns[row - block.start]}∂${by}`;
  return `∂${block?.subject.name}/∂${by}`;
}
