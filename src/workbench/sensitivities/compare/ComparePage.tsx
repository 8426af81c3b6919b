/** Two variants of the same map, and their difference. */
import { type ReactNode, useMemo } from 'react';
import type { Variant } from '../../../sharing';
import { BusyIcon, CheckIcon, WarningIcon } from '../../icons';
import { setStudio } from '../../state/actions';
import { check, stopChecking, useChecking } from '../../state/checking';
import { useWorkbench } from '../../state/store';
import { useStudio } from '../../state/studio';
import { useSize } from '../../use-size';
import { scalesOf, type Table, tableOf } from '../cells';
import { Heatmap } from '../Heatmap';
import { Legend } from '../Legend';
import { StudyNote } from '../StudyNote';
import { isObjective } from '../subjects';
import type { Shown } from '../use-shown';
import { compare } from './comparison';
import { comparisonWords, variantNames } from './comparison-words';
import { useVariant, type VariantShown } from './use-variant';

const variants: readonly Variant[] = ['exact', 'gauss-newton', 'differences', 'smoothed'];

/** Narrower than this the maps stand one below the other. */
const besideFrom = 520;

export default function ComparePage({ shown }: { readonly shown: Shown }) {
  const [first, second] = useStudio((studio) => studio.compared);
  const scale = useWorkbench((state) => state.view.heatmap.scale);
  const [ref, size] = useSize<HTMLDivElement>();
  const one = useVariant(first, shown);
  const two = useVariant(second, shown);
  const a = useTable(one, shown);
  const b = useTable(two, shown);
  const comparison = useMemo(() => (a && b ? compare(a, b) : null), [a, b]);
  const scales = useMemo(() => (a ? scalesOf(a, scale) : b && scalesOf(b, scale)), [a, b, scale]);
  const saying = comparison && comparisonWords(comparison, [first, second]);
  const narrow = (size?.width ?? 0) < besideFrom;
  const map = (table: Table | null, label: string, bare: boolean, otherwise: ReactNode) =>
    table && scales ? (
      <Heatmap
        table={table}
        scales={scales}
        measure={shown.measure}
        t={shown.picture.solution.t}
        bare={bare}
        label={`Heatmap, ${label},`}
      />
    ) : (
      otherwise
    );
  return (
    <div className="compare-page" ref={ref} data-narrow={narrow || undefined}>
      <div className="compared" data-testid="compared-first">
        <VariantChoice label="First" value={first} onChange={(next) => setStudio({ compared: [next, second] })} />
        {map(a, variantNames[first], false, <Missing shown={shown} variant={one} />)}
      </div>
      <div className="compared" data-testid="compared-second">
        <VariantChoice label="Second" value={second} onChange={(next) => setStudio({ compared: [first, next] })} />
        {map(b, variantNames[second], !narrow, <Missing shown={shown} variant={two} />)}
      </div>
      <div className="compared" data-testid="compared-difference">
        <p className="compared-title">Difference</p>
        {map(comparison?.difference ?? null, 'difference', !narrow, null)}
      </div>
      <div className="compare-foot">
        <Legend scale={scale} measure={shown.measure} largest={scales?.[0] ?? 0} />
        {saying && (
          <p className="saying" data-agree={saying.agree} data-testid="comparison" role="status">
            {saying.agree ? <CheckIcon /> : <WarningIcon />}
            <span>{saying.words}</span>
          </p>
        )}
      </div>
    </div>
  );
}

/** The Hessian of the value is there for the exact derivatives only: it is not compared. */
function useTable(variant: VariantShown, { problem, picture, selection }: Shown): Table | null {
  return useMemo(() => {
    if (variant.kind !== 'there') return null;
    const subjects = selection.subjects.filter((subject) => !isObjective(subject) || subject.kind === 'gradient');
    return tableOf(problem, picture.solution, variant.derivatives, { ...selection, subjects });
  }, [variant, problem, picture, selection]);
}

interface ChoiceProps {
  readonly label: string;
  readonly value: Variant;
  readonly onChange: (next: Variant) => void;
}

function VariantChoice({ label, value, onChange }: ChoiceProps) {
  return (
    <select
      className="compared-title"
      aria-label={`${label} map`}
      value={value}
      onChange={({ target }) => onChange(variants.find((each) => each === target.value) ?? value)}
    >
      {variants.map((variant) => (
        <option key={variant} value={variant}>
          {variantNames[variant]}
        </option>
      ))}
    </select>
  );
}

function Missing({ variant, shown }: { readonly variant: VariantShown; readonly shown: Shown }) {
  const running = useChecking((state) => state.running);
  const ready = useWorkbench((state) => state.atRest && !state.stale && state.failure === null);
  if (variant.kind === 'study') return <StudyNote study={variant.study} running="Differentiating…" />;
  if (variant.kind === 'unsmoothed')
    return <p className="empty">Turn the smoothing dial: the map at its barrier value appears here.</p>;
  if (running)
    return (
      <div className="empty">
        <p>
          <BusyIcon /> {running.done} of {running.total} columns re-solved
        </p>
        <button type="button" className="text-button" onClick={stopChecking}>
          Cancel
        </button>
      </div>
    );
  const names = shown.selection.places.map((place) => shown.derivatives.columns[place] ?? '');
  return (
    <div className="empty">
      <button type="button" className="button" disabled={!ready} onClick={() => check(names, null)}>
        Re-solve {names.length} columns
      </button>
    </div>
  );
}
