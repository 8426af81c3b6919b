/** The solver of a gallery problem at the points of its reference. */
import { compileText } from '../../language';
import { DifferentiableSolver } from '../../sensitivity';
import type { Inputs, Trajectory } from '../../solver';
import { type GalleryEntry, gallery } from '..';
import { flat } from './compare';
import { withReferenceNames } from './names';
import { hasReference, type Reference, readReference } from './read';
import type { ReferenceTrajectory } from './solutions';

/** Name and text of every problem that has a reference. */
export const compared = gallery
  .filter(({ name }) => hasReference(name))
  .map((entry): [string, GalleryEntry] => [entry.name, entry]);

/** With the names of the reference. */
export function solverOf({ name, text }: GalleryEntry): DifferentiableSolver {
  const compiled = compileText(text);
  if (!compiled.ok) throw new Error(compiled.diagnostics.map(({ message }) => message).join('\n'));
  return DifferentiableSolver.compile(withReferenceNames(name, compiled.problem, readReference(name)));
}

/** Parameters and initial state of the point `label`. */
export function inputsAt({ problem }: DifferentiableSolver, { points }: Reference, label: string): Inputs {
  const set = points.find((point) => point.label === label)?.set ?? {};
  return {
    parameters: Float64Array.from(problem.parameters, ({ name, value }) => set[name] ?? value),
    initial: Float64Array.from(problem.states, ({ name }) => set[`x0.${name}`] ?? Number.NaN),
  };
}

/** From a stored trajectory. */
export const startAt = ({ x, u }: ReferenceTrajectory): { guess: Trajectory } => ({
  guess: { x: Float64Array.from(flat(x)), u: Float64Array.from(flat(u)) },
});
