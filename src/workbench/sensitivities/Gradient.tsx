/** The gradient of the optimal objective, as bars, in the measure and for the columns selected. */
import { formatNumber } from '../format';
import { tableOf } from './cells';
import type { Shown } from './use-shown';
import { units } from './weights';

/** What is this small beside the largest entry is rounding. */
const negligible = 1e-15;

export function Gradient({ shown }: { readonly shown: Shown }) {
  const { problem, picture, derivatives, subjects, selection, measure } = shown;
  const gradient = subjects.filter(({ kind }) => kind === 'gradient');
  const { columns, values } = tableOf(problem, picture.solution, derivatives, { ...selection, subjects: gradient });
  // What has no relative value, for the parameter is zero, does nothing.
  const entries = columns.map((column, j) => ({ column, value: values[j] || 0 }));
  const largest = Math.max(...entries.map(({ value }) => Math.abs(value)), 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it
    <section className="gradient" aria-label="Gradient of the objective" tabIndex={0}>
      <h3>
        Gradient of the objective{units[measure] && ','}
        {units[measure]}
      </h3>
      <table>
        <tbody>
          {entries.map(({ column, value }) => (
            <tr key={column}>
              <th scope="row">{column}</th>
              <td className="bar-cell">
                <Bar fraction={largest > 0 ? value / largest : 0} />
              </td>
              <td>{formatNumber(Math.abs(value) < negligible * largest ? 0 : value, 4)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Bar({ fraction }: { readonly fraction: number }) {
  const size = Number.isFinite(fraction) ? Math.abs(fraction) : 0;
  return (
    <span
      className={fraction < 0 ? 'bar negative' : 'bar'}
      style={{ left: `${fraction < 0 ? 50 - 50 * size : 50}%`, width: `${50 * size}%` }}
      aria-hidden="true"
    />
  );
}
