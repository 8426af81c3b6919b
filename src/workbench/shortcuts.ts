/** Keys that work everywhere on the page. */
import { useEffect } from 'react';
import { focusPanel, panelOrder } from './state/panels';
import { solveNow } from './state/solving';

export function useShortcuts(onHelp: () => void): void {
  useEffect(() => {
    const keyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      // Option with a digit types another character on some keyboards: go by the key, not by what it types.
      const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
      if (event.altKey && !event.ctrlKey && !event.metaKey && digit) {
        const panel = panelOrder[Number(digit) - 1];
        if (panel) focusPanel(panel.id);
      } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) solveNow();
      else if (event.key === '?' && !isTyping(event.target)) onHelp();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', keyDown);
    return () => removeEventListener('keydown', keyDown);
  }, [onHelp]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input[type=text], input[type=search], textarea, [contenteditable=true]') !== null
  );
}
