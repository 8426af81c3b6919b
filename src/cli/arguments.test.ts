import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readArguments, type SolveRequest } from './arguments';
import { Refusal } from './complaint';

function solveRequest(...args: string[]): SolveRequest {
  const request = readArguments(['solve', 'problem.ocp', ...args]);
  if (request.command !== 'solve') throw new Error(`read as ${request.command}`);
  return request;
}

/** Message and hint of each complaint. */
function complaints(...args: string[]): string[] {
  try {
    readArguments(args);
  } catch (error) {
    if (error instanceof Refusal) return error.complaints.map(({ message, hint }) => `${message} | ${hint ?? ''}`);
    throw error;
  }
  return [];
}

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z_0-9]{0,8}$/);
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('arguments', () => {
  it('are defaults where nothing is said', () => {
    expect(solveRequest()).toEqual({
      command: 'solve',
      source: 'problem.ocp',
      set: [],
      initial: [],
      guess: null,
      tolerance: null,
      tau: null,
      maxIterations: null,
      timeLimitMs: null,
      method: {},
      sensitivities: null,
      sensitivityHessian: 'exact',
      seed: null,
      checkFiniteDifferences: false,
      validity: false,
      optimality: false,
      json: false,
    });
  });

  it('assign any number to any name, in order, attached or not', () => {
    const assignments = fc.array(fc.tuple(name, finite, fc.boolean(), fc.constantFrom('--set', '--initial')));
    fc.assert(
      fc.property(assignments, (all) => {
        const args = all.flatMap(([to, value, attached, option]) =>
          attached ? [`${option}=${to}=${value}`] : [option, `${to}=${value}`],
        );
        const request = solveRequest(...args);
        const expected = (option: string) =>
          all.filter((one) => one[3] === option).map(([to, value]) => ({ name: to, value: Number(String(value)) }));
        expect(request.set).toEqual(expected('--set'));
        expect(request.initial).toEqual(expected('--initial'));
      }),
    );
  });

  it('are read in any place', () => {
    const request = readArguments(['--json', '--tau', '1e-3', 'solve', '--max-iterations=7', '-', '--sensitivities']);
    expect(request).toMatchObject({ source: '-', json: true, tau: 1e-3, maxIterations: 7, sensitivities: 'forward' });
  });

  it('choose the method, the last word counting', () => {
    expect(solveRequest('--method', 'rti', '--method=sqp', '--hessian', 'gauss-newton').method).toEqual({
      method: 'sqp',
      hessian: 'gauss-newton',
    });
    expect(solveRequest('--regularize=mirror', '--globalization=full').method).toEqual({
      regularize: 'mirror',
      globalization: 'full',
    });
    expect(complaints('solve', 'f', '--method', 'spq', '--hessian=bfgs', '--globalization')).toEqual([
      '--globalization needs a value | for example --globalization full',
      '--method cannot be `spq` | did you mean `sqp`?',
      '--hessian cannot be `bfgs` | write --hessian exact|gauss-newton',
    ]);
  });

  it('that are no numbers are refused', () => {
    for (const value of ['', 'x', '1,5', '0x10', 'Infinity', 'NaN', '1e999', '1 2', '--', 'e5'])
      expect(complaints('solve', 'f', `--set=a=${value}`)).toEqual([
        `--set a=${value}: \`${value}\` is not a number | for example --set a=1.5`,
      ]);
    for (const option of ['--tolerance', '--tau', '--time-limit'])
      for (const value of ['0', '-1', 'soon', '1e-400'])
        expect(complaints('solve', 'f', option, value)).toHaveLength(1);
    for (const value of ['-1', '3.5', 'many'])
      expect(complaints('solve', 'f', '--max-iterations', value)).toHaveLength(1);
  });

  it('that are wrong are all named, with what to do', () => {
    expect(complaints('solve', 'f', '--tolerence', '1e-9', '--set', 'M', '--json=1', '--tau')).toEqual([
      'there is no option --tolerence | did you mean `--tolerance`?',
      '--json takes no value | write --json',
      '--tau needs a value | for example --tau 1e-3',
      '--set needs a name and a value, and `M` is not both | for example --set mass=1.5',
    ]);
    expect(complaints('solve')).toEqual(['solve needs a file | for example: costate solve pendulum-swing-up']);
    expect(complaints('solve', 'f', 'M=3')).toEqual([
      'solve takes one file, and M=3 is another argument | did you mean --set M=3?',
    ]);
    expect(complaints('gallery', 'f')).toHaveLength(1);
    expect(complaints('slove', 'f')).toEqual(['there is no command slove | did you mean `solve`?']);
    expect(complaints('f.ocp')).toEqual(['there is no command f.ocp | did you mean `solve f.ocp`?']);
  });

  it('ask for help', () => {
    for (const args of [[], ['help'], ['--help'], ['-h'], ['solve', '--help']])
      expect(readArguments(args)).toEqual({ command: 'help' });
  });
});
