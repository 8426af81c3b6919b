/** How the method is called that has solved the problem; empty where it is the usual one. */
import type { MethodOptions } from '../../solver';

const methods: Record<MethodOptions['method'], string> = {
  'interior-point': 'interior point',
  sqp: 'SQP',
  rti: 'real-time iteration',
  admm: 'operator splitting',
};

const regularized: Record<Exclude<MethodOptions['regularize'], 'none'>, string> = {
  mirror: 'mirrored',
  project: 'projected',
};

export function methodWords({ method, hessian, regularize, globalization }: MethodOptions): string {
  const asUsual = method === 'interior-point' && hessian === 'exact';
  if (asUsual) return '';
  return [
    methods[method],
    ...(method === 'admm' ? [] : [hessian === 'gauss-newton' ? 'Gauss-Newton' : 'exact Hessian']),
    ...(regularize === 'none' ? [] : [`${regularized[regularize]} Hessian`]),
    ...(method === 'sqp' && globalization === 'full' ? ['full steps'] : []),
  ].join(', ');
}
