/** `solver sqp(hessian = gauss-newton)`: how the text wants to be solved. */
import { curvedPart, noChoice, type Problem, type SolverChoice } from '../problem';
import type { Context } from './context';
import type { Expression, Name } from './expressionSyntax';
import { nearest } from './nearest';
import { places } from './places';
import { solverMethods, solverNumbers, solverWords } from './words';

export function solverChoice(context: Context): SolverChoice {
  const { document, report } = context;
  const { solver } = document;
  if (!solver) return noChoice;
  const method = solverMethods.find((known) => known === solver.method.name);
  if (!method) {
    const near = nearest(solver.method.name, solverMethods);
    const hint = near === null ? `there are ${solverMethods.join(', ')}` : `did you mean \`${near}\`?`;
    report.error(solver.method, `the method \`${solver.method.name}\` is not known`, hint);
  }
  const given = new Map<string, string | number | null>();
  for (const option of solver.options) {
    if (given.has(option.name)) report.error(option, `\`${option.name}\` is given twice`);
    given.set(option.name, choiceOf(context, option));
  }
  return { ...noChoice, method: method ?? null, ...Object.fromEntries(given) };
}

/** Operator splitting takes linear-quadratic problems only. */
export function checkSplitting(
  { document: { solver }, graph, report }: Context,
  parts: Omit<Parameters<typeof curvedPart>[0], 'graph'> & Pick<Problem, 'solver'>,
): void {
  const curved = solver && parts.solver.method === 'admm' ? curvedPart({ graph, ...parts }) : null;
  if (solver && curved !== null)
    report.error(
      solver.method,
      `\`admm\` is for linear-quadratic problems, and ${curved}`,
      'use `sqp`, or no `solver`',
    );
}

function choiceOf(context: Context, option: Name & { readonly value: Expression }): string | number | null {
  const { report } = context;
  const { name, value } = option;
  const written = report.text.slice(value.from, value.to).replace(/\s+/g, '');
  const words = solverWords.get(name);
  if (words) {
    if (words.includes(written)) return written;
    report.error(value, `\`${name}\` cannot be \`${written}\``, `there are ${words.join(', ')}`);
    return null;
  }
  const least = solverNumbers.get(name);
  if (!least) {
    const all = [...solverWords.keys(), ...solverNumbers.keys()];
    const near = nearest(name, all);
    const hint = near === null ? `there are ${all.join(', ')}` : `did you mean \`${near}\`?`;
    report.error(option, `\`${name}\` is not an option of the solver`, hint);
    return null;
  }
  const number = context.number(value, { ...places.constant, name: `\`${name}\`` });
  if (number === null || (number > 0 && (!least.whole || Number.isInteger(number)))) return number;
  report.error(value, `\`${name}\` is a positive ${least.whole ? 'whole ' : ''}number, but this is ${number}`);
  return null;
}
