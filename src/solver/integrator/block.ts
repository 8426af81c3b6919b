/**
 * Small matrices in generated code. Rows are known at generation time, columns may be loop counters: few columns live in
 * locals, where literal zeros vanish; many live in memory, gone through by loops.
 */
import type { SparseEntry } from '../../expression';
import { type Indexish, type Program, type Real, ZERO } from '../../kernel';

export interface Block {
  at(i: number, j: Indexish): Real;
}

export interface MutableBlock extends Block {
  add(i: number, j: Indexish, value: Real): void;
}

interface DirectEntry {
  readonly row: number;
  readonly column: number;
  readonly value: Real;
}

/** The matrix entry(i, j) plus the `direct` entries, fixed now. Blocks of one name share their memory. */
export function block(
  program: Program,
  name: string,
  rows: number,
  columns: number,
  entry: (i: number, j: Indexish) => Real,
  direct: readonly DirectEntry[] = [],
): Block {
  if (columns <= program.unrollLimit) {
    const values = Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_, j) => {
        const extra = direct.filter((d) => d.row === i && d.column === j);
        return program.let(extra.reduce((sum, d) => sum.plus(d.value), entry(i, j)));
      }),
    );
    return { at: (i, j) => values[i][j as number] };
  }
  const memory = program.shared(`${name}.${rows}.${columns}`, rows, columns);
  program.each(0, columns, (j) => {
    for (let i = 0; i < rows; i++) memory.at(i, j).set(entry(i, j));
  });
  for (const { row, column, value } of direct) memory.at(row, column).add(value);
  return { at: (i, j) => memory.at(i, j) };
}

/** Zero in columns from..to-1 of each row, to be added to there. */
export function zeroBlock(
  program: Program,
  name: string,
  rows: number,
  columns: number,
  wanted: (i: number) => readonly [from: number, to: number],
): MutableBlock {
  if (columns <= program.unrollLimit) {
    const values = Array.from({ length: rows }, () => Array.from({ length: columns }, () => ZERO));
    return {
      at: (i, j) => values[i][j as number],
      add: (i, j, value) => {
        values[i][j as number] = program.let(values[i][j as number].plus(value));
      },
    };
  }
  const memory = program.shared(`${name}.${rows}.${columns}`, rows, columns);
  for (let i = 0; i < rows; i++) program.each(...wanted(i), (j) => memory.at(i, j).set(0));
  return { at: (i, j) => memory.at(i, j), add: (i, j, value) => memory.at(i, j).add(value) };
}

/**
 * A sparse matrix times the tangents of what it depends on. Its columns are, in order: the nx states, then directions
 * themselves (controls, parameters) up to `columns`, then algebraic variables; states and algebraic variables have rows
 * of `tangent`, the latter from row `inner` on, a direction its unit row.
 */
export function chain(
  program: Program,
  name: string,
  shape: { readonly rows: number; readonly columns: number; readonly nx: number; readonly inner: number },
  entries: readonly SparseEntry[],
  values: readonly Real[],
  tangent: Block,
): Block {
  const { rows, columns, nx, inner } = shape;
  const fixed = values.map((value) => program.let(value));
  const isDirect = (column: number): boolean => column >= nx && column < columns;
  const direct = entries.flatMap(({ row, column }, e) => (isDirect(column) ? [{ row, column, value: fixed[e] }] : []));
  const dependent = entries.flatMap(({ row, column }, e) =>
    isDirect(column) ? [] : [{ row, from: column < nx ? column : inner + column - columns, value: fixed[e] }],
  );
  const entry = (i: number, j: Indexish): Real =>
    dependent.reduce(
      (sum, { row, from, value }) => (row === i ? sum.plus(value.times(tangent.at(from, j))) : sum),
      ZERO,
    );
  return block(program, name, rows, columns, entry, direct);
}
