/** The cost: integral, sum and terminal terms, several of each added up. */
import type { Problem } from '../problem';
import type { Context } from './context';
import { places, stagePlace } from './places';

export function cost(context: Context): Problem['cost'] {
  const { document, graph, report } = context;
  const total = { integral: graph.constant(0), sum: graph.constant(0), terminal: graph.constant(0) };
  for (const { kind, value } of document.costs) {
    const place = kind === 'terminal' ? places.terminal : stagePlace(kind === 'sum' ? 'a sum' : 'an integral');
    const lowered = context.scalar(value, place, 'write `sumsq(v)` or `quad(v, Q)` for a sum of squares');
    if (lowered) total[kind] = graph.add(total[kind], lowered.node);
  }
  const section = document.sections.get('Minimize');
  if (section && document.costs.length === 0) {
    report.warning(section, 'nothing is minimised', 'write `integral …`, `sum …` or `terminal …` below');
  }
  return total;
}
