/** Whether the derivatives can be trusted, in plain words: a line for each condition of the implicit function theorem. */
import type { Validity } from '../../../sensitivity';
import { formatNumber } from '../../format';

export interface Condition {
  readonly term: string;
  /** As it is shown; a dash where there is nothing to measure. */
  readonly value: string;
  readonly good: boolean;
  readonly words: string;
  /** What it means, and what to do where it does not hold. */
  readonly explanation: string;
}

/** Singular values, eigenvalues and margins below this are as good as zero. */
const zero = 1e-8;
/** Relative residuals of the linear systems above this cost digits that are shown. */
const residualLimit = 1e-6;
/** Beyond this condition number fewer than four of the sixteen digits are left. */
const conditionLimit = 1e12;

export function conditions(validity: Validity): Condition[] {
  return [
    independence(validity),
    curvature(validity),
    complementarity(validity),
    residual(validity),
    condition(validity),
  ];
}

function independence({ licq }: Validity): Condition {
  const good = licq > zero;
  return {
    term: 'LICQ',
    value: formatNumber(licq, 2),
    good,
    words: good
      ? 'the active constraints are independent'
      : 'the active constraints depend on one another: the multipliers are not unique',
    explanation:
      'Smallest singular value of the Jacobian of the active constraints. At zero some constraint says what others say already, as a fixed initial state written as two inequalities does. State it once, as an equality.',
  };
}

function curvature({ reducedHessian }: Validity): Condition {
  const good = reducedHessian === null || reducedHessian > zero;
  return {
    term: 'Second order',
    value: reducedHessian === null ? '–' : formatNumber(reducedHessian, 2),
    good,
    words:
      reducedHessian === null
        ? 'a vertex: no direction is left free'
        : good
          ? 'every free direction raises the cost'
          : reducedHessian < -zero
            ? 'some direction lowers the cost: this is no minimum'
            : 'some direction is flat: the minimum may not be unique',
    explanation:
      'Smallest eigenvalue of the Hessian of the Lagrangian along the directions that the active constraints leave free. Where it is not positive the solution need not follow the parameters; a small weight on every control helps.',
  };
}

function complementarity({ strictComplementarity }: Validity): Condition {
  const good = strictComplementarity === null || strictComplementarity > residualLimit;
  return {
    term: 'Strict complementarity',
    value: strictComplementarity === null ? '–' : formatNumber(strictComplementarity, 2),
    good,
    words:
      strictComplementarity === null
        ? 'there are no inequalities'
        : good
          ? 'every side is clearly active or clearly not'
          : 'a kink: a side is just about to become active',
    explanation:
      'Smallest sum of slack and multiplier. At zero the derivatives on either side of this point differ; the smoothing dial shows what lies between.',
  };
}

function residual({ residual: value }: Validity): Condition {
  const good = value <= residualLimit;
  return {
    term: 'Residual',
    value: formatNumber(value, 2),
    good,
    words: good ? 'the linear systems are solved' : 'the linear systems are not solved to the digits shown',
    explanation: 'Largest residual of the linear systems of the columns, relative to their right-hand sides.',
  };
}

function condition({ condition: value }: Validity): Condition {
  const good = value <= conditionLimit;
  return {
    term: 'Condition',
    value: formatNumber(value, 2),
    good,
    words: good
      ? `about ${Math.max(0, Math.floor(15.9 - Math.log10(Math.max(1, value))))} digits can be relied on`
      : 'rounding may reach the digits shown: scale the variables',
    explanation:
      'Estimated condition number of the KKT matrix: by how much it may magnify rounding, which is one part in 10¹⁶.',
  };
}
