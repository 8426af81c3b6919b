/** The page for a link that could not be read: what is wrong, the link itself to keep, and ways on. Nothing is lost by it. */
import { useEffect, useRef } from 'react';
import { WarningIcon } from '../icons';
import { openText, setRefused } from '../state/actions';
import { titleOf } from '../state/drafts';
import { gallery } from '../state/gallery';
import { type RefusedLink, useWorkbench } from '../state/store';

const headings: Record<RefusedLink['reason'], string> = {
  broken: 'This link is damaged',
  newer: 'This link is from a newer version',
  'too-large': 'This link is too large',
};

export function RefusedLinkPage({ refused }: { readonly refused: RefusedLink }) {
  const title = useWorkbench((state) => titleOf(state.text));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main className="refused" id="main" data-testid="refused-link" data-reason={refused.reason}>
      <h2 ref={heading} tabIndex={-1}>
        <WarningIcon /> {headings[refused.reason]}
      </h2>
      <p>{refused.message}</p>
      <p>Your own work in this browser is untouched.</p>
      <label>
        What the link holds, to keep or to send back
        <textarea readOnly value={refused.payload} rows={5} onFocus={(event) => event.target.select()} />
      </label>
      <button type="button" className="button primary" onClick={() => setRefused(null)}>
        Go on with “{title}”
      </button>
      <h3>Or open a problem of the gallery</h3>
      <ul className="refused-gallery">
        {gallery.map((entry) => (
          <li key={entry.name}>
            <button type="button" onClick={() => openText(entry.text, `Opened “${entry.title}”.`)}>
              <span className="menu-title">{entry.title}</span>
              <span className="menu-summary">{entry.summary}</span>
            </button>
          </li>
        ))}
      </ul>
    </main>
  );
}
