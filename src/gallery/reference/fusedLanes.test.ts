/** In lanes and alone, with multiply-adds fused; apart from the other test, because an engine is asked once. */
import { it } from 'vitest';
import { offerFused } from '../../kernel/testing';
import { expectAlike } from './inLanes';
import { compared } from './solver';

it.runIf(offerFused()).each(compared)('%s', expectAlike);
