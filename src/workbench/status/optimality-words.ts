/** The optimality report in plain words. */

import type { Optimality } from '../../sensitivity';
import { formatNumber } from '../format';

export interface Finding {
  readonly term: string;
  /** Null where there is nothing to measure. */
  readonly value: number | null;
  readonly good: boolean;
  readonly words: string;
  readonly explanation: string;
}

/** Residuals below this are those of a solution. */
const residualLimit = 1e-6;
/** Singular values, eigenvalues and margins below this are as good as zero. */
const zero = 1e-8;

export function findings(report: Optimality): Finding[] {
  return [...residuals(report), independence(report), curvature(report), complementarity(report)];
}

function residuals({ stationarity, feasibility, complementarity }: Optimality): Finding[] {
  const residual = (term: string, value: number, explanation: string): Finding => {
    const good = value <= residualLimit;
    return { term, value, good, words: good ? 'met' : 'not met', explanation };
  };
  return [
    residual(
      'Stationarity',
      stationarity,
      'Largest entry of the gradient of the Lagrangian. Zero at a solution: no small move lowers the cost and keeps the constraints.',
    ),
    residual(
      'Feasibility',
      feasibility,
      'Largest violation of a constraint or of the dynamics. Zero: the trajectory obeys them all.',
    ),
    residual(
      'Complementarity',
      complementarity,
      'Largest product of slack and multiplier. Zero: a constraint that is not touched exerts no force.',
    ),
  ];
}

function independence({ licq }: Optimality): Finding {
  const good = licq > zero;
  return {
    term: 'LICQ',
    value: licq,
    good,
    words: good ? 'the active constraints are independent' : 'the active constraints depend on one another',
    explanation:
      'Smallest singular value of the Jacobian of the active constraints. Above zero, the multipliers are unique; at zero, some constraint says what others say already.',
  };
}

function curvature({ reducedHessian }: Optimality): Finding {
  const explanation =
    'Smallest eigenvalue of the Hessian of the Lagrangian along the directions that the active constraints leave free. Above zero: every such move raises the cost.';
  const finding = (good: boolean, words: string): Finding => ({
    term: 'Reduced Hessian',
    value: reducedHessian,
    good,
    words,
    explanation,
  });
  if (reducedHessian === null) return finding(true, 'no direction is left free: a vertex');
  if (reducedHessian > zero) return finding(true, 'positive definite: a strict local minimum');
  if (reducedHessian >= -zero)
    return finding(false, 'near zero: some direction is flat, the minimum may not be unique');
  return finding(false, 'indefinite: some direction lowers the cost, this is no minimum');
}

function complementarity({ strictComplementarity }: Optimality): Finding {
  const value = strictComplementarity;
  const words =
    value === null
      ? 'there are no inequalities'
      : value > residualLimit
        ? 'every side is clearly active or clearly not'
        : 'a side is just about to become active, derivatives differ on either side';
  return {
    term: 'Strict complementarity',
    value,
    good: value === null || value > residualLimit,
    words,
    explanation:
      'Smallest sum of slack and multiplier. Above zero, the set of active constraints stays the same for small changes of the parameters, and the derivatives hold.',
  };
}

/** For a table; a dash where there is nothing to measure. */
export function valueWords({ value }: Finding): string {
  return value === null ? '–' : formatNumber(value, 2);
}
