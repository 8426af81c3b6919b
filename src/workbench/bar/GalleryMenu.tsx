/** The problem on screen, and those that can take its place: the gallery, and what the user has worked on. */
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { ChevronIcon } from '../icons';
import { openDocument, openText } from '../state/actions';
import { type Draft, titleOf } from '../state/drafts';
import { gallery } from '../state/gallery';
import { drafts } from '../state/opening';
import { useWorkbench } from '../state/store';

export function GalleryMenu() {
  const title = useWorkbench((state) => titleOf(state.text));
  const id = useId();
  const trigger = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [kept, setKept] = useState<readonly Draft[]>([]);

  const toggled = (isOpen: boolean) => {
    setOpen(isOpen);
    if (!isOpen || !menu.current || !trigger.current) return;
    setKept(drafts());
    const { left, bottom } = trigger.current.getBoundingClientRect();
    menu.current.style.left = `${Math.max(8, Math.min(left, innerWidth - menu.current.offsetWidth - 8))}px`;
    menu.current.style.top = `${bottom + 6}px`;
    menu.current.querySelector<HTMLElement>('[role=menuitem]')?.focus();
  };
  const choose = (openIt: () => void) => {
    menu.current?.hidePopover();
    openIt();
  };
  return (
    <>
      <button
        type="button"
        ref={trigger}
        className="button gallery-trigger"
        popoverTarget={id}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={`Problem: ${title}. Open another`}
        data-testid="gallery"
      >
        <span>{title}</span>
        <ChevronIcon />
      </button>
      <div
        ref={menu}
        id={id}
        className="menu"
        role="menu"
        aria-label="Problems"
        tabIndex={-1}
        popover="auto"
        onToggle={(event) => toggled(event.newState === 'open')}
        onKeyDown={moveFocus}
      >
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
              onChoose={() => choose(() => openText(entry.text, `Opened “${entry.title}”.`))}
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
                onChoose={() => choose(() => openDocument(draft.document, `Opened your “${draft.title}”.`))}
              />
            ))}
          </div>
        )}
      </div>
    </>
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

/** Arrow keys, Home and End move within the menu, a letter to the next title that begins with it, Tab leaves. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  let next = to[event.key];
  if (event.key === 'Tab') event.currentTarget.hidePopover();
  else if (next === undefined && /^[\p{L}\p{N}]$/u.test(event.key)) {
    const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
    const found = after.find((item) => item.textContent?.toLowerCase().startsWith(event.key.toLowerCase()));
    if (found) next = items.indexOf(found);
  }
  if (next === undefined) return;
  event.preventDefault();
  items.at(next % items.length)?.focus();
}
