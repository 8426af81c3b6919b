/** All values that can be changed without touching the text: parameters and initial states. */
import { useState } from 'react';
import { Panel } from '../Panel';
import type { ProblemView } from '../protocol';
import { resetValues } from '../state/actions';
import { writeValues } from '../state/solving';
import { useWorkbench } from '../state/store';
import { groupsOf } from './groups';
import { InitialBlock } from './InitialBlock';
import { InitialRow } from './InitialRow';
import { ParameterBlock } from './ParameterBlock';
import { ParameterRow } from './ParameterRow';
import { PredictionBar } from './PredictionBar';

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
      {problem && <PredictionBar />}
      <div className="values">{problem && <Values key={documentId} problem={problem} />}</div>
    </Panel>
  );
}

function Values({ problem }: { readonly problem: ProblemView }) {
  const [search, setSearch] = useState('');
  const { parameters, states, arrays } = problem;
  const ofKind = (wanted: 'parameter' | 'state') => arrays.filter(({ kind }) => kind === wanted);
  const shown = groupsOf(parameters, ofKind('parameter'), search);
  const shownStates = groupsOf(states, ofKind('state'), search);
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
            {shown.map((group) =>
              group.kind === 'block' ? (
                <ParameterBlock key={group.array.name} {...group} />
              ) : (
                <ParameterRow key={group.value.name} parameter={group.value} />
              ),
            )}
          </ul>
        </>
      )}
      {shownStates.length > 0 && (
        <>
          <h3>Initial state</h3>
          <ul>
            {shownStates.map((group) =>
              group.kind === 'block' ? (
                <InitialBlock key={group.array.name} {...group} />
              ) : (
                <InitialRow key={group.value.name} state={group.value} index={group.index} />
              ),
            )}
          </ul>
        </>
      )}
      {shown.length + shownStates.length === 0 && <p className="empty">No value has “{search}” in its name.</p>}
    </>
  );
}
