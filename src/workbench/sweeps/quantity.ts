/** What is drawn of the instances: a column of their table, by the name that the view has for it. */
import { derivativeName } from '../../batch';
import type { ProblemView } from '../protocol';
import type { Run } from './sweeping';

/** Numbers of the solution as a whole. */
export const wholes = [
  { name: 'objective', label: 'objective' },
  { name: 'iterations', label: 'iterations' },
  { name: 'kkt', label: 'KKT residual' },
] as const;

/** A variable at a stage, `F@0`; null: a quantity of the solution as a whole. */
export interface Entry {
  readonly name: string;
  readonly stage: number;
}

export function entryIn(quantity: string): Entry | null {
  const parts = /^(.+)@(\d+)$/.exec(quantity);
  return parts?.[1] ? { name: parts[1], stage: Number(parts[2]) } : null;
}

export function stagesOf(problem: ProblemView, variable: string): number {
  return problem.states.some(({ name }) => name === variable) ? problem.steps + 1 : problem.steps;
}

/** Another problem may not have it. */
export function quantityIn(problem: ProblemView, quantity: string): string {
  const entry = entryIn(quantity);
  if (!entry) return quantity === 'active' || wholes.some(({ name }) => name === quantity) ? quantity : 'objective';
  const { states, controls, algebraics } = problem;
  const there = [...states, ...controls, ...algebraics].some(({ name }) => name === entry.name);
  return there && entry.stage < stagesOf(problem, entry.name) ? quantity : 'objective';
}

/** Whose trajectories are shown where none is chosen. */
export function firstVariable({ controls, states }: ProblemView): string {
  return [...controls, ...states][0]?.name ?? '';
}

/** As it is written beside a plot. */
export function labelOf(quantity: string): string {
  const entry = entryIn(quantity);
  if (entry) return `${entry.name}(${entry.stage})`;
  return wholes.find(({ name }) => name === quantity)?.label ?? quantity;
}

export function isKept({ table }: Pick<Run, 'table'>, quantity: string): boolean {
  return table.column(quantity)?.kind === 'real';
}

/** Not a number where there is no solution, or none yet: where a solve has failed is no value. Null: it was not kept. */
export function numbersOf({ table }: Pick<Run, 'table'>, quantity: string): Float64Array | null {
  const [column, status] = [table.column(quantity), table.column('status')];
  if (column?.kind !== 'real' || status?.kind !== 'label') return null;
  const solved = status.labels.indexOf('converged');
  return column.values.map((value, row) => (status.values[row] === solved ? value : Number.NaN));
}

/** Names its derivative by an axis of the sweep. */
export const slopeOf = (quantity: string, axis: string): string => derivativeName(quantity, axis);

/** By an axis of the sweep; null: there are none. */
export function slopesOf(run: Pick<Run, 'table'>, quantity: string, axis: string): Float64Array | null {
  return numbersOf(run, slopeOf(quantity, axis));
}

/** How an instance ended, and what is active there; null: it has not arrived. */
export function endOf({ table }: Pick<Run, 'table'>, row: number): End | null {
  const word = (name: string): string | null => {
    const column = table.column(name);
    return column?.kind === 'label' ? (column.labels[column.values[row] ?? -1] ?? null) : null;
  };
  const status = word('status');
  if (status === null || status === 'cancelled') return null;
  return { status, message: word('message') ?? '', active: word('active') ?? '' };
}

export interface End {
  readonly status: string;
  readonly message: string;
  readonly active: string;
}

/** Rows that have ended without a solution. */
export function failuresOf({ table }: Pick<Run, 'table'>): number[] {
  const column = table.column('status');
  if (column?.kind !== 'label') return [];
  const bad = column.labels.map((label) => label !== 'converged' && label !== 'cancelled');
  const found: number[] = [];
  if (bad.includes(true))
    column.values.forEach((place, row) => {
      if (bad[place]) found.push(row);
    });
  return found;
}
