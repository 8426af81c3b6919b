/** One entry of the solution and its derivative over an interval of one value, at several barrier values. */
import { type CSSProperties, useMemo } from 'react';
import { type AlongView, initialAlong } from '../../../sharing';
import { changeWords } from '../../active-set-words';
import { ExportMenu } from '../../exports/ExportMenu';
import { formatNumber } from '../../format';
import { BusyIcon, WarningIcon } from '../../icons';
import { NumberField } from '../../parameters/NumberField';
import { Plot } from '../../plotly/Plot';
import { usePalette } from '../../plotly/palette';
import { setStudio } from '../../state/actions';
import { follow, stopFollowing, useFollowing } from '../../state/following';
import { useWorkbench } from '../../state/store';
import { useStudio } from '../../state/studio';
import { useSize } from '../../use-size';
import type { Subject } from '../subjects';
import type { Shown } from '../use-shown';
import { alongExport } from './along-export';
import { alongFigure, alongMargin, colourOf, tauName } from './along-figure';
import { alongWords } from './along-words';
import { type Curve, curvesOf, samplesOf } from './curve';

/** Of one curve. */
const sampleCount = 41;

export default function AlongPage({ shown }: { readonly shown: Shown }) {
  const view = useStudio((studio) => studio.along) ?? initialAlong;
  const { running, branches, failure } = useFollowing();
  const ready = useWorkbench((state) => state.atRest && !state.stale && state.failure === null);
  const palette = usePalette();
  const asked = askedOf(view, shown);
  const { column, subject, stage, interval } = asked;
  // Another column or interval has other branches; another entry of the solution is on the same ones.
  const current = branches?.column === column && branches.samples.length > 0 ? branches : null;
  const curves = useMemo(
    () => (current && subject ? curvesOf(current, shown.problem, subject, stage) : []),
    [current, shown.problem, subject, stage],
  );
  const entry = subject ? entryName(subject, stage) : '';
  const start = () => follow({ column, samples: samplesOf(interval, sampleCount), taus: view.taus }, asked.value);
  return (
    <div className="along-page">
      <Choices shown={shown} view={view} asked={asked} />
      <div className="along-bar">
        {running ? (
          <>
            <span role="status" data-testid="along-progress">
              <BusyIcon /> {running.done} of {running.total} solved
            </span>
            <button type="button" className="text-button" onClick={stopFollowing}>
              Cancel
            </button>
          </>
        ) : (
          <button type="button" className="button" disabled={!ready || interval[0] >= interval[1]} onClick={start}>
            Follow the branch
          </button>
        )}
        <ul className="along-keys" aria-label="Barrier values">
          {curves.map(({ tau }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two curves may have the same barrier value
            <li key={i} style={{ '--own': colourOf(i) } as CSSProperties}>
              {tauName(tau)}
            </li>
          ))}
          {curves.length > 0 && <li className="of-differences">finite differences</li>}
        </ul>
        {curves.length > 0 && (
          <ExportMenu label="Save the curves" from={() => alongExport(curves, entry, column, palette)} />
        )}
      </div>
      {curves.length === 0 ? (
        <p className="empty">
          {entry} and its derivative by {column}, from {formatNumber(interval[0])} to {formatNumber(interval[1])}. Each
          solve sets out from the one next to it, so that one branch of solutions is followed.
        </p>
      ) : (
        <>
          <CurvesPlot curves={curves} entry={entry} column={column} />
          <p className="saying" data-testid="along-words" role="status">
            {(failure || curves.some(({ failures }) => failures.length > 0)) && <WarningIcon />}
            <span>
              {alongWords(curves)} {failure}
            </span>
          </p>
        </>
      )}
    </div>
  );
}

interface PlotProps {
  readonly curves: readonly Curve[];
  readonly entry: string;
  readonly column: string;
}

function CurvesPlot({ curves, entry, column }: PlotProps) {
  const palette = usePalette();
  const [ref, size] = useSize<HTMLDivElement>();
  const figure = useMemo(
    () => (size && size.width > 150 ? alongFigure(curves, size, palette) : null),
    [curves, size, palette],
  );
  return (
    <div
      className="along-chart"
      ref={ref}
      role="img"
      data-testid="along-chart"
      aria-label={`${entry} and its derivative over ${column}, ${curves.length} curves`}
    >
      {figure && <Plot figure={figure} />}
      {size && <Marks curves={curves} height={size.height} />}
      <span className="along-name">{entry}</span>
      <span className="along-name lower">
        ∂{entry}/∂{column}
      </span>
    </div>
  );
}

