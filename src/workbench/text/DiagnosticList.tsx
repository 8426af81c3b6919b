/** What is wrong in the text, in words; each leads to its place. */
import type { Diagnostic } from '../../language';
import { WarningIcon } from '../icons';
import { reveal } from '../state/reveal';
import { useWorkbench } from '../state/store';
import { Words } from './Words';

export function DiagnosticList() {
  const diagnostics = useWorkbench((state) => state.diagnostics);
  if (diagnostics.length === 0) return null;
  return (
    <section className="diagnostics" aria-label="Problems in the text" data-testid="diagnostics">
      <ul>
        {diagnostics.map((diagnostic) => (
          <li key={`${diagnostic.from} ${diagnostic.to} ${diagnostic.message}`}>
            <Item {...diagnostic} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Item({ severity, from, to, line, column, message, hint }: Diagnostic) {
  return (
    <button type="button" className="diagnostic" data-severity={severity} onClick={() => reveal(from, to)}>
      <WarningIcon />
      <span className="visually-hidden">{severity}: </span>
      <span>
        <Words>{message}</Words>
        {hint && (
          <span className="hint">
            <Words>{hint}</Words>
          </span>
        )}
      </span>
      <span className="place">
        {line}:{column}
      </span>
    </button>
  );
}
