/** The same derivatives by one of the ways to come by them. */
import { useMemo } from 'react';
import type { Variant } from '../../../sharing';
import { useStudio } from '../../state/studio';
import { type Studied, useStudy } from '../../state/studying';
import type { Derivatives } from '../cells';
import { useDifferences } from '../check/use-differences';
import type { Shown } from '../use-shown';

export type VariantShown =
  | { readonly kind: 'there'; readonly derivatives: Derivatives; readonly fresh: boolean }
  | { readonly kind: 'study'; readonly study: Studied<unknown> }
  /** It takes the user to get it. */
  | { readonly kind: 'unsmoothed' | 'unchecked' };

export function useVariant(variant: Variant, shown: Shown): VariantShown {
  const tau = useStudio((studio) => studio.tau);
  const exact = useStudy('exact', variant === 'exact' && tau !== null);
  const gaussNewton = useStudy('gauss-newton', variant === 'gauss-newton');
  const differences = useDifferences(shown, variant === 'differences');
  return useMemo((): VariantShown => {
    const there = (derivatives: Derivatives): VariantShown => ({ kind: 'there', derivatives, fresh: true });
    const studied = (study: typeof exact): VariantShown =>
      study.stage === 'done'
        ? { kind: 'there', derivatives: { ...study.result, d2objective: null }, fresh: study.fresh }
        : { kind: 'study', study };
    const found: Record<Variant, () => VariantShown> = {
      exact: () => (tau === null ? there(shown.derivatives) : studied(exact)),
      'gauss-newton': () => studied(gaussNewton),
      differences: () => (differences ? there(differences) : { kind: 'unchecked' }),
      smoothed: () => (tau === null ? { kind: 'unsmoothed' } : there(shown.derivatives)),
    };
    return found[variant]();
  }, [variant, shown, tau, exact, gaussNewton, differences]);
}
