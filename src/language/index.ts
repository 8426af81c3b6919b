/**
 * The language: text -> Problem, diagnostics, and printing. The editor's part has a door of its own, editor.ts.
 *
 * One statement a line. Everything is a scalar, a vector (one column) or a matrix, and becomes the scalars it is made of:
 * `A[1,2]`, `x[3]`, rows before columns, counted from 1.
 *
 *   parameter A = [1, 2; 3, 4] in [0, 9]   `,` separates columns, `;` or a line break rows; sizes may be given: A[2,2] = 1
 *   parameter r at stages = 0.1*stage      one parameter a stage, r[0]..r[N]; `r` means the value at the stage
 *   constant n = 2      let d = A*x        names for expressions of any shape
 *   signal s = sin(time)                   known at every stage: an expression of time, stage, parameters, or a table
 *   state x[n] = [0; pi]   state q free    control u[n] in [-1, 1]   algebraic y = guess
 *   dynamics    x' = A*x + u   x[1]+ = 0   0 = y - x[1]   for i in 1..n: q[i]' = u[i]
 *   minimize    integral sumsq(u)   sum quad(x, Q)   terminal sum(for i in 1..n: i*x[i])
 *   subject to  label: -1 <= x <= 1 soft(l1 = 1)   on 3..N-1: u <= s   for i in 1..n: wall: x[i] >= 0
 *   horizon     2 s in 20 steps, radau 2 x 2, grid 1.1^stage, integrated cost
 *   guess       x from [0; pi] to 0
 *   solver      sqp(hessian = gauss-newton, tolerance = 1e-8)
 *
 * Below a `for` line without a colon stands a block: what is indented more than it. In expressions: + - * / ^, `'`
 * transposes, x[2], x[1..3], A[1,..], [a; b], [for i in 1..n: e], sum(for …), min(for …), max(for …), and the functions of
 * words.ts.
 */
export { type Compiled, compileText } from './compile';
export type { Diagnostic } from './diagnostics';
export { formatNumber, setInitial, setParameter } from './edit';
export { knownProblem } from './known';
export { nearest } from './nearest';
export { type Typeset, typeset } from './typeset';
export { limits } from './words';