interface Asked {
  readonly column: string;
  readonly value: number;
  readonly interval: readonly [number, number];
  readonly subject: Subject | undefined;
  readonly stage: number;
}

/** What the view leaves open, or the problem does not have, is filled in: the first control at the first stage. */
function askedOf(view: AlongView, { derivatives, point, ranges, subjects }: Shown): Asked {
  const place = Math.max(0, derivatives.columns.indexOf(view.column ?? ''));
  const offered = offeredOf(subjects);
  const subject =
    offered.find(({ id }) => id === view.quantity) ?? offered.find(({ kind }) => kind === 'control') ?? offered[0];
  return {
    column: derivatives.columns[place] ?? '',
    value: point[place] ?? 0,
    interval: view.interval ?? ranges[place] ?? [0, 1],
    subject,
    stage: Math.min(view.stage, (subject?.stages ?? 1) - 1),
  };
}

/** The Hessian of the objective is no derivative of an entry. */
function offeredOf(subjects: readonly Subject[]): readonly Subject[] {
  return subjects.filter(({ kind }) => kind !== 'hessian');
}

function entryName({ kind, name }: Subject, stage: number): string {
  return kind === 'gradient' ? 'J' : `${name}(${stage})`;
}

interface ChoicesProps {
  readonly shown: Shown;
  readonly view: AlongView;
  readonly asked: Asked;
}

function Choices({ shown, view, asked: { column, interval, subject, stage } }: ChoicesProps) {
  const set = (change: Partial<AlongView>) => setStudio({ along: { ...view, ...change } });
  const [low, high] = interval;
  const step = Math.abs(high - low) / 20 || 0.1;
  return (
    <div className="along-choices">
      <select
        aria-label="Entry"
        value={subject?.id}
        onChange={({ target }) => set({ quantity: target.value, stage: 0 })}
      >
        {offeredOf(shown.subjects).map(({ id, name, kind }) => (
          <option key={id} value={id}>
            {kind === 'gradient' ? 'objective' : name}
          </option>
        ))}
      </select>
      {subject?.kind !== 'gradient' && (
        <span>
          at stage
          <NumberField
            label="Stage"
            value={stage}
            step={1}
            onChange={(next) => {
              if (Number.isInteger(next) && next >= 0) set({ stage: Math.min(next, (subject?.stages ?? 1) - 1) });
            }}
          />
        </span>
      )}
      <span>
        over
        <select
          aria-label="Along"
          value={column}
          onChange={({ target }) => set({ column: target.value, interval: null })}
        >
          {shown.derivatives.columns.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </span>
      <span>
        from
        <NumberField label="From" value={low} step={step} onChange={(next) => set({ interval: [next, high] })} />
        to
        <NumberField label="To" value={high} step={step} onChange={(next) => set({ interval: [low, next] })} />
      </span>
      <span>
        smoothed by
        {view.taus.map((tau, i) =>
          tau === null ? null : (
            <NumberField
              // biome-ignore lint/suspicious/noArrayIndexKey: known by its place
              key={i}
              label={`Barrier value ${i + 1}`}
              value={tau}
              step={tau / 2}
              digits={2}
              onChange={(next) => next > 0 && set({ taus: view.taus.with(i, next) })}
            />
          ),
        )}
      </span>
    </div>
  );
}

/** Where something happens, as vertical lines; what happens is in their titles. */
function Marks({ curves, height }: { readonly curves: readonly Curve[]; readonly height: number }) {
  const at = curves[0]?.at ?? [];
  const [low = 0, high = 1] = [at[0], at.at(-1)];
  const left = (value: number) => {
    const share = (value - low) / (high - low || 1);
    return `calc(${alongMargin.left}px + ${share} * (100% - ${alongMargin.left + alongMargin.right}px))`;
  };
  const upright = { top: alongMargin.top, height: Math.max(0, height - alongMargin.top - alongMargin.bottom) };
  return curves.flatMap((curve, i) => [
    ...curve.kinks.map(({ at: place, changes }) => (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: two curves may have the same barrier value
        key={`kink ${i} ${place}`}
        className="along-kink"
        data-testid="along-kink"
        style={{ left: left(place), ...upright }}
        title={changes.map(changeWords).join('; ')}
      />
    )),
    ...curve.failures.map(({ at: place, message }) => (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: two curves may have the same barrier value
        key={`failure ${i} ${place}`}
        className="along-failure"
        style={{ left: left(place), '--own': colourOf(i) } as CSSProperties}
        title={`${tauName(curve.tau)}, ${formatNumber(place)}: ${message}`}
      >
        ×
      </span>
    )),
  ]);
}
