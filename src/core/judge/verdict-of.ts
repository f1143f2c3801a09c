import type { Verdict, VerdictReason } from '../model/verdict.ts';
import { likelierThanOwn } from '../model/suspect.ts';
import { ownBlame } from './blame.ts';
import { confidenceOf } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { healthOf } from './health.ts';
import type { MetricState } from './metric-state.ts';
import type { PhaseAndReason } from './phase.ts';
import type { PipelineJudge } from './pipeline-judge.ts';
import { ownSinceMs, predictionsOf } from './predictions.ts';
import { persistenceFor, priorText } from './risk-prior.ts';
import { STANDING, type Standing } from './standing.ts';
import { trafficPerMinute } from './traffic.ts';
import { verdictText } from './words.ts';

/** Reasons under which there is nothing more urgent to say than what is to come. */
const QUIET: ReadonlySet<VerdictReason> = new Set([
  'watching',
  'healthy',
  'no-baseline',
  'near-limit',
  'recovered',
] as const);

/** Whose evidence stands there where nothing is blamed. */
const UNBLAMED: ReadonlyMap<VerdictReason, Standing> = new Map([
  ['bad-before', STANDING.vetoed],
  ['at-peers', STANDING.common],
  ['near-limit', STANDING.near],
  ['too-few-samples', STANDING.near],
  ['too-little-traffic', STANDING.near],
]);

/** The verdict as it can be shown: phase, words, evidence, health. Made only when something changed or a screen asks. */
export function verdictOf(judge: PipelineJudge, { phase, reason }: PhaseAndReason, atMs: number): Verdict {
  const { analysis } = judge.settings;
  const { current } = judge.timeline;
  const silent = phase === 'NoData' || phase === 'Error';
  const failing = judge.board.blamed + judge.board.pending;
  const staleMs = judge.fresh.staleAfterMs(judge.board.pace);
  const fresh = (metric: MetricState): boolean => !silent && isFresh(metric, atMs, staleMs, analysis.staleIntervals);
  const health = healthOf(judge.board.all, fresh, analysis.objectives);
  // A recording has no future: what would have come of it is over. A failure may still be on its way to worse.
  const foreseeing = (QUIET.has(reason) || phase === 'Failed') && judge.freshness !== 'recorded';
  const predicted = foreseeing ? predictionsOf(judge.board.all, ownSinceMs(judge), fresh) : [];
  // What will fail is more than what nearly does.
  const unblamed = predicted.length > 0 ? null : (UNBLAMED.get(reason) ?? null);
  const evidence = silent ? [] : evidenceOf(judge.board.all, unblamed);
  const vetoed = judge.board.all.filter((metric) => metric.veto !== null).map(({ spec }) => spec.name);
  const common = judge.board.all.filter(({ standing }) => standing === STANDING.common).map(({ spec }) => spec.name);
  const perMinute = trafficPerMinute(judge.board, analysis.traffic);
  const progress = Math.min(1, Math.max(0, (atMs - judge.failure.cleanSinceMs) / Math.max(1, analysis.analysisMs)));
  const baseline = current?.origin !== 'inferred' && judge.board.hasBaseline;
  const blame = phase === 'Failed' ? ownBlame(judge) : null;
  const suspects = phase === 'Failed' ? judge.suspects : [];
  const likelier = likelierThanOwn(suspects, judge.settings.pipeline);
  const text = verdictText({
    phase,
    reason,
    atMs,
    freshness: judge.freshness,
    deployment: current,
    evidence,
    predicted,
    blamed: judge.board.blamed,
    persistence: persistenceFor(judge.risk, analysis),
    prior: priorText(judge.risk, analysis),
    vetoed,
    common,
    samples: judge.samples,
    minimumSamples: analysis.minimumSamples,
    analysisMs: analysis.analysisMs,
    warmUpUntilMs: (current?.atMs ?? atMs) + analysis.warmUpMs,
    lastMs: judge.lastMs,
    intervalMs: judge.fresh.intervalMs(judge.board.pace),
    aheadMs: judge.aheadMs,
    traffic:
      analysis.traffic === null || perMinute === null
        ? null
        : { metric: analysis.traffic.metric, perMinute, minimumPerMinute: analysis.traffic.minimumPerMinute },
    failedFromMs: judge.failure.failedFromMs,
    cleanSinceMs: judge.failure.cleanSinceMs,
    sharedWith: judge.sharedWith,
    likelier,
    error: judge.error,
    limits: judge.board.limits,
    measurements: measurementsOf(judge),
  });
  return {
    pipeline: judge.settings.pipeline,
    deploymentId: current?.id ?? null,
    atMs,
    phase,
    reason,
    text,
    confidence: confidenceOf({
      phase,
      evidence,
      coverage: health.confidence,
      samples: judge.samples,
      minimumSamples: analysis.minimumSamples,
      progress,
      blame,
      doubtful: !baseline || judge.sharedWith.length > 0 || likelier !== null,
    }),
    freshness: judge.freshness,
    sinceMs: evidence.length === 0 ? null : Math.min(...evidence.map(({ sinceMs }) => sinceMs)),
    evidence,
    ...(failing > evidence.length && evidence.length > 0 && { failing }),
    vetoed,
    ...(common.length > 0 && { common }),
    health,
    sampleCount: judge.samples,
    ...(predicted.length > 0 && { predicted }),
    ...(blame !== null && { blame: Math.round(blame * 1000) / 1000 }),
    ...(suspects.length > 0 && { suspects }),
    ...(phase === 'Failed' && judge.causes.length > 0 && { causes: judge.causes }),
  };
}

/** How many measurements the slowest metric has and how many it takes; null where their number decides nothing. */
function measurementsOf({ board }: PipelineJudge): { readonly done: number; readonly of: number } | null {
  const counts = board.all.flatMap(({ measuring, veto }) => (measuring === null || veto !== null ? [] : measuring));
  const of = counts[0]?.limits.count ?? null;
  return of === null ? null : { done: Math.min(...counts.map(({ tally }) => tally.count)), of };
}

/** A metric that is sampled more rarely than the others may also be silent for longer. */
export function isFresh(metric: MetricState, atMs: number, staleMs: number, intervals: number): boolean {
  const own = Number.isNaN(metric.gapMs) ? 0 : metric.gapMs * intervals;
  return atMs - metric.lastMs <= Math.max(staleMs, own);
}
