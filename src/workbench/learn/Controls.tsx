/** Start, pause, a single step, and back to the start. */
import type { LearningView } from '../../sharing';
import { PauseIcon, ResetIcon, StartIcon, StepIcon } from '../icons';
import { openExperiment, pause, start, step, useTraining } from './training';

export function Controls({ view }: { readonly view: LearningView }) {
  const running = useTraining((training) => training.running);
  const ready = useTraining((training) => training.opened !== null && training.failure === null);
  return (
    <fieldset className="learn-controls">
      <legend className="visually-hidden">Training</legend>
      {running ? (
        <button type="button" className="button primary" onClick={pause}>
          <PauseIcon /> Pause
        </button>
      ) : (
        <button type="button" className="button primary" disabled={!ready} onClick={() => void start()}>
          <StartIcon /> Start
        </button>
      )}
      <button type="button" className="button" disabled={!ready || running} onClick={() => void step()}>
        <StepIcon /> Step
      </button>
      <button type="button" className="button" onClick={() => void openExperiment(view)}>
        <ResetIcon /> Reset
      </button>
    </fieldset>
  );
}
