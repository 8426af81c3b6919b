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

const WIDTH = 170;

export function reportLines({ cpu, cores, node, v8 }: Machine, results: readonly BenchResult[]): string[] {
  const column = (heading: string, cell: (result: BenchResult) => string, align: 'left' | 'right' = 'right') => ({
    heading,
    cells: results.map(cell),
    align,
  });
  const times = table(
    [
      column('problem', ({ name }) => name, 'left'),
      column('nx/nu/N', ({ sizes: { states, controls, steps } }) => `${states}/${controls}/${steps}`),
      column('columns', ({ sizes }) => String(sizes.columns)),
      column('compile fresh', ({ fresh }) => spreadOf(fresh.compile)),
      column('compile', ({ compile }) => spreadOf(compile)),
      column('first solve', ({ firstSolve }) => spreadOf(firstSolve)),
      column('cold solve', ({ cold }) => spreadOf(cold)),
      column('warm + sens.', ({ warm }) => spreadOf(warm)),
      column('sens. alone', ({ sensitivities }) => spreadOf(sensitivities)),
    ],
    WIDTH,
  );
  const counts = table(
    [
      column('problem', ({ name }) => name, 'left'),
      column('status', ({ status }) => status, 'left'),
      column('cold iterations', ({ iterations }) => String(iterations.cold)),
      column('warm, median', ({ iterations }) => String(iterations.warmMedian)),
      column('warm, most', ({ iterations }) => String(iterations.warmMost)),
      column('warm failures', ({ warmFailures }) => String(warmFailures)),
      column('us/iteration', ({ cold, iterations }) => number((1e3 * cold.median) / Math.max(1, iterations.cold), 3)),
      column('ns/multiply-add', ({ multiplyAddNs }) => number(multiplyAddNs, 3)),
      column('cold, kilo-madds', (result) => inMultiplyAdds(result, result.cold)),
      column('warm + sens., kilo-madds', (result) => inMultiplyAdds(result, result.warm)),
    ],
    WIDTH,
  );
  return [
    `${cpu}, ${cores} cores; Node ${node}, V8 ${v8}`,
    '',
    ...times,
    '',
    'Milliseconds: median and, in brackets, quartiles. Compile is from text to ready solver, every time anew; fresh in a',
    'process just started. The first solve includes the baseline compilation of the WebAssembly as it is first called. Warm',
    'is after a step of 1 % in one parameter after the other, with all sensitivities.',
    '',
    ...counts,
    '',
    'A multiply-add (madd) is the yardstick: one step of a scalar loop of four chains in the same kernel language, measured',
    'around each problem.',
  ];
}

function spreadOf({ median, lowerQuartile, upperQuartile }: Timing): string {
  const digits = (value: number) => number(value, 3);
  return `${digits(median)} [${digits(lowerQuartile)}, ${digits(upperQuartile)}]`;
}

const inMultiplyAdds = ({ multiplyAddNs }: ProblemResult, { median }: Timing): string =>
  number((1e6 * median) / multiplyAddNs / 1e3, 3);
