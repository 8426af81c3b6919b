/** The solver of a gallery problem at the points of its reference. */
import { compileText } from '../../language';
import { DifferentiableSolver } from '../../sensitivity';
import type { Inputs, PrimalDual, Trajectory } from '../../solver';
import { type GalleryEntry, gallery } from '..';
import { flat } from './compare';
import { withReferenceNames } from './names';
import { hasReference, type Reference, readReference } from './read';
import type { ReferencePoint, ReferenceTrajectory } from './solutions';

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

/** From a stored solution with its multipliers. */
export function startNear({ problem }: DifferentiableSolver, reference: ReferencePoint): { near: PrimalDual } {
  const constraints = problem.constraints.map(({ name }) => {
    const found = reference.constraints.find((constraint) => constraint.name === name);
    if (!found) throw new Error(`The reference has no constraint ${name}`);
    return found;
  });
  const costates = Float64Array.from(flat(reference.dynamicsMultipliers));
  return { near: { ...startAt(reference).guess, algebraics: new Float64Array(), costates, constraints } };
}
