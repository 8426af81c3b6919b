/** What stands in the place of a study that is not there yet. */
import { BusyIcon } from '../icons';
import type { Studied } from '../state/studying';

interface Props {
  readonly study: Studied<unknown>;
  readonly running: string;
}

export function StudyNote({ study, running }: Props) {
  return (
    <p className="empty study-note" role="status">
      {study.stage === 'failed' ? (
        study.message
      ) : (
        <>
          <BusyIcon /> {running}
        </>
      )}
    </p>
  );
}
