/** The gradient of the optimal objective, as bars: absolute, or in per cent of the objective per per cent of the parameter. */
import { formatNumber } from '../format';
import type { Picture } from '../protocol';

/** What is this small beside the largest entry is rounding. */
const negligible = 1e-15;

interface Props {
  readonly picture: Picture;
  /** Values of parameters and initial states, parallel to the columns. */
  readonly point: readonly number[];
  readonly measure: 'absolute' | 'relative';
}

export function Gradient({ picture, point, measure }: Props) {
  const { sensitivities, solution } = picture;
  if (!sensitivities) return null;
  const entries = sensitivities.columns.map((column, j) => {
    const derivative = sensitivities.dobjective[j] ?? Number.NaN;
    const factor = measure === 'relative' ? (point[j] ?? 0) / Math.abs(solution.objective) : 1;
    return { column, value: derivative * factor };
  });
  const largest = Math.max(...entries.map(({ value }) => Math.abs(value)).filter(Number.isFinite), 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it
    <section className="gradient" aria-label="Gradient of the objective" tabIndex={0}>
      <h3>Gradient of the objective{measure === 'relative' ? ', % per %' : ''}</h3>
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
