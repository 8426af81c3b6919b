/** The integrator of the horizon: its name, its stages if it is implicit, its steps in each step of the horizon. */
import type { Integrator } from '../problem';
import type { Context } from './context';
import type { HorizonSyntax, IntegratorSyntax } from './syntax';
import { explicitIntegrators, implicitIntegrators, limits } from './words';

type Chosen = { readonly integrator: Integrator; readonly substeps: number };

/** rk4 with one step where nothing is said; null where there is a mistake. */
export function integrator(context: Context, { integrator: written }: HorizonSyntax): Chosen | null {
  if (!written) return { integrator: 'rk4', substeps: 1 };
  const method = explicit(context, written) ?? implicit(context, written);
  const substeps = written.substeps?.value ?? 1;
  if (Number.isInteger(substeps) && substeps >= 1 && substeps <= limits.substeps) {
    return method && { integrator: method, substeps };
  }
  const message = `the integrator takes a whole number of steps from 1 to ${limits.substeps}, but ${substeps} is given`;
  context.report.error(written.substeps ?? written, message);
  return null;
}

function explicit({ report }: Context, { name, stages }: IntegratorSyntax): Integrator | null {
  const known = explicitIntegrators.find((candidate) => candidate === name.toLowerCase());
  if (known && stages) {
    const hint = `write \`${known} x ${stages.value}\` for ${stages.value} steps of it in each step of the horizon`;
    report.error(stages, `the stages of \`${known}\` are in its name`, hint);
  }
  return known ?? null;
}

/** Collocation with as many stages as are given. */
function implicit({ report }: Context, written: IntegratorSyntax): Integrator | null {
  const { name, stages } = written;
  if (explicitIntegrators.some((candidate) => candidate === name.toLowerCase())) return null;
  const known = implicitIntegrators.find((candidate) => candidate === name.toLowerCase());
  if (!known) {
    const hint = `there are ${[...explicitIntegrators, ...implicitIntegrators].join(', ')}`;
    report.error(written, `the integrator \`${name}\` is not known`, hint);
    return null;
  }
  const count = ([1, 2, 3, 4] as const).find((candidate) => candidate === stages?.value);
  if (count !== undefined) return `${known}-${count}`;
  report.error(stages ?? written, `\`${known}\` has from 1 to 4 stages`, `write \`${known} 2\``);
  return null;
}
