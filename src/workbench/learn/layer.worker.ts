/** A thread of the layer that an experiment learns through. */
import { knownProblem } from '../../language';
import { exposeLayers } from '../../learning';

exposeLayers(knownProblem);
