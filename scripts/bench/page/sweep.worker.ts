/** A thread of the benchmark's page. */
import { exposeSweeps } from '../../../src/batch';
import { compileText } from '../../../src/language';

exposeSweeps((text) => {
  const compiled = compileText(text);
  if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message ?? 'the text is wrong');
  return compiled.problem;
});
