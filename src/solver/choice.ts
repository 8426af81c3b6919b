/** The method and the settings that the text of a problem asks for. */
import type { Problem } from '../problem';
import { defaultMethod, type MethodOptions } from './compile';
import type { Settings } from './settings';

/** What neither the caller nor the text says is as by default. */
export function methodOf({ solver }: Problem, options: Partial<MethodOptions> = {}): MethodOptions {
  const { method, hessian, regularize, globalization } = solver;
  const said = Object.entries({ method, hessian, regularize, globalization }).filter(([, value]) => value !== null);
  return { ...defaultMethod, ...Object.fromEntries(said), ...options };
}

export function settingsOf({ solver }: Problem): Partial<Settings> {
  const { tolerance, tau, iterations } = solver;
  return {
    ...(tolerance !== null && { tolerance }),
    ...(tau !== null && { tau }),
    ...(iterations !== null && { maxIterations: iterations }),
  };
}
