/** The derivatives on screen, and what is selected of them. */
import { useMemo, useRef } from 'react';
import type { Measure } from '../../sharing';
import type { Picture, ProblemView } from '../protocol';
import { useWorkbench } from '../state/store';
import { useStudio } from '../state/studio';
import { useStudy } from '../state/studying';
import { type Derivatives, type Selection, tableOf } from './cells';
import { columnSizes, foundColumns, ordered } from './column-order';
import { chosenSubjects, isObjective, objective, type Subject, subjectsOf } from './subjects';
import { pointOf, rangesOf, weightsOf } from './weights';

export interface Shown {
  readonly problem: ProblemView;
  readonly picture: Picture;
  readonly derivatives: Derivatives;
  /** Everything that could be selected. */
  readonly subjects: readonly Subject[];
  readonly selection: Selection;
  readonly measure: Measure;
  /** Values of parameters and initial states, parallel to all columns. */
  readonly point: readonly number[];
  /** Ends of their sliders. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** Null where nothing has converged yet. */
export function useShown(): Shown | null {
  const problem = useWorkbench((state) => state.problem);
  const picture = useWorkbench((state) => state.converged);
  const parameters = useWorkbench((state) => state.parameters);
  const { quantity, measure } = useWorkbench((state) => state.view.heatmap);
  const changedRanges = useWorkbench((state) => state.view.ranges);
  const order = useStudio((studio) => studio.order);
  const filter = useStudio((studio) => studio.filter);
  const smoothed = useStudio((studio) => studio.tau !== null);
  const places = useSteady();
  const value = useStudy('value', quantity === objective);
  const d2objective = value.stage === 'done' && value.fresh ? value.result.hessian : null;

  const sensitivities = picture?.sensitivities ?? null;
  const columns = sensitivities?.columns;
  const subjects = useMemo(
    () => (problem && columns ? subjectsOf(problem, columns.length, smoothed) : []),
    [problem, columns, smoothed],
  );
  const ranges = useMemo(
    () => (problem && columns ? rangesOf(problem, columns, changedRanges) : []),
    [problem, columns, changedRanges],
  );
  return useMemo(() => {
    if (!problem || !picture || !sensitivities) return null;
    const derivatives = { ...sensitivities, d2objective };
    const all = sensitivities.columns;
    const point = pointOf(problem, picture, all, parameters);
    const chosen = chosenSubjects(subjects, quantity);
    const whole: Selection = {
      subjects: chosen,
      places: all.map((_, place) => place),
      weights: weightsOf(measure, point, ranges),
      relative: measure === 'relative',
    };
    const sizes = () => {
      const sized = chosen.some(isObjective) ? chosen.filter(({ kind }) => kind === 'gradient') : chosen;
      return columnSizes(tableOf(problem, picture.solution, derivatives, { ...whole, subjects: sized }));
    };
    const selection = { ...whole, places: places(ordered(foundColumns(all, filter), order, all, sizes)) };
    return { problem, picture, derivatives, subjects, selection, measure, point, ranges };
  }, [
    problem,
    picture,
    sensitivities,
    d2objective,
    subjects,
    ranges,
    parameters,
    quantity,
    measure,
    order,
    filter,
    places,
  ]);
}

/** Columns keep their places during a drag, though their sizes change. */
function useSteady(): (places: readonly number[]) => readonly number[] {
  const held = useRef<readonly number[]>([]);
  const dragging = useWorkbench((state) => state.dragging);
  return useMemo(
    () => (places) => {
      const same = places.length === held.current.length && places.every((place) => held.current.includes(place));
      if (!dragging || !same) held.current = places;
      return held.current;
    },
    [dragging],
  );
}
