import { expect, it } from 'vitest';
import { COUNT, counting } from './counting';
import { interpret } from './interpreter';
import { Program } from './program';
import { sqrt } from './real';
import { countOperations, floatingPointOperations } from './statistics';

it('counts what is computed, with branches and loops as they are taken', () => {
  const program = new Program(0);
  const x = program.buffer('x', 10);
  program.function('cubed', 1, (a) => a.times(a).times(a));
  program.function('above', 1, (a) => program.apply('cubed', a).plus(1));
  const straight = program.procedure('straight', () => x.at(0).set(sqrt(x.at(1).times(2).plus(1)).over(x.at(2))));
  program.procedure('functions', () => x.at(0).set(program.apply('above', x.at(1).plus(1))));
  program.procedure('loops', (n) => program.forEach(0, n, (i) => x.at(i).add(1)));
  program.procedure('branch', () =>
    program.if(
      x.at(0).gt(0),
      () => straight.call(),
      () => x.at(0).set(x.at(0).times(2)),
    ),
  );
  program.procedure('falling', () => program.while(x.at(0).gt(0), () => x.at(0).add(-1)));
  const module = program.module();
  const executable = interpret(counting(module));
  const count = (procedure: string, ...indices: number[]): number => {
    executable.buffer(COUNT)[0] = 0;
    executable.run(procedure, ...indices);
    return executable.buffer(COUNT)[0];
  };
  executable.buffer('x').fill(1);

  expect(count('straight')).toBe(4);
  expect(count('straight')).toBe(floatingPointOperations(countOperations(module, 'straight')));
  expect(count('functions')).toBe(1 + 2 + 1);
  expect([0, 1, 7].map((n) => count('loops', n))).toEqual([0, 1, 7]);
  executable.buffer('x').set([1, 1, 1]);
  expect(count('branch')).toBe(4);
  executable.buffer('x').set([-1, 1, 1]);
  expect(count('branch')).toBe(1);
  executable.buffer('x')[0] = 5;
  expect(count('falling')).toBe(5);
});

it('leaves the results as they are', () => {
  const program = new Program(0);
  const x = program.buffer('x', 6);
  program.procedure('run', () => {
    program.forEach(0, 6, (i) => x.at(i).set(program.apply('sin', x.at(i).plus(0.5))));
    program.if(x.at(0).gt(x.at(1)), () => x.at(2).set(x.at(0).times(x.at(1))));
  });
  const module = program.module();
  const [plain, counted] = [interpret(module), interpret(counting(module))];
  for (const executable of [plain, counted]) {
    executable.buffer('x').set([3, 1, 4, 1, 5, 9]);
    executable.run('run');
  }
  expect(counted.buffer('x')).toEqual(plain.buffer('x'));
});
