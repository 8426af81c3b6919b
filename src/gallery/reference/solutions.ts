/** The stored solutions of the reference problems; README.md says where they come from and what the numbers mean. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export interface ReferenceConstraint {
  readonly name: string;
  readonly stages: readonly number[];
  readonly lower?: readonly number[];
  readonly upper?: readonly number[];
  readonly equality?: readonly number[];
  readonly slackLower?: readonly number[];
  readonly slackUpper?: readonly number[];
  readonly slackLowerMultiplier?: readonly number[];
  readonly slackUpperMultiplier?: readonly number[];
}

/** x [N+1][nx], u [N][nu]. */
export interface ReferenceTrajectory {
  readonly objective: number;
  readonly x: readonly (readonly number[])[];
  readonly u: readonly (readonly number[])[];
}

/** dx [N+1][nx][columns], du [N][nu][columns]. */
export interface ReferenceDerivatives {
  readonly columns: readonly string[];
  readonly dx: readonly (readonly (readonly number[])[])[];
  readonly du: readonly (readonly (readonly number[])[])[];
}

export type ReferenceSensitivity =
  | { readonly valid: false; readonly reason: string }
  | (ReferenceDerivatives & {
      readonly valid: true;
      /** [columns] */
      readonly dobjective: readonly number[];
      /** [columns][columns], second derivatives of the optimal value. */
      readonly d2objective: readonly (readonly number[])[];
      /** Of every parameter, also where `columns` is a selection; dSumU0: of the sum of the components of u_0. */
      readonly allColumns: {
        readonly columns: readonly string[];
        readonly dobjective: readonly number[];
        readonly dSumU0: readonly number[];
      };
    });

export interface ReferencePoint extends ReferenceTrajectory {
  readonly label: string;
  /** Of IPOPT, from the guess of the text to a tolerance of 1e-8. */
  readonly iterations: number;
  readonly licqMinSingularValue: number;
  /** Null at a vertex. */
  readonly reducedHessianMinEigenvalue: number | null;
  /** Null without inequalities. */
  readonly strictComplementarity: number | null;
  /** [N+1][nx] */
  readonly dynamicsMultipliers: readonly (readonly number[])[];
  readonly constraints: readonly ReferenceConstraint[];
  readonly sensitivity: ReferenceSensitivity;
  readonly smoothed: readonly (ReferenceTrajectory & ReferenceDerivatives & { readonly tau: number })[];
}

export function readSolutions(name: string): readonly ReferencePoint[] {
  const file = readFileSync(new URL(`./${name}.solution.json.gz`, import.meta.url));
  const { points } = JSON.parse(gunzipSync(file).toString('utf8')) as { points: readonly ReferencePoint[] };
  const further = JSON.parse(readFileSync(new URL('./points.json', import.meta.url), 'utf8'))[name];
  return points.map((point) => ({ ...point, ...further[point.label] }));
}
