/** What the effect of can be seen: each change begins the training anew. */
import type { LearningView } from '../../sharing';
import { NumberField } from '../parameters/NumberField';
import { Segmented } from '../Segmented';
import { setLearning } from '../state/actions';

const hessians = [
  { value: 'exact', label: 'exact', title: 'Sensitivities with the exact Hessian of the Lagrangian' },
  {
    value: 'gauss-newton',
    label: 'Gauss-Newton',
    title: 'Sensitivities with the Gauss-Newton Hessian, which are wrong',
  },
] as const;

const starts = [
  { value: 'warm', label: 'warm', title: 'Every sample’s solve begins at its last solution' },
  { value: 'cold', label: 'cold', title: 'Every solve begins at the guess' },
] as const;

const solves = [
  { value: 'full', label: 'full', title: 'The controller solves to the end at every sample' },
  {
    value: 'rti',
    label: 'real-time',
    title:
      'The controller makes one real-time iteration at every sample, from the one before; gradients are those of the full solutions it follows',
  },
] as const;

const taus = [null, 1e-3, 1e-2, 1e-1, 1, 10] as const;

interface Props {
  readonly view: LearningView;
  /** How many there are. */
  readonly samples: number;
}

export function Switches({ view, samples }: Props) {
  const sizes = batchSizes(samples);
  const batch = view.batch !== null && view.batch < samples ? view.batch : null;
  return (
    <div className="learn-switches">
      <span>
        Sensitivities
        <Segmented
          label="Hessian of the sensitivities"
          value={view.hessian}
          options={hessians}
          onChange={(hessian) => setLearning({ hessian })}
        />
      </span>
      {view.page === 'tune' && (
        <span>
          Solves
          <Segmented
            label="What the controller does at each sample"
            value={view.solves}
            options={solves}
            onChange={(chosen) => setLearning({ solves: chosen })}
          />
        </span>
      )}
      {/* Real-time iterations go on from the sample before. */}
      {!(view.page === 'tune' && view.solves === 'rti') && (
        <span>
          Starts
          <Segmented
            label="Where solves begin"
            value={view.start}
            options={starts}
            onChange={(start) => setLearning({ start })}
          />
        </span>
      )}
      <label>
        Smoothing
        <select
          value={String(view.tau)}
          onChange={({ target }) => setLearning({ tau: target.value === 'null' ? null : Number(target.value) })}
        >
          {[...new Set([...taus, view.tau])].map((tau) => (
            <option key={tau} value={String(tau)}>
              {tau === null ? 'none' : `τ = ${tau}`}
            </option>
          ))}
        </select>
      </label>
      <label>
        Batch
        <select
          value={String(batch)}
          onChange={({ target }) => setLearning({ batch: target.value === 'null' ? null : Number(target.value) })}
        >
          {[...new Set([...sizes, ...(batch === null ? [] : [batch])])].map((size) => (
            <option key={size} value={size}>
              {size}
            </option>
          ))}
          <option value="null">all {samples}</option>
        </select>
      </label>
      <span>
        Seed
        <NumberField
          label="Seed"
          value={view.seed}
          step={1}
          onChange={(seed) => Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff && setLearning({ seed })}
        />
      </span>
    </div>
  );
}

/** 1, 2, 4, ... below the number of samples. */
function batchSizes(samples: number): number[] {
  const sizes: number[] = [];
  for (let size = 1; size < samples; size *= 2) sizes.push(size);
  return sizes;
}
