/** One experiment: what is done with it, how far it has come, and what is to be seen. */
import { useEffect } from 'react';
import type { LearningView } from '../../sharing';
import { Controls } from './Controls';
import { LandscapePlot } from './LandscapePlot';
import { LearnedTable } from './LearnedTable';
import { LossPlot } from './LossPlot';
import { ProgressLine } from './ProgressLine';
import { Standings } from './Standings';
import { Switches } from './Switches';
import { TrajectoriesPlot } from './TrajectoriesPlot';
import { closeExperiment, openExperiment, useTraining } from './training';

export function Experiment({ view, about }: { readonly view: LearningView; readonly about: string }) {
  const failure = useTraining((training) => training.failure);
  const opened = useTraining((training) => training.opened);
  useEffect(() => void openExperiment(view), [view]);
  useEffect(() => closeExperiment, []);
  return (
    <>
      <div className="learn-head">
        <Controls view={view} />
        <Switches view={view} samples={opened?.samples ?? 1} />
      </div>
      <p className="learn-about">{about}</p>
      {failure !== null && (
        <p className="caution" role="alert">
          {failure}
        </p>
      )}
      <ProgressLine />
      <div className="learn-figures">
        <LossPlot />
        <LandscapePlot />
        <TrajectoriesPlot />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
        <section className="learn-card learn-tables" tabIndex={0} aria-label="Numbers">
          <LearnedTable />
          <Standings />
        </section>
      </div>
    </>
  );
}
