/** The optimality report for people. */
import type { Optimality } from '../sensitivity';
import { paint, type Style } from './style';
import { number } from './table';

export function optimalityLines(report: Optimality | null, style: Style): string[] {
  if (report === null)
    return ['There is no optimality report: something is not a finite number where the solve ended.'];
  const { licq, reducedHessian, strictComplementarity, active } = report;
  const rows: readonly [string, string, string | null][] = [
    [
      'LICQ',
      `smallest singular value ${number(licq, 4)} of the active constraints' Jacobian`,
      licq > 0 ? null : 'the active constraints are dependent: multipliers are not unique',
    ],
    [
      'second order',
      reducedHessian === null
        ? 'a vertex: no direction is left in which the Hessian counts'
        : `smallest eigenvalue ${number(reducedHessian, 4)} of the reduced Hessian`,
      reducedHessian !== null && reducedHessian <= 0 ? 'this is no strict minimum' : null,
    ],
    [
      'complementarity',
      strictComplementarity === null
        ? 'there are no inequalities'
        : `smallest sum ${number(strictComplementarity, 4)} of a slack and its multiplier`,
      null,
    ],
  ];
  return [
    paint('bold', 'Optimality', style),
    ...rows.flatMap(([name, value, warning]) => [
      `${name.padEnd(16)}${value}`,
      ...(warning === null ? [] : [`${' '.repeat(16)}${paint('red', warning, style)}`]),
    ]),
    ...activeLines(active, style),
  ];
}

/** Sides of one constraint in a row become a stretch of stages. */
function activeLines(active: Optimality['active'], { width }: Style): string[] {
  if (active.length === 0) return ['No inequality is active.'];
  const sides = new Map<string, number[]>();
  for (const { constraint, side, stage } of active) {
    const name = `the ${side} side of ${constraint}`;
    sides.set(name, [...(sides.get(name) ?? []), stage]);
  }
  const texts = Array.from(sides, ([side, stages]) => `${side} at ${stretches(stages)}`);
  return wrapped(`Active: ${texts.join('; ')}.`, width);
}

/** 1, 2, 3, 7 as 1..3, 7. */
function stretches(stages: readonly number[]): string {
  const found: [from: number, to: number][] = [];
  for (const stage of stages) {
    const last = found.at(-1);
    if (last && last[1] === stage - 1) last[1] = stage;
    else found.push([stage, stage]);
  }
  const text = found.map(([from, to]) => (from === to ? String(from) : `${from}..${to}`)).join(', ');
  return `${stages.length === 1 ? 'stage' : 'stages'} ${text}`;
}

/** Broken at spaces. */
function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1] as string;
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
