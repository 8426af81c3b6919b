/** One value: its name and meaning, a number field, and a slider between two ends that can be changed. */
import { type CSSProperties, memo, useId } from 'react';
import { ResetIcon } from '../icons';
import { setDragging, setRange } from '../state/actions';
import { pointAt, useTimeCursor } from '../state/time-cursor';
import { NumberField } from './NumberField';
import { SliderLimits, useLimits } from './SliderLimits';
import { holding, type SliderRange, snap, stepOf } from './slider-range';

interface Props {
  /** The parameter, or `x0.STATE`. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly value: number;
  /** As the text has it. */
  readonly nominal: number;
  readonly changed: boolean;
  readonly range: SliderRange;
  readonly onChange: (value: number) => void;
  readonly onReset: () => void;
}

export const ValueRow = memo(function ValueRow(props: Props) {
  const { id, name, description, value, nominal, changed, onChange, onReset } = props;
  const range = holding(props.range, value);
  const [low, high] = range;
  const limits = useLimits(id, range);
  const step = stepOf(range);
  const label = description ? `${name}, ${description}` : name;
  const fraction = (at: number) => (high > low ? Math.min(1, Math.max(0, (at - low) / (high - low))) : 0);
  const style = { '--at': fraction(value), '--nominal': fraction(nominal) } as CSSProperties;
  const describedBy = useId();
  const pointed = useTimeCursor(({ column }) => column === id);
  return (
    <li
      className="value-row"
      data-changed={changed || undefined}
      data-pointed={pointed || undefined}
      data-testid={`value-${id}`}
      onPointerEnter={() => pointAt(null, { column: id })}
      onPointerLeave={() => pointAt(null)}
      onFocus={() => pointAt(null, { column: id })}
      onBlur={() => pointAt(null)}
    >
      <div className="value-head">
        <span className="name">{name}</span>
        <span className="description" title={description}>
          {description}
        </span>
        {changed && (
          <button
            type="button"
            className="icon-button"
            onClick={onReset}
            aria-label={`Reset ${name}`}
            title="As in the text"
          >
            <ResetIcon />
          </button>
        )}
        <NumberField label={label} value={value} step={step} onChange={onChange} />
      </div>
      <div className="slider-line">
        <NumberField
          className="end"
          digits={4}
          label={`Least value of the slider of ${name}`}
          value={low}
          step={step}
          onChange={(end) => end < high && setRange(id, [end, high])}
        />
        <div className="slider-box" title={limits?.band?.words}>
          {limits && <SliderLimits limits={limits} range={range} id={describedBy} />}
          <input
            type="range"
            className="slider"
            style={style}
            aria-label={`${label}, slider`}
            aria-describedby={limits ? describedBy : undefined}
            min={low}
            max={high}
            step="any"
            value={value}
            onChange={(event) => onChange(snap(event.target.valueAsNumber, range))}
            onKeyDown={(event) => {
              const steps = keySteps[event.key];
              if (steps === undefined) return;
              event.preventDefault();
              // While a key is held it is a drag like any other.
              setDragging(true);
              onChange(snap(value + steps * step * (event.shiftKey ? 10 : 1), range));
            }}
            onKeyUp={() => setDragging(false)}
            onBlur={() => setDragging(false)}
            onPointerDown={() => setDragging(true)}
            onPointerUp={() => setDragging(false)}
            onPointerCancel={() => setDragging(false)}
            onLostPointerCapture={() => setDragging(false)}
          />
        </div>
        <NumberField
          className="end high"
          digits={4}
          label={`Greatest value of the slider of ${name}`}
          value={high}
          step={step}
          onChange={(end) => end > low && setRange(id, [low, end])}
        />
      </div>
    </li>
  );
});

/** Steps by key; Home and End are the browser's. */
const keySteps: Record<string, number> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 20,
  PageDown: -20,
};
