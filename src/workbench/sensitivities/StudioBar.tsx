/** What is selected of the sensitivities and how it is normalised, and the smoothing dial. */
import { ExportMenu } from '../exports/ExportMenu';
import { usePalette } from '../plotly/palette';
import { Segmented } from '../Segmented';
import { setHeatmap, setStudio } from '../state/actions';
import { useWorkbench } from '../state/store';
import { useStudio } from '../state/studio';
import { Arrange } from './Arrange';
import { sensitivityExport } from './sensitivity-export';
import { allCostates, isObjective, objective } from './subjects';
import { TauDial } from './TauDial';
import type { Shown } from './use-shown';

const everything = '';

const measures = [
  { value: 'absolute', label: 'absolute', title: 'The derivative itself' },
  { value: 'relative', label: '% per %', title: 'Per cent of the largest value, per per cent of the parameter' },
  { value: 'range', label: 'per range', title: 'The change from one end of the parameter’s slider to the other' },
] as const;

export function StudioBar({ shown }: { readonly shown: Shown }) {
  const { quantity, measure } = useWorkbench((state) => state.view.heatmap);
  const filter = useStudio((studio) => studio.filter);
  const page = useStudio((studio) => studio.page);
  const palette = usePalette();
  const single = shown.subjects.filter((subject) => !isObjective(subject));
  return (
    <div className="studio-bar">
      <select
        aria-label="Quantity shown"
        value={quantity ?? everything}
        onChange={(event) => setHeatmap({ quantity: event.target.value === everything ? null : event.target.value })}
      >
        <option value={everything}>All quantities</option>
        <option value={allCostates}>All costates</option>
        <option value={objective}>The objective</option>
        <optgroup label="One quantity">
          {single
            .filter(({ kind }) => kind !== 'costate')
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </optgroup>
        <optgroup label="One costate">
          {single
            .filter(({ kind }) => kind === 'costate')
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </optgroup>
      </select>
      <Segmented
        label="Measure"
        value={measure}
        options={measures}
        onChange={(next) => setHeatmap({ measure: next })}
      />
      <input
        className="filter"
        type="search"
        placeholder="Find columns"
        aria-label="Find columns"
        value={filter}
        maxLength={100}
        onChange={(event) => setStudio({ filter: event.target.value })}
      />
      <Arrange scales={page !== 'lines'} />
      <TauDial />
      <ExportMenu label="Save the sensitivities" from={() => sensitivityExport(shown, palette)} />
    </div>
  );
}
