import { expect, it } from 'vitest';
import { Program } from './program';
import { sqrt } from './real';
import { countOperations, floatingPointOperations } from './statistics';

it('counts triangular loops, calls, branches and functions as often as they run', () => {
  const program = new Program(0);
  const a = program.buffer('a', 10, 10);
  const x = program.buffer('x', 10);
  const row = program.procedure('row', (i) => {
    program.for(0, i, (j) => x.at(i).set(x.at(i).minus(a.at(i, j).times(x.at(j)))));
    x.at(i).set(sqrt(x.at(i)).over(a.at(i, i)));
  });
  program.procedure('solve', (n) => program.for(0, n, (i) => row.call(i)));
  program.procedure('branches', () => {
    program.if(
      x.at(0).gt(0),
      () => x.at(0).set(program.apply('sin', x.at(1).plus(1))),
      () => x.at(0).set(x.at(1).times(2).times(x.at(2))),
    );
    program.for(0, 10, (i) => program.if(i.lt(3), () => x.at(i).add(1)));
    program.while(x.at(0).gt(0), () => x.at(0).add(-1));
  });
  const module = program.module();

  for (const n of [0, 1, 5, 10]) {
    const pairs = n === 0 ? 0 : (n * (n - 1)) / 2;
    expect(countOperations(module, 'solve', n)).toEqual({
      adds: pairs,
      multiplies: pairs,
      divides: 2 * n,
      functions: 0,
      loads: 3 * pairs + 2 * n,
      stores: pairs + n,
    });
  }
  const branches = countOperations(module, 'branches');
  expect(branches).toEqual({ adds: 4, multiplies: 2, divides: 0, functions: 0, loads: 1 + 2 + 3 + 1 + 1, stores: 5 });
  expect(floatingPointOperations(branches)).toBe(6);
});
