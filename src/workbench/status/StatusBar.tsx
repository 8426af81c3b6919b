/** What the solver says: a word, the numbers, and where it did not work a sentence about why. Below it, what is known further. */
import { useState } from 'react';
import { BusyIcon, CheckIcon, PauseIcon, WarningIcon } from '../icons';
import { showResult } from '../state/scrubbing';
import { useWorkbench } from '../state/store';
import { FeedbackPanel } from './FeedbackPanel';
import { Iterations } from './Iterations';
import { IterateNumbers, Numbers } from './Numbers';
import { OptimalityPanel } from './OptimalityPanel';
import { StatusSpeaker } from './StatusSpeaker';
import { shown } from './status-words';

const icons = { good: CheckIcon, bad: WarningIcon, stopped: PauseIcon, busy: BusyIcon };

const disclosures = [
  { id: 'iterations', label: 'Iterations', Content: Iterations },
  { id: 'optimality', label: 'Optimality', Content: OptimalityPanel },
  { id: 'feedback', label: 'Feedback', Content: FeedbackPanel },
] as const;

type DisclosureId = (typeof disclosures)[number]['id'];

export function StatusBar() {
  const picture = useWorkbench((state) => state.picture);
  const pictureId = useWorkbench((state) => state.pictureId);
  const busy = useWorkbench((state) => state.busy);
  const atRest = useWorkbench((state) => state.atRest);
  const failure = useWorkbench((state) => state.failure);
  const stale = useWorkbench((state) => state.stale);
  const scrubbed = useWorkbench((state) => state.scrubbed);
  const method = useWorkbench((state) => state.problem?.method ?? null);
  const [open, setOpen] = useState<DisclosureId | null>(null);
  const { word, mood, message } = shown({ picture, failure, stale, scrubbed, method });
  const Icon = icons[mood];
  const toggle = (id: DisclosureId) => {
    showResult();
    setOpen(open === id ? null : id);
  };
  const Content = disclosures.find(({ id }) => id === open)?.Content;
  return (
    <div className="status-area">
      <div
        className="status"
        data-testid="status"
        data-status={failure ? 'failed' : stale ? 'stale' : (picture?.solution.status ?? 'none')}
        data-busy={busy || undefined}
        data-at-rest={atRest || undefined}
        data-iterate={scrubbed?.index}
        data-solution-id={pictureId}
        data-mood={mood}
      >
        <span className="verdict">
          <Icon />
          {word}
        </span>
        {message !== null && <p className="status-message">{message}</p>}
        {message === null && picture && !scrubbed && <Numbers picture={picture} />}
        {picture && scrubbed && <IterateNumbers picture={picture} index={scrubbed.index} />}
        {picture && (
          <div className="disclosures">
            {disclosures.map(({ id, label }) => (
              <button
                key={id}
                type="button"
                className="text-button"
                aria-expanded={open === id}
                aria-controls={id}
                onClick={() => toggle(id)}
              >
                {label}
              </button>
            ))}
          </div>
        )}
      </div>
      {picture && Content && <Content picture={picture} />}
      <StatusSpeaker text={message ? `${word}. ${message}` : word} />
    </div>
  );
}
