/** How the contenders stand: what each needed for the stated loss, and what else is known of it. */
import { formatNumber } from '../format';
import { contenderColour } from './loss-figure';
import { lowest, needOf } from './progress-words';
import { useTraining } from './training';

export function Standings() {
  const opened = useTraining((training) => training.opened);
  const marks = useTraining((training) => training.marks);
  const now = useTraining((training) => training.now);
  if (!opened) return null;
  const { contenders, goal, unit } = opened;
  const readings = now[0]?.readings ?? [];
  if (contenders.length === 1 && readings.length === 0) return null;
  return (
    <section className="learn-table" data-testid="standings">
      <h3>Side by side</h3>
      <table>
        <thead>
          <tr>
            <td />
            {contenders.map((name, i) => (
              <th key={name} scope="col">
                <i className="swatch" style={{ background: contenderColour(i) }} aria-hidden="true" /> {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">stated loss reached after</th>
            {contenders.map((name, i) => (
              <td key={name}>{needOf(marks[i] ?? [], goal, unit)}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">lowest loss so far</th>
            {contenders.map((name, i) => (
              <td key={name}>{formatNumber(lowest(marks[i] ?? []), 3)}</td>
            ))}
          </tr>
          {readings.map(({ name, unit: of }, row) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {contenders.map((contender, i) => {
                const reading = now[i]?.readings[row];
                return <td key={contender}>{reading ? `${formatNumber(reading.value, 3)} ${of}` : '–'}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
