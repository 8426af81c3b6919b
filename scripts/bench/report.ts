/** The benchmark as tables. */
import { type Column, number, table } from '../../src/cli/table';
import type { Growth, MeasuredProblem, Report, Timing } from './schema';

const WIDTH = 160;

export function reportLines({ machine, problems, growth }: Report): string[] {
  const { processor, cores, engine, vectors, fused, sharedMemory } = machine;
  const abilities = [
    vectors ? 'vectors' : 'no vectors',
    fused ? 'fused multiply-adds' : 'no fused multiply-adds',
    sharedMemory ? 'shared memory' : 'no shared memory',
  ];
  return [
    `${processor}, ${cores} cores; ${engine}; ${abilities.join(', ')}`,
    'Medians and, in brackets, quartiles; milliseconds unless a heading says otherwise.',
    ...sections(problems).flatMap(({ columns, remark }) => ['', ...table(columns, WIDTH), '', ...remark]),
    ...(growth ? growthLines(growth) : []),
  ];
}

interface Section {
  readonly columns: readonly Column[];
  readonly remark: readonly string[];
}

function sections(problems: readonly MeasuredProblem[]): Section[] {
  const column = (heading: string, cell: (result: MeasuredProblem) => string): Column => ({
    heading,
    cells: problems.map(cell),
  });
  const name: Column = { heading: 'problem', cells: problems.map((result) => result.name), align: 'left' };
  return [
    {
      columns: [
        name,
        column('nx/nu/N', ({ sizes: { states, controls, steps } }) => `${states}/${controls}/${steps}`),
        column('columns', ({ sizes }) => String(sizes.columns)),
        column('compile', ({ compile }) => spreadOf(compile)),
        column('first solve', ({ firstSolve }) => spreadOf(firstSolve)),
        column('new: compile', ({ fresh }) => spreadOf(fresh.compile)),
        column('new: first solve', ({ fresh }) => spreadOf(fresh.firstSolve)),
        column('new: MB', ({ fresh }) => number(fresh.memory, 3)),
        column('solver, kB', ({ memory }) => number(memory.numbers / 1024, 3)),
        column('code, kB', ({ memory }) => number(memory.code / 1024, 3)),
      ],
      remark: [
        'Compile is from text to ready solver, anew each time. The first solve includes the compilation of the WebAssembly',
        'functions as they are first called. new: in a process, or page, just started, and the memory it has then.',
      ],
    },
    {
      columns: [
        name,
        column('status', ({ status }) => status),
        column('cold', ({ cold }) => spreadOf(cold)),
        column('warm, sensitivities', ({ warm }) => spreadOf(warm)),
        column('iterations', ({ iterations }) => String(iterations.cold)),
        column('warm', ({ iterations: { warmMedian, warmMost } }) => `${warmMedian} to ${warmMost}`),
        column('failed', ({ warmFailures }) => String(warmFailures)),
        column('kflop/iteration', ({ operations }) => number(operations.iteration / 1e3, 3)),
        column('Gflop/s', (result) => number(rate(result), 3)),
        column('share of peak', (result) => percent(rate(result) / result.peak.vector)),
      ],
      remark: [
        'Warm is after a step of 1 % in one parameter after the other, and includes all sensitivities. Operations are counted as',
        'they are executed, elementary functions included. The peak is that of multiply-adds of vectors of two in chains that do',
        'not wait for each other, measured in WebAssembly before and after each problem.',
      ],
    },
    {
      columns: [
        name,
        ...part('linearise', 'linearise'),
        ...part('Riccati', 'riccati'),
        ...part('KKT', 'kkt'),
        column('prepare', ({ parts }) => micro(parts.preparation)),
        column('feed back', ({ parts }) => micro(parts.feedback)),
        column('forward', ({ parts }) => micro(parts.forward)),
        column('adjoint', ({ parts }) => micro(parts.adjoint)),
        column('value', ({ parts }) => micro(parts.value)),
        column('peak, Gflop/s', ({ peak }) => number(peak.vector, 3)),
      ],
      remark: [
        'Microseconds. Riccati: factorise and solve the linear-quadratic subproblem; KKT: the whole primal-dual system. Prepare',
        'and feed back: a real-time iteration before and after the state is measured. Forward: all columns, with the',
        'factorisation; adjoint: one seed; value: gradient and Hessian of the optimal value.',
      ],
    },
    {
      columns: [
        name,
        column('instances', ({ batch }) => String(batch.instances)),
        column('converged', ({ batch }) => String(batch.converged)),
        column('iterations each', ({ batch }) => number(batch.iterations / batch.instances, 3)),
        column('alone, ms', ({ batch }) => spreadOf(batch.alone)),
        column('in lanes, ms', ({ batch }) => spreadOf(batch.inLanes)),
        column('alone, /s', ({ batch }) => perSecond(batch.instances, batch.alone)),
        column('in lanes, /s', ({ batch }) => perSecond(batch.instances, batch.inLanes)),
        ...[0, 1].flatMap(onThreads),
      ],
      remark: [
        'A batch is solved cold: on one core, by the solver alone and two instances at a time in lanes; and by the pool on one and',
        'on two threads, which know the problem already. /core s: in a second of the processor, whatever else it has to do.',
      ],
    },
  ];

  function onThreads(i: number): Column[] {
    const measured = (of: 'time' | 'processor') => {
      return ({ batch: { instances, pool } }: MeasuredProblem): string => {
        const timing = pool[i]?.[of];
        return timing ? perSecond(instances, timing) : '';
      };
    };
    const columns = [
      column(`${i + 1} ${i === 0 ? 'thread' : 'threads'}, /s`, measured('time')),
      column('/core s', measured('processor')),
    ];
    return columns.filter(({ cells }) => cells.some((cell) => cell !== ''));
  }

  function part(heading: string, of: 'linearise' | 'riccati' | 'kkt'): Column[] {
    return [
      column(heading, ({ parts }) => micro(parts[of])),
      column('of peak', ({ parts, operations, peak }) =>
        percent(operations[of] / parts[of].median / 1e6 / peak.vector),
      ),
    ];
  }
}

