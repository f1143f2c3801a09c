import type { PhaseFacts } from './phase.ts';
import type { PipelineJudge } from './pipeline-judge.ts';

/** What the phase of a pipeline follows from at present. */
export function phaseFacts(judge: PipelineJudge): PhaseFacts {
  const { board, settings, timeline } = judge;
  const inferred = timeline.current?.origin === 'inferred';
  const limit = board.limits?.phase;
  return {
    error: judge.error,
    hasRows: judge.hasRows,
    freshness: judge.freshness,
    inferred,
    noBaseline: inferred || !board.hasBaseline,
    samples: judge.samples,
    minimumSamples: settings.analysis.minimumSamples,
    enoughTraffic: judge.enoughTraffic,
    blamed: board.blamed,
    pending: board.pending,
    near: board.near,
    vetoed: board.vetoed,
    common: board.common,
    settled: judge.settled,
    recovered: judge.failure.recovered,
    shared: judge.sharedWith.length > 0,
    limit: limit === 'Inconclusive' || limit === 'Error' ? limit : null,
  };
}

/** When that became so which a tick at `asOf` finds: a moment that does not depend on how often ticks come. */
export function momentOf(judge: PipelineJudge, asOf: number): number {
  const { board, failure, fresh, lastMs, settings, timeline } = judge;
  if (fresh.now === 'stale') return Math.min(asOf, lastMs + fresh.staleAfterMs(board.pace));
  const overMs = failure.cleanSinceMs + settings.analysis.analysisMs;
  const deployedMs = timeline.current?.atMs ?? Number.NEGATIVE_INFINITY;
  const latest = Math.max(lastMs, deployedMs, overMs <= asOf && !judge.settled ? overMs : lastMs);
  return Number.isFinite(latest) ? latest : asOf;
}
