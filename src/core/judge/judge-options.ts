import type { Deployment } from '../model/deployment.ts';
import type { Risk } from '../model/risk.ts';
import type { Neighbourhood } from './causes.ts';

/** A pipeline of which no other is known. */
export const ALONE: Neighbourhood = { judge: () => undefined, graph: null, peers: () => [] };

/** How rows come: there before watching began, live, or looked at again from the history. */
export type Arrival = 'backfill' | 'live' | 'history';

/** How a pipeline is judged beyond its settings. */
export interface JudgeOptions {
  /** The data is played again as if it were live. */
  readonly replayed: boolean;
  /** Samples kept of each metric. */
  readonly historyRows: number;
  /** What the risk model says of a deployment, always the same for the same one; absent: nothing. */
  readonly riskOf?: (deployment: Deployment) => Risk | null;
  /** The other pipelines and who calls whom; absent: a cause is looked for in the pipeline's own metrics. */
  readonly around?: Neighbourhood;
}
