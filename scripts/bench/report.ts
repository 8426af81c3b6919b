/** The benchmark as a table. */
import { number, table } from '../../src/cli/table';
import type { Timing } from './measure';
import type { ProblemResult } from './problem';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  readonly v8: string;
}

export interface FreshTiming {
  readonly compile: Timing;
  readonly firstSolve: Timing;
}

export interface BenchResult extends ProblemResult {
  /** The same in a process just started, whose JavaScript is not optimised yet. */
  readonly fresh: FreshTiming;
}

const WIDTH = 160;

export function reportLines({ cpu, cores, node, v8 }: Machine, results: readonly BenchResult[]): string[] {
  const column = (heading: string, cell: (result: BenchResult) => string) => ({ heading, cells: results.map(cell) });
  const name = { heading: 'problem', cells: results.map((result) => result.name), align: 'left' } as const;
  const compiling = table(
    [
      name,
      column('nx/nu/N', ({ sizes: { states, controls, steps } }) => `${states}/${controls}/${steps}`),
      column('columns', ({ sizes }) => String(sizes.columns)),
      column('compile', ({ compile }) => spreadOf(compile)),
      column('first solve', ({ firstSolve }) => spreadOf(firstSolve)),
      column('new process: compile', ({ fresh }) => spreadOf(fresh.compile)),
      column('first solve', ({ fresh }) => spreadOf(fresh.firstSolve)),
    ],
    WIDTH,
  );
  const solving = table(
    [
      name,
      column('cold', ({ cold }) => spreadOf(cold)),
      column('warm, sensitivities', ({ warm }) => spreadOf(warm)),
      column('sensitivities', ({ sensitivities }) => spreadOf(sensitivities)),
      column('adjoint, us', ({ adjoint }) => number(1e3 * adjoint.median, 3)),
      column('value, us', ({ value }) => number(1e3 * value.median, 3)),
      column('cold, kmadd', (result) => inMultiplyAdds(result, result.cold)),
      column('warm, kmadd', (result) => inMultiplyAdds(result, result.warm)),
    ],
    WIDTH,
  );
  const counting = table(
    [
      name,
      column('status', ({ status }) => status),
      column('cold iterations', ({ iterations }) => String(iterations.cold)),
      column('us each', ({ cold, iterations }) => number((1e3 * cold.median) / Math.max(1, iterations.cold), 3)),
      column('warm, median', ({ iterations }) => String(iterations.warmMedian)),
      column('warm, most', ({ iterations }) => String(iterations.warmMost)),
      column('warm failures', ({ warmFailures }) => String(warmFailures)),
      column('ns/madd', ({ multiplyAddNs }) => number(multiplyAddNs, 3)),
    ],
    WIDTH,
  );
  const batching = table(
    [
      name,
      column('instances', ({ batch }) => String(batch.instances)),
      column('converged', ({ batch }) => String(batch.converged)),
      column('iterations each', ({ batch }) => number(batch.iterations / batch.instances, 3)),
      column('alone, ms', ({ batch }) => spreadOf(batch.times.alone)),
      column('in lanes, ms', ({ batch }) => spreadOf(batch.times.inLanes)),
      column('alone, solves/s', ({ batch }) => number(batch.alone, 3)),
      column('in lanes, solves/s', ({ batch }) => number(batch.inLanes, 3)),
      column('gain', ({ batch }) => number(batch.inLanes / batch.alone, 3)),
    ],
    WIDTH,
  );
  return [
    `${cpu}, ${cores} cores; Node ${node}, V8 ${v8}`,
    'Milliseconds: median and, in brackets, quartiles.',
    '',
    ...compiling,
    '',
    'Compile is from text to ready solver, anew each time. The first solve includes the compilation of the WebAssembly',
    'functions as they are first called.',
    '',
    ...solving,
    '',
    'Warm is after a step of 1 % in one parameter after the other, and includes all sensitivities. madd is the yardstick: one',
    'scalar multiply-add in a loop of four chains in the same kernel language, measured around each problem.',
    '',
    ...counting,
    '',
    ...batching,
    '',
    'A batch is solved cold on one core, by the solver alone and two instances at a time in lanes.',
  ];
}

function spreadOf({ median, lowerQuartile, upperQuartile }: Timing): string {
  const digits = (value: number) => number(value, 3);
  return `${digits(median)} [${digits(lowerQuartile)}, ${digits(upperQuartile)}]`;
}

const inMultiplyAdds = ({ multiplyAddNs }: ProblemResult, { median }: Timing): string =>
  number((1e6 * median) / multiplyAddNs / 1e3, 3);
