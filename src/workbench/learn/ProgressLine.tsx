/** How far the training has come, in words that claim no more than there is. */
import { formatDuration, formatNumber } from '../format';
import { verdictOf } from './progress-words';
import { useTraining } from './training';

export function ProgressLine() {
  const opened = useTraining((training) => training.opened);
  const running = useTraining((training) => training.running);
  const marks = useTraining((training) => training.marks[0]);
  const spent = useTraining((training) => training.spent);
  const last = marks?.at(-1);
  if (!opened || !last) return <p className="learn-progress">Preparing…</p>;
  const { reached, words } = verdictOf(marks ?? [], opened);
  return (
    <div
      className="learn-progress"
      data-testid="learn-progress"
      data-step={last.step}
      data-loss={last.loss}
      data-reached={reached ?? undefined}
      data-running={running || undefined}
    >
      <span>
        step <b>{last.step}</b>
      </span>
      <span>
        loss <b>{formatNumber(last.loss, 4)}</b>, goal {formatNumber(opened.goal, 3)}
      </span>
      <span>
        {formatDuration(spent)} of training
        {last.step > 0 && `, ${formatDuration(spent / (last.step + 1))} a step`}
        {opened.threads > 1 && `, on ${opened.threads} threads`}
      </span>
      <span className="learn-verdict" role="status">
        {words}
      </span>
    </div>
  );
}
