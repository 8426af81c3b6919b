import fc from 'fast-check';
import { expect, it } from 'vitest';
import { interpret } from '../interpreter';
import type { Executable } from '../ir';
import { type Procedure, Program } from '../program';
import type { Real } from '../real';
import { makeMachine } from './machine';

const LEAVES = 3;
const VARIABLES = 3;

/** A procedure of ifs, whiles and calls over leaves that are large enough to be cut off. */
function randomProgram(tape: readonly number[]): Program {
  let place = 0;
  let end = 0;
  const choose = (count: number): number => (place < end ? tape[place++] % count : 0);
  const program = new Program(0);
  const x = program.buffer('x', 4);
  const leaves = Array.from({ length: LEAVES }, (_, l) =>
    program.procedure(
      `leaf${l}`,
      () => {
        for (let i = 0; i < 12; i++)
          x.at(i % 4).set(
            x
              .at((i + l) % 4)
              .times(0.75)
              .plus(x.at((i + 1) % 4).times(0.5))
              .minus(l),
          );
      },
      false,
    ),
  );
  const below: Procedure[] = [...leaves];
  /** As far as this share of the tape. */
  const body = (share: number): void => {
    end = tape.length * share;
    const variables = Array.from({ length: VARIABLES }, (_, i) => program.variable(i === 0 ? undefined : i));
    const value = (): Real => (choose(2) === 0 ? x.at(choose(4)) : variables[choose(VARIABLES)]);
    const block = (level: number): void => {
      const count = 1 + choose(4);
      for (let i = 0; i < count && place < end; i++) statement(level);
    };
    const statement = (level: number): void => {
      switch (level > 3 ? choose(3) : choose(6)) {
        case 0:
          variables[choose(VARIABLES)].set(value().plus(value()));
          break;
        case 1:
          x.at(choose(4)).set(value().times(0.5).plus(1));
          break;
        case 2:
          below[choose(below.length)].call();
          break;
        case 3:
          program.if(
            value().lt(value()),
            () => block(level + 1),
            () => block(level + 1),
          );
          break;
        case 4: {
          const left = program.variable(choose(3));
          program.while(left.gt(0), () => {
            left.add(-1);
            block(level + 1);
          });
          break;
        }
        default: {
          const fixed = program.let(value());
          block(level + 1);
          x.at(0).set(fixed.plus(x.at(0).times(0.25)));
        }
      }
    };
    while (place < end) block(0);
  };
  ['inner', 'middle'].forEach((name, i) => below.push(program.procedure(name, () => body((i + 1) / 4), false)));
  program.procedure('root', () => body(1));
  return program;
}

const start = [1, -2, 0.5, 3];

function whole(executable: Executable): number[] {
  executable.buffer('x').set(start);
  executable.run('root');
  return [...executable.buffer('x')];
}

it('driven block by block and leaf by leaf, a procedure does what it does in one go', () => {
  let cut = 0;
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { minLength: 20, maxLength: 150 }), (tape) => {
      const module = randomProgram(tape).module();
      const machine = makeMachine(module, 'root');
      const executable = interpret(machine.module);
      executable.buffer('x').set(start);
      executable.run(machine.begin);
      cut = Math.max(cut, machine.leaves.length);
      for (let round = 0; executable.buffer(machine.ended)[0] === 0; round++) {
        expect(round).toBeLessThan(20_000);
        executable.run(machine.advance);
        for (const leaf of machine.leaves) executable.run(leaf);
      }
      expect([...executable.buffer('x')]).toEqual(whole(interpret(module)));
    }),
  );
  expect(cut).toBeGreaterThan(1);
});

it('can be begun again', () => {
  const program = new Program(0);
  const x = program.scalar('x');
  const leaf = program.procedure(
    'leaf',
    () =>
      program.for(0, 3, () => {
        for (let i = 0; i < 30; i++) x.set(x.plus(1));
      }),
    false,
  );
  program.procedure('root', () => {
    const count = program.variable();
    program.while(count.lt(3), () => {
      leaf.call();
      count.add(1);
    });
  });
  const machine = makeMachine(program.module(), 'root');
  const executable = interpret(machine.module);
  for (let time = 1; time <= 2; time++) {
    executable.run(machine.begin);
    while (executable.buffer(machine.ended)[0] === 0)
      for (const procedure of [machine.advance, ...machine.leaves]) executable.run(procedure);
    expect(executable.buffer('x')[0]).toBe(270 * time);
  }
});
