/** The whole page. */
import { lazy, Suspense, useCallback, useState } from 'react';
import { Help } from './bar/Help';
import { TopBar } from './bar/TopBar';
import { Notice } from './notices/Notice';
import { RefusedLinkPage } from './notices/RefusedLinkPage';
import { useShortcuts } from './shortcuts';
import { focusPanel } from './state/panels';
import { useWorkbench } from './state/store';
import { Workspace } from './Workspace';

/** Fetched when it is first shown. */
const LearnPage = lazy(() => import('./learn/LearnPage'));

export function App() {
  const refused = useWorkbench((state) => state.refused);
  const learning = useWorkbench((state) => state.learning !== null);
  const [help, setHelp] = useState(false);
  const openHelp = useCallback(() => setHelp(true), []);
  const closeHelp = useCallback(() => setHelp(false), []);
  useShortcuts(openHelp);
  return (
    <>
      {/* A button: following a link would change the address, which holds the problem. */}
      {!learning && (
        <button type="button" className="skip" onClick={() => focusPanel('plots')}>
          Skip to the trajectories
        </button>
      )}
      <TopBar onHelp={openHelp} />
      {refused ? (
        <RefusedLinkPage refused={refused} />
      ) : learning ? (
        <Suspense fallback={<main className="learn" />}>
          <LearnPage />
        </Suspense>
      ) : (
        <Workspace />
      )}
      <Notice />
      <Help open={help} onClose={closeHelp} />
    </>
  );
}
