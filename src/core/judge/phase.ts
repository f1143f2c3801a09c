import type { Freshness, Phase, VerdictReason } from '../model/verdict.ts';

/** What a phase follows from: counts and times, no text. */
export interface PhaseFacts {
  /** Why judging is impossible; null when it is not. */
  readonly error: string | null;
  readonly hasRows: boolean;
  readonly freshness: Freshness;
  /** Nobody announced the deployment: the first sample stands in for it. */
  readonly inferred: boolean;
  /** No metric had enough samples before the deployment. */
  readonly noBaseline: boolean;
  readonly samples: number;
  readonly minimumSamples: number;
  readonly enoughTraffic: boolean;
  /** Number of metrics in each standing. */
  readonly blamed: number;
  readonly pending: number;
  readonly near: number;
  readonly vetoed: number;
  /** Bad, and as bad at peers that were not deployed. */
  readonly common: number;
  /** The analysis ended without failure. */
  readonly settled: boolean;
  /** It had failed in this analysis and is well again. */
  readonly recovered: boolean;
  readonly shared: boolean;
  /** A limit of measurements that is passed without a failure; null where none is. */
  readonly limit: 'Inconclusive' | 'Error' | null;
}

/** A phase with its reason. */
export interface PhaseAndReason {
  readonly phase: Phase;
  readonly reason: VerdictReason;
}

/**
 * The phase of an analysis. What cannot be known is settled first: an error, no data, too little data or traffic are
 * said as such and are neither a pass nor a failure. Only then does an anomaly count, and only then can anything be well.
 */
export function phaseOf(facts: PhaseFacts): PhaseAndReason {
  if (facts.error !== null) return { phase: 'Error', reason: 'analysis-error' };
  if (facts.freshness === 'future') return { phase: 'NoData', reason: 'future-dated' };
  if (!facts.hasRows) return { phase: 'NoData', reason: 'no-data' };
  if (facts.freshness === 'stale') return { phase: 'NoData', reason: 'stale' };
  if (facts.settled) return afterwards(facts);
  if (facts.samples === 0) return { phase: 'Pending', reason: 'warming-up' };
  if (facts.samples < facts.minimumSamples) return { phase: 'Inconclusive', reason: 'too-few-samples' };
  if (!facts.enoughTraffic) return { phase: 'Inconclusive', reason: 'too-little-traffic' };
  if (facts.blamed > 0) return { phase: 'Failed', reason: facts.shared ? 'shared-cause' : 'anomaly' };
  if (facts.limit !== null) return { phase: facts.limit, reason: 'limits' };
  if (facts.pending > 0) return { phase: 'Running', reason: 'anomaly-pending' };
  if (facts.common > 0) return { phase: 'Running', reason: 'at-peers' };
  if (facts.vetoed > 0) return { phase: 'Running', reason: 'bad-before' };
  if (facts.near > 0) return { phase: 'Running', reason: 'near-limit' };
  if (facts.recovered) return { phase: 'Running', reason: 'recovered' };
  return { phase: 'Running', reason: facts.noBaseline ? 'no-baseline' : 'watching' };
}

/** After the analysis the deployment stays Successful; what goes wrong later is shown and not blamed on it. */
function afterwards(facts: PhaseFacts): PhaseAndReason {
  if (facts.blamed > 0 && facts.inferred) return { phase: 'Failed', reason: facts.shared ? 'shared-cause' : 'anomaly' };
  if (facts.blamed > 0) return { phase: 'Successful', reason: facts.shared ? 'shared-cause' : 'anomaly' };
  if (facts.vetoed > 0) return { phase: 'Successful', reason: 'bad-before' };
  if (facts.inferred) return { phase: 'Successful', reason: 'no-baseline' };
  // Health is said of what is seen now, never of a recording or a replay.
  return { phase: 'Successful', reason: facts.freshness === 'live' ? 'healthy' : 'watching' };
}
