/** What is varied, and over which values. */
import { initialSweep, type Sampling, type SweepAxis } from '../../sharing';
import { CloseIcon } from '../icons';
import { NumberField } from '../parameters/NumberField';
import { stepOf } from '../parameters/slider-range';
import { setSweep } from '../state/actions';
import { useWorkbench } from '../state/store';
import { axisOver, type Definition, mostGridAxes, type Variable } from './definition';
import { ListFile } from './ListFile';

const samplings: readonly { readonly value: Sampling; readonly label: string; readonly title: string }[] = [
  { value: 'grid', label: 'Grid', title: 'Every combination of evenly spread values' },
  { value: 'sobol', label: 'Sobol points', title: 'Points that fill the ranges evenly, as many as you like' },
  { value: 'latin-hypercube', label: 'Latin hypercube', title: 'One random point in each interval of each range' },
  { value: 'saltelli', label: 'Sobol indices', title: 'Points from which shares of the variance are estimated' },
  { value: 'one-at-a-time', label: 'One at a time', title: 'Both ends of every range, all else as it is' },
  { value: 'list', label: 'List from a file', title: 'The rows of a table in comma-separated values' },
];

interface Props {
  readonly definition: Definition;
  readonly variables: readonly Variable[];
}

export function DefinitionBar({ definition: { sampling, axes }, variables }: Props) {
  const { count, seed } = useWorkbench((state) => state.view.sweep ?? initialSweep);
  const set = (next: readonly SweepAxis[]) => setSweep({ axes: next });
  const grid = sampling === 'grid';
  const free = variables.filter(({ name }) => axes.every((axis) => axis.name !== name));
  const add = () => {
    const [variable] = free;
    if (!variable) return;
    const counts = axes.map((axis) => (grid ? { ...axis, count: axisOver(variable, axes.length + 1).count } : axis));
    set([...counts, axisOver(variable, axes.length + 1)]);
  };
  return (
    <div className="sweep-definition">
      <select
        aria-label="Instances"
        value={sampling}
        title={samplings.find(({ value }) => value === sampling)?.title}
        onChange={({ target }) =>
          setSweep({
            sampling: samplings.find(({ value }) => value === target.value)?.value ?? 'grid',
            axes: [],
            look: null,
          })
        }
      >
        {samplings.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      {(sampling === 'sobol' || sampling === 'latin-hypercube' || sampling === 'saltelli') && (
        <span className="sweep-axis">
          <Count
            label={sampling === 'saltelli' ? 'Blocks' : 'Points'}
            value={count}
            onChange={(next) => setSweep({ count: next })}
          />
          {sampling === 'saltelli' ? 'blocks' : 'points'}, seed
          <Count label="Seed" value={seed} least={0} onChange={(next) => setSweep({ seed: next })} />
        </span>
      )}
      {sampling === 'list' && <ListFile />}
      {sampling !== 'list' &&
        axes.map((axis, i) => (
          <AxisFields
            // biome-ignore lint/suspicious/noArrayIndexKey: known by its place
            key={i}
            axis={axis}
            variables={variables.filter(({ name }) => name === axis.name || free.some((other) => other.name === name))}
            counted={grid}
            ranged={sampling !== 'one-at-a-time'}
            onChange={(next) => set(axes.with(i, next))}
            onRemove={axes.length > 1 ? () => set(axes.filter((_, j) => j !== i)) : null}
          />
        ))}
      {sampling !== 'list' && free.length > 0 && (!grid || axes.length < mostGridAxes) && (
        <button type="button" className="text-button" onClick={add}>
          + {axes[0]?.name === undefined ? 'vary a value' : 'another'}
        </button>
      )}
    </div>
  );
}

interface AxisProps {
  readonly axis: SweepAxis;
  readonly variables: readonly Variable[];
  readonly counted: boolean;
  /** Whether its values may be spread by equal ratios. */
  readonly ranged: boolean;
  readonly onChange: (next: SweepAxis) => void;
  readonly onRemove: (() => void) | null;
}

function AxisFields({ axis, variables, counted, ranged, onChange, onRemove }: AxisProps) {
  const { name, from, to, count, logarithmic } = axis;
  const step = stepOf([from, to]) * 5;
  const take = (next: string) => {
    const variable = variables.find((each) => each.name === next);
    if (variable) onChange({ ...axisOver(variable, 1), count, logarithmic: logarithmic && variable.range[0] > 0 });
  };
  return (
    <fieldset className="sweep-axis">
      <legend className="visually-hidden">{name}</legend>
      <select aria-label="Varied" value={name} onChange={({ target }) => take(target.value)}>
        {variables.map((variable) => (
          <option key={variable.name} value={variable.name}>
            {variable.name}
          </option>
        ))}
      </select>
      <NumberField
        label={`${name} from`}
        value={from}
        step={step}
        onChange={(next) => onChange({ ...axis, from: next })}
      />
      to
      <NumberField label={`${name} to`} value={to} step={step} onChange={(next) => onChange({ ...axis, to: next })} />
      {counted && (
        <>
          in
          <Count label={`${name} points`} value={count} onChange={(next) => onChange({ ...axis, count: next })} />
        </>
      )}
      {ranged && (
        <select
          aria-label={`${name} spread by`}
          value={logarithmic ? 'log' : 'linear'}
          onChange={({ target }) => onChange({ ...axis, logarithmic: target.value === 'log' })}
        >
          <option value="linear">lin</option>
          <option value="log">log</option>
        </select>
      )}
      {onRemove && (
        <button type="button" className="icon-button" aria-label={`Do not vary ${name}`} onClick={onRemove}>
          <CloseIcon />
        </button>
      )}
    </fieldset>
  );
}

interface CountProps {
  readonly label: string;
  readonly value: number;
  readonly least?: number;
  readonly onChange: (next: number) => void;
}

/** A whole number. */
function Count({ label, value, least = 1, onChange }: CountProps) {
  return (
    <NumberField
      className="count"
      label={label}
      value={value}
      step={1}
      onChange={(next) => {
        if (Number.isInteger(next) && next >= least && next <= 1_000_000) onChange(next);
      }}
    />
  );
}
