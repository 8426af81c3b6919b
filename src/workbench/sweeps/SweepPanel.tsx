/** The problem solved for many values of its parameters and initial states: what is varied, how far it is, what comes of it. */
import { type ComponentType, lazy, Suspense, useMemo } from 'react';
import { initialSweep, type SweepLook } from '../../sharing';
import { BelowSwitch } from '../BelowSwitch';
import { Panel } from '../Panel';
import { Segmented } from '../Segmented';
import { setSweep } from '../state/actions';
import { useWorkbench } from '../state/store';
import './sweeps.css';
import CurveLook from './CurveLook';
import { DefinitionBar } from './DefinitionBar';
import { definitionOf, variablesOf } from './definition';
import { useList } from './list';
import { type LookProps, lookNames, looksOf } from './looks';
import { Overlays } from './Overlays';
import { isCurrent } from './opening';
import { QuantityChoice } from './QuantityChoice';
import { isKept, quantityIn } from './quantity';
import { RunBar } from './RunBar';
import { type Run, useSweeping } from './sweeping';

const contents: Record<SweepLook, ComponentType<LookProps>> = {
  curve: CurveLook,
  map: lazy(() => import('./MapLook')),
  bands: lazy(() => import('./BandsLook')),
  scatter: lazy(() => import('./ScatterLook')),
  indices: lazy(() => import('./IndicesLook')),
  tornado: lazy(() => import('./TornadoLook')),
};

export default function SweepPanel() {
  const problem = useWorkbench((state) => state.problem);
  const ranges = useWorkbench((state) => state.view.ranges);
  const view = useWorkbench((state) => state.view.sweep ?? initialSweep);
  const run = useSweeping((state) => state.run);
  const list = useList((state) => state.list?.samples ?? null);
  const parameters = useWorkbench((state) => state.parameters);
  const initial = useWorkbench((state) => state.initial);
  const variables = useMemo(
    () => (problem ? variablesOf(problem, ranges, { parameters, initial }) : []),
    [problem, ranges, parameters, initial],
  );
  const definition = useMemo(() => definitionOf(view, variables, list), [view, variables, list]);
  const looks = run ? looksOf(run.definition) : [];
  const quantity = run ? quantityIn(run.problem, view.quantity) : view.quantity;
  const look = view.look && looks.includes(view.look) ? view.look : looks[0];
  return (
    <Panel
      id="sweep"
      title="Sweep"
      choice={<BelowSwitch />}
      tools={
        run &&
        look && (
          <>
            {looks.length > 1 && (
              <Segmented
                label="Look"
                value={look}
                options={looks.map((value) => ({ value, ...lookNames[value] }))}
                onChange={(next) => setSweep({ look: next })}
              />
            )}
            <Overlays run={run} look={look} quantity={quantity} chosen={view.overlays} />
            <QuantityChoice
              problem={run.problem}
              quantity={quantity}
              staged={look !== 'bands'}
              regions={look === 'map'}
            />
          </>
        )
      }
    >
      <div className="sweep">
        {problem && <DefinitionBar definition={definition} variables={variables} />}
        <RunBar definition={definition} variables={variables} list={list} />
        {run && look ? (
          <Look run={run} look={look} quantity={quantity} overlays={view.overlays} />
        ) : (
          <p className="empty">
            The problem is solved for every value, on all cores but one. Curves and maps fill while it goes on; a click
            on an instance opens it above.
          </p>
        )}
      </div>
    </Panel>
  );
}

function Look({ look, ...props }: LookProps & { readonly look: SweepLook }) {
  const Content = contents[look];
  const stale = useStale(props.run);
  return (
    <div className="sweep-look-frame" data-stale={stale || undefined} data-testid="sweep-look" data-look={look}>
      {stale && <p className="caution">Solved for other values, or another text, than those on screen. Solve again.</p>}
      {isKept(props.run, props.quantity) || look === 'bands' || (look === 'map' && props.quantity === 'active') ? (
        <Suspense fallback={<p className="empty">Loading…</p>}>
          <Content {...props} />
        </Suspense>
      ) : (
        <p className="empty">This quantity was not kept. Solve again to see it.</p>
      )}
    </div>
  );
}

function useStale(run: Run): boolean {
  return useWorkbench(({ text, parameters, initial }) => !isCurrent(run, { text, parameters, initial }));
}
