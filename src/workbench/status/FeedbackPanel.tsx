/** How the first control answers to the state: the gains of the local feedback law. */
import { ExportMenu } from '../exports/ExportMenu';
import type { Exportable } from '../exports/exportable';
import { formatNumber } from '../format';
import type { Picture } from '../protocol';
import { useWorkbench } from '../state/store';
import { type FeedbackLaw, feedbackOf } from './feedback';

export function FeedbackPanel({ picture }: { readonly picture: Picture }) {
  const problem = useWorkbench((state) => state.problem);
  const { sensitivities } = picture;
  const law = problem && sensitivities && feedbackOf(problem, sensitivities);
  return (
    <div className="disclosure" id="feedback" data-testid="feedback">
      {law && law.states.length > 0 && law.controls.length > 0 ? (
        <Law law={law} valid={sensitivities.valid} />
      ) : (
        <p className="empty">
          {sensitivities
            ? 'There is no feedback law: no control, or no fixed initial state.'
            : 'Once the solve converges, the feedback law stands here.'}
        </p>
      )}
    </div>
  );
}

function Law({ law, valid }: { readonly law: FeedbackLaw; readonly valid: boolean }) {
  const { controls, states, gain } = law;
  const held = controls.filter((_, i) => gain[i]?.every((value) => value === 0));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it
    <section className="feedback" aria-label="Feedback law" tabIndex={0}>
      <div className="feedback-head">
        <p>
          <span className="law">
            u<sub>0</sub> = u<sub>0</sub>* + K (x<sub>0</sub> − x<sub>0</sub>*)
          </span>
          : how the first control answers when the initial state is another, to first order
          {valid ? '.' : '. Not to be trusted here: the derivatives do not hold.'}
        </p>
        <ExportMenu label="Save the feedback law" formats={['csv', 'json']} from={() => lawExport(law)} />
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">K</th>
            {states.map((state) => (
              <th key={state} scope="col">
                {state}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {controls.map((control, i) => (
            <tr key={control}>
              <th scope="row">{control}</th>
              {states.map((state, s) => (
                <td key={state}>{formatNumber(gain[i]?.[s] ?? Number.NaN, 5)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {held.length > 0 && (
        <p className="held">
          {held.join(', ')} {held.length === 1 ? 'does' : 'do'} not answer: at the first stage{' '}
          {held.length === 1 ? 'it is' : 'they are'} held by a constraint.
        </p>
      )}
    </section>
  );
}

function lawExport({ controls, states, gain }: FeedbackLaw): Exportable {
  return {
    subject: 'feedback',
    columns: () => [
      { name: 'control', values: controls },
      ...states.map((state, s) => ({ name: state, values: gain.map((row) => row[s] ?? Number.NaN) })),
    ],
    data: () => ({ controls, states, gain }),
  };
}
