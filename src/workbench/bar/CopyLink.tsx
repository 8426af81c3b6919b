/** Copies the link to what is on screen. */
import { useEffect, useState } from 'react';
import { CheckIcon, LinkIcon } from '../icons';
import { notify } from '../state/actions';
import { remember } from '../state/address';

const shownMs = 2000;

export function CopyLink() {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    const link = remember();
    if (!link.ok) {
      notify(link.message);
      return;
    }
    try {
      await navigator.clipboard.writeText(location.href);
      setCopied(true);
    } catch {
      notify('The browser does not let the page copy. The link is in the address bar.');
    }
  };
  return (
    <button type="button" className="button primary" onClick={copy} data-testid="copy-link" aria-label="Copy link">
      {copied ? <CheckIcon /> : <LinkIcon />}
      <span className="label" aria-live="polite">
        {copied ? 'Copied' : 'Copy link'}
      </span>
    </button>
  );
}
