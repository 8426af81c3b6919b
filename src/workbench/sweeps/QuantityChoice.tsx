/** Which quantity of the solutions is drawn: one of the whole, or a variable at a stage. */
import { NumberField } from '../parameters/NumberField';
import type { ProblemView } from '../protocol';
import { setSweep } from '../state/actions';
import { entryIn, firstVariable, stagesOf, wholes } from './quantity';

interface Props {
  readonly problem: ProblemView;
  readonly quantity: string;
  /** Whether it has a stage: bands are of all stages. */
  readonly staged: boolean;
  /** Whether regions of active sets can be drawn. */
  readonly regions: boolean;
}

export function QuantityChoice({ problem, quantity, staged, regions }: Props) {
  const entry = entryIn(quantity);
  const families = [
    { label: 'States', members: problem.states },
    { label: 'Controls', members: problem.controls },
    { label: 'Algebraic variables', members: problem.algebraics },
  ].filter(({ members }) => members.length > 0);
  const last = entry ? stagesOf(problem, entry.name) - 1 : 0;
  return (
    <span className="sweep-axis">
      <select
        aria-label="Quantity"
        value={entry?.name ?? (staged ? quantity : firstVariable(problem))}
        onChange={({ target: { value } }) => {
          const whole = value === 'active' || wholes.some(({ name }) => name === value);
          setSweep({
            quantity: whole ? value : `${value}@${Math.min(entry?.stage ?? 0, stagesOf(problem, value) - 1)}`,
          });
        }}
      >
        {staged &&
          wholes.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        {staged && regions && <option value="active">active set</option>}
        {families.map(({ label, members }) => (
          <optgroup key={label} label={label}>
            {members.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      {entry && staged && (
        <>
          at stage
          <NumberField
            className="count"
            label="Stage of the quantity"
            value={entry.stage}
            step={1}
            onChange={(next) => {
              if (Number.isInteger(next) && next >= 0) setSweep({ quantity: `${entry.name}@${Math.min(next, last)}` });
            }}
          />
        </>
      )}
    </span>
  );
}
