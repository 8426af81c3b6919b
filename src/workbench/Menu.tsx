/** A button and the menu that it opens: the popover of the browser, the keys of the ARIA menu pattern. */
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';

interface Props {
  /** Names the menu. */
  readonly label: string;
  readonly trigger: {
    readonly label: string;
    readonly className: string;
    readonly title?: string;
    readonly testId?: string;
    readonly children: ReactNode;
  };
  readonly className?: string;
  /** Which edges of button and menu are one above the other. */
  readonly align?: 'left' | 'right';
  readonly onOpen?: () => void;
  /** Only asked for while the menu is open. */
  readonly items: (close: () => void) => ReactNode;
}

export function Menu({ label, trigger, className = '', align = 'left', onOpen, items }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  const place = (isOpen: boolean) => {
    if (!isOpen || !menu.current || !button.current) return;
    const { left, right, top, bottom } = button.current.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height, style } = menu.current;
    style.left = `${Math.max(8, Math.min(align === 'left' ? left : right - width, innerWidth - width - 8))}px`;
    const above = bottom + 6 + height > innerHeight && top > height + 14;
    style.top = `${above ? top - height - 6 : bottom + 6}px`;
    menu.current.querySelector<HTMLElement>('[role=menuitem]')?.focus();
  };
  return (
    <>
      <button
        type="button"
        ref={button}
        className={trigger.className}
        popoverTarget={id}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={trigger.label}
        title={trigger.title}
        data-testid={trigger.testId}
      >
        {trigger.children}
      </button>
      <div
        ref={menu}
        id={id}
        className={`menu ${className}`}
        role="menu"
        aria-label={label}
        tabIndex={-1}
        popover="auto"
        onBeforeToggle={(event) => {
          if (event.newState !== 'open') return;
          onOpen?.();
          setOpen(true);
        }}
        onToggle={(event) => {
          setOpen(event.newState === 'open');
          place(event.newState === 'open');
        }}
        onKeyDown={moveFocus}
      >
        {open && items(() => menu.current?.hidePopover())}
      </div>
    </>
  );
}

/** Arrow keys, Home and End move within the menu, a letter to the next item that begins with it, Tab leaves. */
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
