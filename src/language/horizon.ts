/** The horizon: duration, number of steps, integrator. */
import type { Problem } from '../problem';
import type { Context } from './context';
import { relativeLengths } from './grid';
import { integrator } from './integrator';
import { fixedPlace, places } from './places';
import { limits } from './words';

/** Null where it is missing or has a mistake. */
export function horizon(context: Context, kind: 'continuous' | 'discrete'): Problem['horizon'] | null {
  const { document, report, graph } = context;
  const syntax = document.horizon;
  if (!syntax) {
    if (!document.sections.has('Horizon')) {
      const at = document.sections.get('Dynamics') ?? firstLine(report.text);
      report.error(at, 'the horizon is missing', 'write for example `horizon 2 s in 40 steps, rk4`');
    }
    return null;
  }
  const steps = horizonSteps(context);
  const method = integrator(context, syntax);
  if (steps === null || method === null) return null;
  if (syntax.duration === null && kind === 'continuous' && syntax.steps) {
    report.error(syntax, 'the duration is missing', `write \`horizon 2 s in ${steps} steps\``);
  }
  const { duration } = syntax;
  const lowered = context.scalar(duration, fixedPlace('the duration'));
  if (lowered && duration) {
    context.atDeclaredValues([lowered.node], (value) => {
      if (!(value > 0 && Number.isFinite(value)))
        report.error(duration, `the duration must be positive, but it is ${value}`);
    });
  }
  const total = lowered?.node ?? graph.constant(steps);
  const lengths = syntax.grid && relativeLengths(context, syntax.grid, total, steps);
  if (syntax.grid && syntax.duration === null && kind === 'discrete') {
    report.error(syntax.grid, 'the steps of a discrete problem without a duration have no lengths');
  }
  const quadrature = syntax.integrated ? 'dynamics' : 'rectangle';
  if (syntax.integrated && kind === 'discrete') {
    const hint = 'leave out `integrated cost`';
    report.error(syntax, 'with discrete dynamics there is nothing to integrate the cost with', hint);
  }
  return { duration: total, steps, lengths, ...method, quadrature };
}

function firstLine(text: string): { from: number; to: number } {
  const from = Math.max(0, text.search(/\S/));
  const end = text.indexOf('\n', from);
  return { from, to: end < 0 ? text.length : end };
}

/** The number of steps, where it is given and can be. */
export function horizonSteps(context: Context): number | null {
  const steps = context.document.horizon?.steps ?? null;
  const count = context.number(steps, { ...places.constant, name: 'the number of steps' });
  if (count === null || steps === null) return null;
  if (Number.isInteger(count) && count >= 1 && count <= limits.steps) return count;
  context.report.error(
    steps,
    `the number of steps must be a whole number from 1 to ${limits.steps}, but it is ${count}`,
  );
  return null;
}
