/** Problems as layers that learn: how that works, and three experiments. */
import './learn.css';
import { lazy, Suspense } from 'react';
import type { LearningPage } from '../../sharing';
import { Segmented } from '../Segmented';
import { setLearning } from '../state/actions';
import { useWorkbench } from '../state/store';
import { Experiment } from './Experiment';

/** With the typesetting, which the experiments do not need. */
const LayerPage = lazy(() => import('./LayerPage'));

const pages: readonly { readonly value: LearningPage; readonly label: string; readonly title: string }[] = [
  { value: 'layer', label: 'How it works', title: 'The solver as a layer, in mathematics' },
  { value: 'recover', label: 'Recover the cost', title: 'Parameters that explain what an expert does' },
  { value: 'tune', label: 'Tune the controller', title: 'The closed loop made cheaper although the model is wrong' },
  { value: 'network', label: 'Network in front', title: 'A network tells the MPC what it sees' },
];

const abouts: Record<Exclude<LearningPage, 'layer'>, string> = {
  recover:
    'An expert has swung up a pendulum from eight positions. Learn its length l and the price r of force from what was shown: inverse optimal control.',
  tune: 'A controller with a wrong model and weights no one has tuned holds a pendulum up, disturbed and measured with noise. Learn all seven parameters from what the closed loop costs, by the gradient through the loop.',
  network:
    'Load and ground of a cart are seen, but not what they mean. Learn to tell the MPC mass and friction from the first forces of an expert who knows them; the landscape is that of one context.',
};

export default function LearnPage() {
  const view = useWorkbench((state) => state.learning);
  if (!view) return null;
  return (
    <main className="learn" id="main">
      <header className="learn-head">
        <h2>Learn</h2>
        <Segmented label="Page" value={view.page} options={pages} onChange={(page) => setLearning({ page })} />
      </header>
      {view.page === 'layer' ? (
        <Suspense fallback={<p className="empty">Loading…</p>}>
          <LayerPage />
        </Suspense>
      ) : (
        <Experiment view={view} about={abouts[view.page]} />
      )}
    </main>
  );
}
