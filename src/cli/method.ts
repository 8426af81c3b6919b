/** The method as it was used, and arguments that would change nothing about it. */
import type { MethodOptions } from '../solver';
import type { SolveRequest } from './arguments';
import { type Complaint, complaint, Refusal } from './complaint';

/** Null: the method has no such choice. */
export interface UsedMethod {
  readonly method: MethodOptions['method'];
  readonly hessian: MethodOptions['hessian'];
  readonly regularize: MethodOptions['regularize'] | null;
  readonly globalization: MethodOptions['globalization'] | null;
}

export function usedMethod({ method, hessian, regularize, globalization }: MethodOptions): UsedMethod {
  if (method === 'interior-point' || method === 'admm')
    return { method, hessian: 'exact', regularize: null, globalization: null };
  return { method, hessian, regularize, globalization: method === 'rti' ? 'full' : globalization };
}

const names = {
  'interior-point': 'the interior point method',
  sqp: 'sqp',
  rti: 'a real-time iteration',
  admm: 'operator splitting',
} as const;

/** Refuses what was asked for and is not so. */
export function checkMethod({ method: asked, maxIterations }: SolveRequest, used: UsedMethod): void {
  const own = {
    hessian: 'has the exact Hessian',
    regularize: 'corrects indefinite Hessians in its own way',
    globalization: used.method === 'rti' ? 'takes full steps' : 'has a filter line search',
  };
  const complaints: Complaint[] = [];
  for (const option of ['hessian', 'regularize', 'globalization'] as const) {
    const value = asked[option];
    if (value === undefined || value === used[option]) continue;
    const hint = used.method === 'rti' ? 'leave it out, or use --method sqp' : 'add --method sqp, or leave it out';
    complaints.push(complaint(`--${option} ${value}: ${names[used.method]} ${own[option]}`, hint));
  }
  if (used.method === 'rti' && maxIterations !== null)
    complaints.push(
      complaint(
        `--max-iterations ${maxIterations}: ${names.rti} is one iteration`,
        'for several full steps use --method sqp --globalization full',
      ),
    );
  if (complaints.length > 0) throw new Refusal(complaints);
}
