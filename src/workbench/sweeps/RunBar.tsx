/** Starts a sweep, tells how far it is and how fast, and what came of it. */
import type { Samples } from '../../batch';
import { initialSweep } from '../../sharing';
import { formatDuration } from '../format';
import { setSweep } from '../state/actions';
import { useWorkbench } from '../state/store';
import type { Definition, Variable } from './definition';
import { cancelSweep, pauseSweep, type Run, resumeSweep, startSweep, useSweeping } from './sweeping';

const backends = [
  { value: 'auto', label: 'CPU or GPU' },
  { value: 'cpu', label: 'CPU' },
  { value: 'gpu', label: 'GPU' },
] as const;

interface Props {
  readonly definition: Definition;
  readonly variables: readonly Variable[];
  readonly list: Samples | null;
}

export function RunBar({ definition, variables, list }: Props) {
  const run = useSweeping((state) => state.run);
  const going = run?.stage === 'running' || run?.stage === 'paused';
  return (
    <div className="sweep-bar">
      {going ? <Progress run={run} /> : <Start definition={definition} variables={variables} list={list} run={run} />}
    </div>
  );
}

function Start({ definition, variables, list, run }: Props & { readonly run: Run | null }) {
  const problem = useWorkbench((state) => state.problem);
  // While what was typed is not compiled yet, it is not known what would be swept.
  const ready = useWorkbench((state) => state.atRest && !state.stale);
  const view = useWorkbench((state) => state.view.sweep ?? initialSweep);
  const { count, refusal, sampling } = definition;
  return (
    <>
      <button
        type="button"
        className="button primary"
        disabled={!problem || !ready || refusal !== null}
        onClick={() => problem && startSweep(problem, view, definition, variables, list)}
      >
        Solve {count.toLocaleString('en')} {count === 1 ? 'instance' : 'instances'}
      </button>
      {sampling === 'grid' && (
        <label className="check" title="Where the problem has several local minima, a neighbour may lead to another">
          <input
            type="checkbox"
            checked={view.start === 'warm'}
            onChange={({ target }) => setSweep({ start: target.checked ? 'warm' : 'cold' })}
          />
          from the neighbour
        </label>
      )}
      <select
        aria-label="Backend"
        title="Where the instances are solved"
        value={view.backend}
        onChange={({ target }) =>
          setSweep({ backend: backends.find(({ value }) => value === target.value)?.value ?? 'auto' })
        }
      >
        {backends.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <p className="sweep-saying" role="status" data-testid="sweep-outcome" data-stage={run?.stage}>
        {refusal ?? (run ? outcomeOf(run) : '')}
      </p>
    </>
  );
}

function outcomeOf({ stage, done, table, elapsed, where, notes }: Run): string {
  const solved = table.statuses().get('converged') ?? 0;
  const arrived = done - (table.statuses().get('cancelled') ?? 0);
  const words =
    stage === 'cancelled'
      ? `Cancelled: ${solved.toLocaleString('en')} of ${table.count.toLocaleString('en')} solved on ${where}.`
      : `${solved === arrived ? 'All' : `${solved.toLocaleString('en')} of ${arrived.toLocaleString('en')}`} solved on ${where} in ${formatDuration(elapsed)}.`;
  return [words, ...notes].join(' ');
}

function Progress({ run }: { readonly run: Run }) {
  const { done, elapsed, stage, table, where } = run;
  const { count } = table;
  const rate = done / elapsed;
  const paused = stage === 'paused';
  const rest = (count - done) / rate;
  return (
    <>
      <progress max={count} value={done} aria-label="Progress" />
      <span className="sweep-saying" role="status" data-testid="sweep-progress">
        {done.toLocaleString('en')} of {count.toLocaleString('en')}
        {done > 0 && !paused && ` · ${rounded(1000 * rate)} a second · ${formatLeft(rest)} left`}
        {paused && ' · paused'} · {where}
      </span>
      {!run.device && (
        <button type="button" className="button" onClick={paused ? resumeSweep : pauseSweep}>
          {paused ? 'Go on' : 'Pause'}
        </button>
      )}
      <button type="button" className="button" onClick={cancelSweep}>
        Cancel
      </button>
    </>
  );
}

const rounded = (value: number): string => Number(value.toPrecision(2)).toLocaleString('en');

function formatLeft(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
