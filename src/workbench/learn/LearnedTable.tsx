/** What is learned: where it began, where it is, and what it should become where that is known. */
import { formatNumber } from '../format';
import { useTraining } from './training';

export function LearnedTable() {
  const opened = useTraining((training) => training.opened);
  const first = useTraining((training) => training.marks[0]?.[0]?.values);
  const last = useTraining((training) => training.marks[0]?.at(-1)?.values);
  if (!opened) return null;
  const { learned, truth } = opened;
  return (
    <section className="learn-table">
      <h3>Learned parameters</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">parameter</th>
            <th scope="col">at the start</th>
            <th scope="col">now</th>
            {truth && <th scope="col">the true one</th>}
          </tr>
        </thead>
        <tbody>
          {learned.map((name, j) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{formatNumber(first?.[j] ?? Number.NaN)}</td>
              <td data-testid={`learned-${name}`}>{formatNumber(last?.[j] ?? Number.NaN)}</td>
              {truth && <td>{formatNumber(truth[j] ?? Number.NaN)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
