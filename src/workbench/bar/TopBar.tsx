/** The bar at the top: which problem this is, and what is done with the whole of it. */
import { HelpIcon, LearnIcon, UndoIcon } from '../icons';
import { leaveLearning, setLearning, undo } from '../state/actions';
import { useWorkbench } from '../state/store';
import { CopyLink } from './CopyLink';
import { GalleryMenu } from './GalleryMenu';
import { Mark } from './Mark';
import { ThemeSwitch } from './ThemeSwitch';

export function TopBar({ onHelp }: { readonly onHelp: () => void }) {
  const undoable = useWorkbench((state) => state.past.length > 0);
  const learning = useWorkbench((state) => state.learning !== null);
  return (
    <header className="top-bar">
      <h1 className="brand">
        <Mark />
        Costate
      </h1>
      <GalleryMenu />
      <div className="bar-tools">
        <button
          type="button"
          className="button quiet"
          aria-pressed={learning}
          title="The solver as a layer that learns: experiments"
          onClick={() => (learning ? leaveLearning() : setLearning({}))}
        >
          <LearnIcon />
          <span className="label">Learn</span>
        </button>
        <button
          type="button"
          className="button quiet"
          disabled={!undoable}
          onClick={undo}
          title="Bring back the problem or the values replaced last"
          aria-label="Undo"
        >
          <UndoIcon />
        </button>
        <CopyLink />
        <ThemeSwitch />
        <button type="button" className="button quiet" onClick={onHelp} aria-label="Help" title="Help (?)">
          <HelpIcon />
        </button>
      </div>
    </header>
  );
}
