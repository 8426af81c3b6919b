/** The choice of a file with instances. */
import { useWorkbench } from '../state/store';
import { variablesOf } from './definition';
import { takeList, useList } from './list';

export function ListFile() {
  const list = useList((state) => state.list);
  const take = (file: File | undefined) => {
    const { problem, view, parameters, initial } = useWorkbench.getState();
    if (!file || !problem) return;
    const variables = variablesOf(problem, view.ranges, { parameters, initial });
    void takeList(
      file,
      variables.map(({ name }) => name),
    );
  };
  return (
    <span className="sweep-axis">
      <label className="button sweep-file">
        {list?.file ?? 'Choose a file'}
        <input type="file" accept=".csv,.tsv,.txt,text/csv" onChange={({ target }) => take(target.files?.[0])} />
      </label>
      {list?.complaint && <span className="failed">{list.complaint}</span>}
    </span>
  );
}
