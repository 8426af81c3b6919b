/** What was found out about a solution, a line each, with an explanation of the line pointed at. */
import { useState } from 'react';
import type { Optimality } from '../../sensitivity';
import { FindingLine } from '../FindingLine';
import { activeSides } from './active-sides';
import { type Finding, findings, valueWords } from './optimality-words';

const hint = 'Point at a line to read what it means.';

export function OptimalityReport({ report }: { readonly report: Optimality }) {
  const [explained, setExplained] = useState<Finding | null>(null);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it
    <section className="optimality" aria-label="Optimality" tabIndex={0}>
      <ul>
        {findings(report).map((finding) => (
          <FindingLine
            key={finding.term}
            className="finding"
            finding={finding}
            value={valueWords(finding)}
            onPoint={setExplained}
          />
        ))}
      </ul>
      <p className="explanation" aria-hidden="true">
        {explained?.explanation ?? hint}
      </p>
      <ActiveConstraints active={report.active} />
    </section>
  );
}

function ActiveConstraints({ active }: { readonly active: Optimality['active'] }) {
  const sides = activeSides(active);
  if (sides.length === 0) return <p className="active-none">No inequality is active.</p>;
  return (
    <table className="active-sides">
      <caption>Active sides</caption>
      <tbody>
        {sides.map(({ constraint, side, stages }) => (
          <tr key={`${side} ${constraint}`}>
            <th scope="row" className="constraint">
              {constraint}
            </th>
            <td>{side}</td>
            <td>stages {stages}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
