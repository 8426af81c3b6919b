/** All trajectories of a variable, and the bands that hold nine tenths and a half of them. */
import { useMemo } from 'react';
import { usePalette } from '../plotly/palette';
import type { Size } from '../use-size';
import { spanOf } from './axes';
import { bandsFigure, bandsOf, type Ensemble } from './bands-figure';
import { calmOf } from './calm';
import { Field, type Places } from './Field';
import type { LookProps } from './looks';
import { entryIn, firstVariable, numbersOf, stagesOf } from './quantity';
import type { Run } from './sweeping';

/** Trajectories that are drawn one by one. */
const mostDrawn = 60;

export default function BandsLook({ run, quantity }: LookProps) {
  const palette = usePalette();
  const calm = calmOf(run);
  const variable = variableOf(run, quantity);
  // What is in the table is another whenever `calm` is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const ensemble = useMemo(() => ensembleOf(run, variable), [run.table, calm, variable]);
  const bands = useMemo(() => (ensemble ? bandsOf(ensemble) : []), [ensemble]);
  const span = useMemo(() => (ensemble ? spanOf(...ensemble.stages) : { low: 0, high: 1 }), [ensemble]);
  const figures = useMemo(
    () => (size: Size) => (ensemble ? [bandsFigure(ensemble, bands, span, size, palette)] : []),
    [ensemble, bands, span, palette],
  );
  // The stage that is pointed at is part of them.
  const places = useMemo(() => ensemble && placesOn(ensemble, span), [ensemble, span]);
  if (!ensemble || !places)
    return (
      <p className="empty">Trajectories of this many instances were not kept. Choose the variable, and solve again.</p>
    );
  const { stages, drawn } = ensemble;
  const some = drawn.length < run.table.count ? `${drawn.length} of ${run.table.count}` : `${drawn.length}`;
  return (
    <Field
      run={run}
      quantity={quantity}
      label={`Trajectories of ${variable}: bands of 90 % and 50 %, the median, ${some} one by one`}
      names={{ across: 'stage', up: variable }}
      figures={figures}
      places={places}
      beside={
        <ul className="sweep-legend keys" aria-label="Lines and bands">
          <li className="median">median</li>
          <li className="half">half of them</li>
          <li className="most">nine tenths</li>
          <li className="single">{some} drawn</li>
        </ul>
      }
      key={stages.length}
    />
  );
}

/** That of the quantity; else the first there is. */
function variableOf({ problem }: Pick<Run, 'problem'>, quantity: string): string {
  return entryIn(quantity)?.name ?? firstVariable(problem);
}

function ensembleOf(run: Run, variable: string): Ensemble | null {
  const count = stagesOf(run.problem, variable);
  const stages = Array.from({ length: count }, (_, k) => numbersOf(run, `${variable}@${k}`));
  const kept = stages.filter((values) => values !== null);
  const [first] = kept;
  if (!first || kept.length < count) return null;
  const there = [...first.keys()].filter((row) => Number.isFinite(first[row]));
  const every = Math.max(1, there.length / mostDrawn);
  const drawn = Array.from({ length: Math.min(mostDrawn, there.length) }, (_, i) => there[Math.floor(i * every)] ?? 0);
  return { stages: kept, stepped: run.problem.controls.some(({ name }) => name === variable), drawn };
}

/** One of those that are drawn one by one. */
function placesOn(
  { stages, drawn, stepped }: Ensemble,
  { low, high }: { readonly low: number; readonly high: number },
): Places {
  const last = Math.max(1, stages.length - 1);
  let pointed = 0;
  const height = (row: number, stage: number): number => ((stages[stage]?.[row] ?? Number.NaN) - low) / (high - low);
  return {
    nearest: (x, y) => {
      pointed = Math.min(stages.length - 1, stepped ? Math.floor(x * last) : Math.round(x * last));
      const distances = drawn.map((row) => Math.abs(height(row, pointed) - y));
      return drawn[distances.indexOf(Math.min(...distances))] ?? null;
    },
    of: (row) => ({ x: pointed / last, y: height(row, pointed) }),
    next: (row, across, up) => {
      const at = row === null ? -1 : drawn.indexOf(row);
      return drawn[Math.max(0, Math.min(drawn.length - 1, at + (across || up)))] ?? null;
    },
  };
}
