/** A thread of the sweep. */
import { exposeSweeps } from '../../batch';
import { knownProblem } from '../../language';

exposeSweeps(knownProblem);
