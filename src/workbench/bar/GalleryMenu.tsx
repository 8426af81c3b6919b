/** The problem on screen, and those that can take its place: the gallery, and what the user has worked on. */
import { useState } from 'react';
import { ChevronIcon } from '../icons';
import { Menu } from '../Menu';
import { openDocument, openText } from '../state/actions';
import { type Draft, titleOf } from '../state/drafts';
import { gallery } from '../state/gallery';
import { drafts } from '../state/opening';
import { useWorkbench } from '../state/store';

export function GalleryMenu() {
  const title = useWorkbench((state) => titleOf(state.text));
  const [kept, setKept] = useState<readonly Draft[]>([]);
  return (
    <Menu
      label="Problems"
      trigger={{
        label: `Problem: ${title}. Open another`,
        className: 'button gallery-trigger',
        testId: 'gallery',
        children: (
          <>
            <span>{title}</span>
            <ChevronIcon />
          </>
        ),
      }}
      onOpen={() => setKept(drafts())}
      items={(close) => (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: a group within a menu */}
          <div role="group" aria-label="Gallery">
            <p className="menu-label" aria-hidden="true">
              Gallery
            </p>
            {gallery.map((entry) => (
              <Item
                key={entry.name}
                title={entry.title}
                summary={entry.summary}
                onChoose={() => {
                  close();
                  openText(entry.text, `Opened “${entry.title}”.`);
                }}
              />
            ))}
          </div>
          {kept.length > 0 && (
            // biome-ignore lint/a11y/useSemanticElements: a group within a menu
            <div role="group" aria-label="Your work in this browser">
              <p className="menu-label" aria-hidden="true">
                Your work in this browser
              </p>
              {kept.map((draft) => (
                <Item
                  key={draft.id}
                  title={draft.title}
                  summary={new Date(draft.at).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' })}
                  onChoose={() => {
                    close();
                    openDocument(draft.document, `Opened your “${draft.title}”.`);
                  }}
                />
              ))}
            </div>
          )}
        </>
      )}
    />
  );
}

interface ItemProps {
  readonly title: string;
  readonly summary: string;
  readonly onChoose: () => void;
}

function Item({ title, summary, onChoose }: ItemProps) {
  return (
    <button type="button" role="menuitem" className="menu-item" onClick={onChoose}>
      <span className="menu-title">{title}</span>
      <span className="menu-summary">{summary}</span>
    </button>
  );
}
