/** How much a solver computes: of a part from its code, of an iteration by running it with a count. */
import { COUNT, counting, countOperations, floatingPointOperations, interpret, type Module } from '../../src/kernel';
import type { Problem } from '../../src/problem';
import { compileSolver, type Inputs, type MethodOptions, procedures } from '../../src/solver';

/** The count runs in the interpreter; on large problems the first iterations stand for all. */
const TIME_LIMIT_MS = 1500;

/** Floating-point operations of an iteration, on average over a solve from the guess. */
export function iterationOperations(problem: Problem, method: MethodOptions, inputs: Inputs): number {
  let operations = 0;
  let iterations = 0;
  const backend = (module: Module) => {
    const counted = interpret(counting(module));
    const run = (procedure: string, ...indices: number[]): void => {
      counted.buffer(COUNT)[0] = 0;
      counted.run(procedure, ...indices);
      if (procedure !== procedures.step) return;
      operations += counted.buffer(COUNT)[0];
      iterations++;
    };
    return { buffer: counted.buffer, run };
  };
  compileSolver(problem, method, backend).solve(inputs, { timeLimitMs: TIME_LIMIT_MS }, { once: true });
  return operations / Math.max(1, iterations);
}

/** Of procedures of a module, together. */
export function partOperations(module: Module, ...names: string[]): number {
  return names.reduce((sum, name) => sum + floatingPointOperations(countOperations(module, name)), 0);
}
