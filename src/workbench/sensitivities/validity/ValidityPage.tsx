/** Whether the derivatives hold at this solution, and how far each parameter may move until the active set changes. */
import { useMemo } from 'react';
import type { Validity } from '../../../sensitivity';
import { useStudy } from '../../state/studying';
import { StudyNote } from '../StudyNote';
import type { Shown } from '../use-shown';
import { Conditions } from './Conditions';
import { ReachTable } from './ReachTable';
import { reachOf } from './reach';

export default function ValidityPage({ shown }: { readonly shown: Shown }) {
  const study = useStudy('validity');
  if (study.stage !== 'done') return <StudyNote study={study} running="Checking the conditions and the active set…" />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it
    <section className="validity-page" aria-label="Validity" tabIndex={0} data-stale={!study.fresh || undefined}>
      <Conditions validity={study.result} />
      <Ranges validity={study.result} shown={shown} />
    </section>
  );
}

function Ranges({ validity, shown }: { readonly validity: Validity; readonly shown: Shown }) {
  const { derivatives, point, ranges } = shown;
  const reaches = useMemo(() => {
    const values = new Map(derivatives.columns.map((column, j) => [column, { value: point[j], ends: ranges[j] }]));
    return validity.ranges
      .map((range) => {
        const { value = 0, ends = [0, 1] as const } = values.get(range.column) ?? {};
        return reachOf(range, value, ends);
      })
      .toSorted((a, b) => a.tightest - b.tightest);
  }, [validity, derivatives.columns, point, ranges]);
  return <ReachTable reaches={reaches} />;
}
