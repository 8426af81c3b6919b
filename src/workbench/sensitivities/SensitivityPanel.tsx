/** How the solution changes with every parameter and initial state: one page of several, each another look at it. */
import { lazy, type ReactNode, Suspense } from 'react';
import type { StudioPage } from '../../sharing';
import { BelowSwitch } from '../BelowSwitch';
import { Panel } from '../Panel';
import { Segmented } from '../Segmented';
import { setStudio } from '../state/actions';
import { useWorkbench } from '../state/store';
import { useStudio } from '../state/studio';
import { Caution } from './Caution';
import { MapPage } from './MapPage';
import { StudioBar } from './StudioBar';
import { type Shown, useShown } from './use-shown';

const pages: readonly { readonly value: StudioPage; readonly label: string; readonly title: string }[] = [
  { value: 'map', label: 'Map', title: 'All derivatives at a glance' },
  { value: 'lines', label: 'Lines', title: 'The same derivatives over time' },
  { value: 'compare', label: 'Compare', title: 'Exact, Gauss-Newton, finite differences, smoothed, side by side' },
  { value: 'validity', label: 'Validity', title: 'Whether the derivatives hold, and how far' },
  { value: 'along', label: 'Along', title: 'One entry and its derivative over an interval of one value' },
  { value: 'directions', label: 'Directions', title: 'Which combinations of parameters matter' },
];

/** Those that show what the bar selects. */
const withBar: readonly StudioPage[] = ['map', 'lines', 'compare'];

const contents: Record<StudioPage, (props: { readonly shown: Shown }) => ReactNode> = {
  map: MapPage,
  lines: lazy(() => import('./lines/LinesPage')),
  compare: lazy(() => import('./compare/ComparePage')),
  validity: lazy(() => import('./validity/ValidityPage')),
  along: lazy(() => import('./along/AlongPage')),
  directions: lazy(() => import('./directions/DirectionsPage')),
};

export function SensitivityPanel() {
  const page = useStudio((studio) => studio.page);
  const problem = useWorkbench((state) => state.problem !== null);
  const greyed = useWorkbench((state) => state.stale || state.failure !== null || state.converged !== state.picture);
  return (
    <Panel
      id="sensitivities"
      title="Sensitivities"
      choice={<BelowSwitch />}
      tools={
        problem && (
          <Segmented label="View" value={page} options={pages} onChange={(next) => setStudio({ page: next })} />
        )
      }
    >
      <div className="sensitivities" data-stale={greyed || undefined} data-page={page}>
        <Contents page={page} />
      </div>
    </Panel>
  );
}

function Contents({ page }: { readonly page: StudioPage }) {
  const shown = useShown();
  const problem = useWorkbench((state) => state.problem !== null);
  const Content = contents[page];
  if (!problem) return null;
  if (!shown)
    return <p className="empty">Derivatives exist at a solution only: once the solve converges they appear here.</p>;
  if (shown.derivatives.columns.length === 0)
    return <p className="empty">The problem has no parameter or fixed initial state.</p>;
  return (
    <>
      {withBar.includes(page) && <StudioBar shown={shown} />}
      <Caution shown={shown} />
      <div className="studio-page">
        <Suspense fallback={<p className="empty">Loading…</p>}>
          <Content shown={shown} />
        </Suspense>
      </div>
    </>
  );
}
