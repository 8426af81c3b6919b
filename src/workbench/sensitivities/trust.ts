/** Whether the derivatives on screen can be trusted: as they say themselves, and as a study of validity has found. */
import type { Validity } from '../../sensitivity';
import type { ShownSensitivities } from '../protocol';
import { type Studied, useStudy } from '../state/studying';
import type { Shown } from './use-shown';

type Verdict = Pick<Validity, 'valid' | 'reason'>;

/** Does not ask for the study, which is cubic in the number of variables. */
export function useTrust({ picture }: Pick<Shown, 'picture'>): Verdict | null {
  return trustOf(picture.sensitivities, useStudy('validity', false));
}

/** The study sees dependent constraints that a drag has no time to look for. Null: there are no derivatives. */
export function trustOf(sensitivities: Pick<ShownSensitivities, 'valid' | 'reason'> | null, study: Studied<Verdict>) {
  if (sensitivities?.valid && study.stage === 'done' && study.fresh) return study.result;
  return sensitivities;
}
