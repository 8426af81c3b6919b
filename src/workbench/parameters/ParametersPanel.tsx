/** All values that can be changed without touching the text: parameters and initial states. */
import { useState } from 'react';
import { Panel } from '../Panel';
import type { ProblemView } from '../protocol';
import { resetValues } from '../state/actions';
import { writeValues } from '../state/solving';
import { useWorkbench } from '../state/store';
import { InitialRow } from './InitialRow';
import { ParameterRow } from './ParameterRow';

/** With more values than these there is a field to find one. */
const searchBeyond = 14;

export function ParametersPanel() {
  const problem = useWorkbench((state) => state.problem);
  const documentId = useWorkbench((state) => state.documentId);
  const changed = useWorkbench((state) => state.parameters.size + state.initial.size > 0);
  const stale = useWorkbench((state) => state.stale);
  return (
    <Panel
      id="parameters"
      title="Values"
      tools={
        <>
          <button
            type="button"
            className="text-button"
            disabled={!changed || stale}
            onClick={writeValues}
            title="Put the changed values into the text"
          >
            Write to text
          </button>
          <button
            type="button"
            className="text-button"
            disabled={!changed}
            onClick={resetValues}
            title="All values as the text has them"
          >
            Reset all
          </button>
        </>
      }
    >
      <div className="values">{problem && <Values key={documentId} problem={problem} />}</div>
    </Panel>
  );
}

function Values({ problem }: { readonly problem: ProblemView }) {
  const [search, setSearch] = useState('');
  const { parameters, states } = problem;
  const found = ({ name, description }: { readonly name: string; readonly description: string }) =>
    `${name} ${description}`.toLowerCase().includes(search.toLowerCase());
  const shown = parameters.filter(found);
  const shownStates = states.map((state, index) => ({ state, index })).filter(({ state }) => found(state));
  return (
    <>
      {parameters.length + states.length > searchBeyond && (
        <input
          className="search"
          type="search"
          placeholder="Find a value"
          aria-label="Find a value"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      {shown.length > 0 && (
        <>
          <h3>Parameters</h3>
          <ul>
            {shown.map((parameter) => (
              <ParameterRow key={parameter.name} parameter={parameter} />
            ))}
          </ul>
        </>
      )}
      {shownStates.length > 0 && (
        <>
          <h3>Initial state</h3>
          <ul>
            {shownStates.map(({ state, index }) => (
              <InitialRow key={state.name} state={state} index={index} />
            ))}
          </ul>
        </>
      )}
      {shown.length + shownStates.length === 0 && <p className="empty">No value has “{search}” in its name.</p>}
    </>
  );
}
