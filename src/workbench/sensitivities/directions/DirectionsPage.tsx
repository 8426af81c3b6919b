/** Singular values of the scaled sensitivities, and the combination of parameters that each belongs to. */
import { useId, useState } from 'react';
import { formatNumber } from '../../format';
import { useStudy } from '../../state/studying';
import { StudyNote } from '../StudyNote';
import { type Direction, directionsOf, directionWords } from './direction-words';

export default function DirectionsPage() {
  const study = useStudy('directions');
  const [chosen, setChosen] = useState(0);
  const name = useId();
  if (study.stage !== 'done') return <StudyNote study={study} running="Looking for directions…" />;
  const { columns } = study.result;
  const directions = directionsOf(study.result);
  const at = Math.min(chosen, directions.length - 1);
  const direction = directions[at];
  return (
    <div className="directions-page" data-stale={!study.fresh || undefined}>
      <fieldset className="spectrum" data-testid="spectrum">
        <legend>Effect of each direction, all values in shares of their sliders</legend>
        {directions.map(({ singularValue, share, weights }, i) => (
          <label key={columns[i]}>
            <input
              type="radio"
              name={name}
              checked={i === at}
              aria-label={directionWords({ singularValue, share, weights }, columns, i === 0)}
              onChange={() => setChosen(i)}
            />
            <span className="rank">{i + 1}</span>
            <span className="effect">
              <span style={{ width: `${100 * logShare(share)}%` }} />
            </span>
            <output>{formatNumber(singularValue, 2)}</output>
          </label>
        ))}
      </fieldset>
      {direction && (
        <section className="direction" aria-label="Direction" data-testid="direction">
          <p role="status">{directionWords(direction, columns, at === 0)}</p>
          <Weights direction={direction} columns={columns} />
        </section>
      )}
    </div>
  );
}

function Weights({ direction, columns }: { readonly direction: Direction; readonly columns: readonly string[] }) {
  const most = Math.max(...direction.weights.map(Math.abs)) || 1;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it
    <section className="gradient" aria-label="Weights of the direction" tabIndex={0}>
      <table>
        <tbody>
          {columns.map((column, j) => {
            const weight = direction.weights[j] ?? 0;
            const size = Math.abs(weight) / most;
            return (
              <tr key={column}>
                <th scope="row">{column}</th>
                <td className="bar-cell">
                  <span
                    className={weight < 0 ? 'bar negative' : 'bar'}
                    style={{ left: `${weight < 0 ? 50 - 50 * size : 50}%`, width: `${50 * size}%` }}
                    aria-hidden="true"
                  />
                </td>
                <td>{formatNumber(size < negligible ? 0 : weight, 2)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** Weights below this share of the largest are not worth their digits. */
const negligible = 1e-3;

/** Eight powers of ten from end to end. */
function logShare(share: number): number {
  return share > 0 ? Math.max(0.01, 1 + Math.log10(share) / 8) : 0;
}
