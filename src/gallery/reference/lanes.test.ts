/** In lanes and alone, with the arithmetic the engine offers by itself. */
import { it } from 'vitest';
import { expectAlike } from './inLanes';
import { compared } from './solver';

it.each(compared)('%s', expectAlike);
