/** A thread of the sweep. */
import { exposeSweeps } from '../../batch';
import { compileText } from '../../language';

exposeSweeps((text) => {
  const compiled = compileText(text);
  if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message ?? 'the text is wrong');
  return compiled.problem;
});
