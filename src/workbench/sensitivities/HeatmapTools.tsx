/** What the heatmap shows and how it is coloured. */
import type { Scale } from '../../sharing';
import type { ProblemView } from '../protocol';
import { Segmented } from '../Segmented';
import { setHeatmap } from '../state/actions';
import { useWorkbench } from '../state/store';

const everything = '';
const scales: readonly Scale[] = ['block', 'column', 'global'];

export function HeatmapTools({ problem }: { readonly problem: ProblemView }) {
  const { quantity, measure, scale } = useWorkbench((state) => state.view.heatmap);
  return (
    <>
      <select
        aria-label="Quantity shown in the heatmap"
        value={quantity ?? everything}
        onChange={(event) => setHeatmap({ quantity: event.target.value === everything ? null : event.target.value })}
      >
        <option value={everything}>All quantities</option>
        {[...problem.states, ...problem.controls, ...problem.algebraics].map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <Segmented
        label="Measure"
        value={measure}
        options={[
          { value: 'absolute', label: 'absolute', title: 'The derivative itself' },
          {
            value: 'relative',
            label: '% per %',
            title: 'Per cent of the largest value, per per cent of the parameter',
          },
        ]}
        onChange={(next) => setHeatmap({ measure: next })}
      />
      <select
        aria-label="Colour scale"
        value={scale}
        onChange={(event) => setHeatmap({ scale: scales.find((one) => one === event.target.value) ?? scale })}
      >
        <option value="block">Scale: each block</option>
        <option value="column">Scale: each column</option>
        <option value="global">Scale: one for all</option>
      </select>
    </>
  );
}
