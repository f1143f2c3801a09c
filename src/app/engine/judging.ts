import type { JudgeNews } from '../../core/judge/news.ts';
import { suspectsOf, type DeployedNow, type FailingNow } from '../../core/judge/blame.ts';
import { SHARED_WINDOW_MS, sharedWith, type FleetFailure } from '../../core/judge/shared-cause.ts';
import { membersOf } from '../../core/model/group-proposal.ts';
import { canonicalJson } from '../../core/model/canonical-json.ts';
import { closeProposal } from './proposals.ts';
import type { EngineState, PipelineEntry } from './state.ts';

const NOBODY: readonly never[] = [];

/** How long a failure that is over is remembered as a possible companion of others. */
const FAILURES_KEPT_MS = 3_600_000;

/** Turns the news of a judge into events, and tells the fleet when a failure began or ended. */
export function applyNews(state: EngineState, entry: PipelineEntry, news: readonly JudgeNews[]): void {
  emitNews(state, entry, news);
  const changed = compareFailures(state, entry);
  if (changed || news.some(({ type }) => type === 'deployment')) shareBlame(state);
}

function emitNews(state: EngineState, entry: PipelineEntry, news: readonly JudgeNews[]): void {
  for (const item of news) {
    if (item.type === 'verdict') {
      const inputDigest = state.options.hash(canonicalJson({ verdict: item.verdict, inputs: item.inputs }));
      state.emit({ type: 'verdict-changed', verdict: item.verdict, inputDigest });
      continue;
    }
    const { deployment } = item;
    entry.risk = entry.riskOf(deployment);
    entry.decision = null;
    forgetWays(entry);
    entry.failedAttempts = 0;
    state.emit({ type: 'deployment-observed', deployment, risk: entry.risk });
    const open = state.open.get(entry.pipeline);
    const asked = open === undefined ? undefined : membersOf(open).find(({ pipeline }) => pipeline === entry.pipeline);
    if (open !== undefined && asked?.deploymentId !== deployment.id) {
      closeProposal(state, open, 'superseded', null, `a new deployment: ${deployment.version}`);
    }
  }
}

/** What was found out or wished for was about the deployment before. */
function forgetWays(entry: PipelineEntry): void {
  entry.plans.clear();
  entry.inquiries.clear();
  Object.assign(entry, { wish: null, wanted: null, looked: null, draft: null });
}

/**
 * Looks for failures that began at the same time elsewhere; once shared, a failure stays shared while it lasts. True where
 * one began or ended.
 */
function compareFailures(state: EngineState, entry: PipelineEntry): boolean {
  const sinceMs = entry.judge.board.failingSinceMs;
  if (sinceMs === entry.toldFailureMs) return false;
  entry.toldFailureMs = sinceMs;
  if (sinceMs === null) {
    emitNews(state, entry, entry.judge.share([], NOBODY));
    return true;
  }
  const failure = failureOf(entry, sinceMs);
  state.failures = [...state.failures.filter((past) => Math.abs(past.sinceMs - sinceMs) <= FAILURES_KEPT_MS), failure];
  for (const other of state.pipelines.values()) {
    if (other.toldFailureMs === null) continue;
    const theirs = failureOf(other, other.toldFailureMs);
    if (Math.abs(theirs.sinceMs - failure.sinceMs) > SHARED_WINDOW_MS) continue;
    const names = new Set([...other.judge.sharedWith, ...sharedWith(theirs, state.failures)]);
    emitNews(state, other, other.judge.share([...names].sort()));
  }
  return true;
}

/** What is ill all day, now above its limit and now below, did not begin to fail with the others. */
function failureOf({ pipeline, judge }: PipelineEntry, sinceMs: number): FleetFailure {
  const deployed = judge.underAnalysis;
  return { pipeline, sinceMs: deployed ? sinceMs : (judge.failure.illSinceMs ?? sinceMs), deployed };
}

/** Of several deployments under analysis, those that a failure may be due to: told to every pipeline that fails. */
function shareBlame(state: EngineState): void {
  const failures: FailingNow[] = [];
  const deployments: DeployedNow[] = [];
  for (const { pipeline, judge, toldFailureMs, settings } of state.pipelines.values()) {
    if (toldFailureMs !== null) failures.push({ pipeline, sinceMs: toldFailureMs });
    const { current } = judge.timeline;
    if (!judge.underAnalysis || current === null) continue;
    deployments.push({
      pipeline,
      version: current.version,
      atMs: current.atMs,
      analysisMs: settings.analysis.analysisMs,
    });
  }
  if (deployments.length === 0) return;
  for (const failing of failures) {
    const entry = state.entry(failing.pipeline);
    const suspects = suspectsOf(failing, failures, deployments, (pipeline) => state.callees(pipeline));
    if (canonicalJson(suspects) !== canonicalJson(entry.judge.suspects)) {
      emitNews(state, entry, entry.judge.share(entry.judge.sharedWith, suspects));
    }
  }
}
