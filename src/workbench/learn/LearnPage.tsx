/** Problems as layers that learn: one of several experiments, what it is about, and how far it has come. */
import './learn.css';
import { useEffect } from 'react';
import type { LearningPage } from '../../sharing';
import { Segmented } from '../Segmented';
import { setLearning } from '../state/actions';
import { useWorkbench } from '../state/store';
import { Controls } from './Controls';
import { LandscapePlot } from './LandscapePlot';
import { LearnedTable } from './LearnedTable';
import { LossPlot } from './LossPlot';
import { ProgressLine } from './ProgressLine';
import { Standings } from './Standings';
import { Switches } from './Switches';
import { TrajectoriesPlot } from './TrajectoriesPlot';
import { closeExperiment, openExperiment, useTraining } from './training';

const pages: readonly { readonly value: LearningPage; readonly label: string; readonly title: string }[] = [
  { value: 'recover', label: 'Recover the cost', title: 'Parameters that explain what an expert does' },
  { value: 'tune', label: 'Tune the controller', title: 'The closed loop made cheaper although the model is wrong' },
  { value: 'network', label: 'A network in front', title: 'A network tells the MPC what it sees' },
];

export default function LearnPage() {
  const view = useWorkbench((state) => state.learning);
  const failure = useTraining((training) => training.failure);
  const opened = useTraining((training) => training.opened);
  useEffect(() => {
    if (view) void openExperiment(view);
  }, [view]);
  useEffect(() => closeExperiment, []);
  if (!view) return null;
  return (
    <main className="learn" id="main">
      <header className="learn-head">
        <h2 className="visually-hidden">Learn</h2>
        <Segmented label="Experiment" value={view.page} options={pages} onChange={(page) => setLearning({ page })} />
        <Controls view={view} />
        <Switches view={view} samples={opened?.samples ?? 1} />
      </header>
      {failure !== null && (
        <p className="caution" role="alert">
          {failure}
        </p>
      )}
      <ProgressLine />
      <div className="learn-figures" data-testid="learn-figures">
        <LossPlot />
        <LandscapePlot />
        <TrajectoriesPlot />
        <div className="learn-card learn-tables">
          <LearnedTable />
          <Standings />
        </div>
      </div>
    </main>
  );
}
