/** What the solver says: a word, the numbers, and where it did not work a sentence about why. */
import { useState } from 'react';
import { formatDuration, formatNumber } from '../format';
import { BusyIcon, CheckIcon, PauseIcon, WarningIcon } from '../icons';
import type { Picture } from '../protocol';
import { useWorkbench } from '../state/store';
import { IterationTable } from './IterationTable';
import { StatusSpeaker } from './StatusSpeaker';
import { type Mood, statusWords } from './status-words';

const icons = { good: CheckIcon, bad: WarningIcon, stopped: PauseIcon };

interface Shown {
  readonly word: string;
  readonly mood: Mood | 'busy';
  readonly message: string | null;
}

export function StatusBar() {
  const picture = useWorkbench((state) => state.picture);
  const pictureId = useWorkbench((state) => state.pictureId);
  const busy = useWorkbench((state) => state.busy);
  const atRest = useWorkbench((state) => state.atRest);
  const failure = useWorkbench((state) => state.failure);
  const stale = useWorkbench((state) => state.stale);
  const [open, setOpen] = useState(false);
  const { word, mood, message } = shown(picture, failure, stale);
  const Icon = mood === 'busy' ? BusyIcon : icons[mood];
  return (
    <div className="status-area">
      <div
        className="status"
        data-testid="status"
        data-status={failure ? 'failed' : stale ? 'stale' : (picture?.solution.status ?? 'none')}
        data-busy={busy || undefined}
        data-at-rest={atRest || undefined}
        data-solution-id={pictureId}
        data-mood={mood}
      >
        <span className="verdict">
          <Icon />
          {word}
        </span>
        {message ? <p className="status-message">{message}</p> : picture && <Numbers picture={picture} />}
        {picture && (
          <button
            type="button"
            className="text-button"
            aria-expanded={open}
            aria-controls="iterations"
            onClick={() => setOpen(!open)}
          >
            Iterations
          </button>
        )}
      </div>
      {open && picture && <IterationTable history={picture.solution.history} />}
      <StatusSpeaker text={message ? `${word}. ${message}` : word} />
    </div>
  );
}

function shown(picture: Picture | null, failure: string | null, stale: boolean): Shown {
  if (failure) return { word: 'Solver restarted', mood: 'bad', message: failure };
  if (stale) {
    const message = picture
      ? 'The text does not compile yet. Below is the last solution; the list under the text says what to mend.'
      : 'The text does not compile yet; the list under the text says what to mend.';
    return { word: 'Waiting for the text', mood: 'stopped', message };
  }
  if (!picture) return { word: 'Solving', mood: 'busy', message: null };
  const { status, message } = picture.solution;
  return { ...statusWords[status], message: status === 'converged' ? null : message };
}

function Numbers({ picture }: { readonly picture: Picture }) {
  const { solution, times, dragged } = picture;
  return (
    <dl className="numbers">
      <div>
        <dt>objective</dt>
        <dd data-testid="objective">{formatNumber(solution.objective, 8)}</dd>
      </div>
      <div>
        <dt>iterations</dt>
        <dd>{solution.iterations}</dd>
      </div>
      <div>
        <dt>solve</dt>
        <dd>{formatDuration(times.solve)}</dd>
      </div>
      <div>
        <dt>derivatives</dt>
        <dd>{picture.sensitivities ? formatDuration(times.sensitivity) : '–'}</dd>
      </div>
      {dragged !== null && (
        <div
          className="dragged"
          data-testid="dragged"
          title="The problem has several local minima. At rest the one that is found from the guess is shown, so that a link shows the same; the drag had led to another."
        >
          <dt>another minimum while dragged</dt>
          <dd>{formatNumber(dragged, 5)}</dd>
        </div>
      )}
    </dl>
  );
}
