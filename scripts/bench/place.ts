/** Where the benchmark measures: in this process, or in a page of a browser. The measuring code is the same. */
import { hasFused, hasLanes } from '../../src/kernel';
import { summary } from './measure';
import type { Compiled, ProblemOptions } from './problem';
import type { Fresh, GrowthPoint, Machine, ProblemResult } from './schema';

export interface Place {
  machine(): Promise<Machine>;
  problem(name: string, options: ProblemOptions): Promise<ProblemResult>;
  growth(size: Pick<GrowthPoint, 'states' | 'steps'>, share: number): Promise<GrowthPoint>;
  /** Compiles and solves in a process or page of its own. */
  fresh(name: string): Promise<FreshRun>;
  close(): Promise<void>;
}

/** `memory`: megabytes. */
export interface FreshRun extends Compiled {
  readonly memory: number;
}

/** What the engine says of itself. */
export const engineAbilities = (): Pick<Machine, 'vectors' | 'fused' | 'sharedMemory'> => ({
  vectors: hasLanes(),
  fused: hasFused(),
  sharedMemory: typeof SharedArrayBuffer !== 'undefined',
});

const FRESH_RUNS = 3;

/** What someone waits who just opened the page or ran the command. */
export async function benchFresh(place: Place, name: string, share: number): Promise<Fresh> {
  const runs: FreshRun[] = [];
  for (let i = 0; i < Math.max(1, Math.round(FRESH_RUNS * share)); i++) runs.push(await place.fresh(name));
  return {
    compile: summary(runs.map(({ compileMs }) => compileMs)),
    firstSolve: summary(runs.map(({ firstSolveMs }) => firstSolveMs)),
    memory: Math.max(...runs.map(({ memory }) => memory)),
  };
}
