/**
 * Problems that are written with vectors and matrices have names such as `A[1,2]` where the references, which know scalars
 * only, have names of their own: A01.
 */
import type { Problem } from '../../problem';
import type { Reference } from './read';

type Rule = readonly [pattern: RegExp, name: (match: RegExpExecArray) => string];

const counted = (digit: string | undefined): number => Number(digit) + 1;
const axis = (letter: string | undefined): number => 'xyz'.indexOf(letter ?? '') + 1;

/** From names of the reference to names of the text. */
const rules: Readonly<Record<string, readonly Rule[]>> = {
  'bounded-lqr-batch': [
    [/^([AB])(\d)(\d)$/, ([, name, i, j]) => `${name}[${counted(i)},${counted(j)}]`],
    [/^H(\d+)_(\d+)$/, ([, i, j]) => `H[${counted(i)},${counted(j)}]`],
    [/^([bxu]|input-)(\d)$/, ([, name = '', i]) => `${name.replace('-', '')}[${counted(i)}]`],
  ],
  'chain-3-masses': [
    [/^p(\d)([xyz])$/, ([, i, letter]) => `p[${i},${axis(letter)}]`],
    [/^(v1|w|u)([xyz])$/, ([, name = '', letter]) => `${name[0]}[${axis(letter)}]`],
    [/^([DLC])(\d)$/, ([, name, i]) => `${name}[${counted(i)}]`],
    [/^wall-(\d)$/, ([, i]) => `wall[${i}]`],
  ],
};

/** The problem of a text with the names of its reference. */
export function withReferenceNames(name: string, problem: Problem, reference: Reference): Problem {
  const own = (theirs: string): string => {
    for (const [pattern, nameOf] of rules[name] ?? []) {
      const match = pattern.exec(theirs);
      if (match) return nameOf(match);
    }
    return theirs;
  };
  const renamed = <T extends { readonly name: string }>(
    items: readonly T[],
    theirs: readonly { name: string }[],
  ): T[] => {
    const back = new Map(theirs.map((item) => [own(item.name), item.name]));
    return items.map((item) => ({ ...item, name: back.get(item.name) ?? item.name }));
  };
  return {
    ...problem,
    parameters: renamed(problem.parameters, reference.parameters),
    states: renamed(problem.states, reference.states),
    controls: renamed(problem.controls, reference.controls),
    constraints: renamed(problem.constraints, reference.constraints),
  };
}