function growthLines({ steps, states }: NonNullable<Report['growth']>): string[] {
  return [
    '',
    ...growthTable(steps),
    '',
    `An iteration takes time ~ N^${steps.timeExponent.toFixed(2)}, operations ~ N^${steps.operationsExponent.toFixed(2)}.`,
    '',
    ...growthTable(states),
    '',
    `An iteration takes time ~ nx^${states.timeExponent.toFixed(2)}, operations ~ nx^${states.operationsExponent.toFixed(2)}. The problem is a chain of masses and hardening`,
    'springs, pushed at one end; exponents are those of the larger half of the sizes.',
  ];
}

function growthTable({ points }: Growth): string[] {
  const column = (heading: string, cell: (point: Growth['points'][number]) => string): Column => ({
    heading,
    cells: points.map(cell),
  });
  return table(
    [
      column('nx', ({ states }) => String(states)),
      column('N', (point) => String(point.steps)),
      column('status', ({ status }) => status),
      column('iterations', ({ iterations }) => String(iterations)),
      column('compile', ({ compile }) => spreadOf(compile)),
      column('solve', ({ solve }) => spreadOf(solve)),
      column('us/iteration', ({ solve, iterations }) => number((1e3 * solve.median) / iterations, 3)),
      column('kflop/iteration', ({ operations }) => number(operations / 1e3, 3)),
    ],
    WIDTH,
  );
}

function spreadOf({ median, lowerQuartile, upperQuartile }: Timing): string {
  const digits = (value: number) => number(value, 3);
  return `${digits(median)} [${digits(lowerQuartile)}, ${digits(upperQuartile)}]`;
}

const micro = ({ median }: Timing): string => number(1e3 * median, 3);

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

/** 1e9 operations a second over a cold solve. */
const rate = ({ operations, iterations, cold }: MeasuredProblem): number =>
  (operations.iteration * iterations.cold) / cold.median / 1e6;

const perSecond = (instances: number, { median }: Timing): string => String(Math.round((1e3 * instances) / median));
