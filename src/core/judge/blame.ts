import type { Suspect } from '../model/suspect.ts';
import type { PipelineJudge } from './pipeline-judge.ts';
import { SHARED_WINDOW_MS } from './shared-cause.ts';

/** A deployment is blamed in full for what begins within this share of its analysis, */
const FULL_SHARE = 0.25;
/** then half as much for every further share as long as this. */
const HALVED_SHARE = 0.5;
/** What a failing pipeline's vote counts for a deployment that only its own traces, or the order of onset, speak for. */
const HALF = 0.5;

/** A deployment that is under analysis, as far as the blame needs it. */
export interface DeployedNow {
  readonly pipeline: string;
  readonly version: string;
  readonly atMs: number;
  readonly analysisMs: number;
}

/** A pipeline that fails now, and since when. */
export interface FailingNow {
  readonly pipeline: string;
  readonly sinceMs: number;
}

/**
 * How much of the blame for a failure a deployment keeps that was made so long before: 1 for a quarter of the analysis (30
 * min), then halved every half of it (an hour), so .35 at its end. 0 for what began before. In 0..1.
 */
export function blameAfter(afterMs: number, analysisMs: number): number {
  if (afterMs < 0) return 0;
  return 2 ** (-Math.max(0, afterMs - FULL_SHARE * analysisMs) / (HALVED_SHARE * analysisMs));
}

/** `blameAfter` of the present failure of a pipeline and its deployment; null without either. */
export function ownBlame({ board, settings, timeline, underAnalysis }: PipelineJudge): number | null {
  const sinceMs = board.failingSinceMs;
  if (sinceMs === null || !underAnalysis) return null;
  return blameAfter(Math.max(0, sinceMs - timeline.current!.atMs), settings.analysis.analysisMs);
}

/**
 * Which of several deployments a failure is due to, most likely first; empty where only its own can be.
 *
 * *Candidates* of a failing pipeline: its own deployment, those of the pipelines it calls, directly or not, and those of
 * pipelines that began to fail before it, within five minutes, where it is not known whom it calls. *Veto*: none that was
 * made after the failure began, and none whose pipeline failed already while this one was well, until its own deployment.
 * *Vote*: every failing pipeline gives each of its candidates `blameAfter` as its *decay*, halved for one that shows no
 * failure of its own, or is not called. A deployment's share is its part of all votes for the candidates of the pipeline.
 *
 * After Z. Li et al., Gandalf: An Intelligent, End-To-End Analytics Service for Safe Deployment, NSDI 2020 (vote, veto,
 * decay); the call graph in place of their nodes and clusters.
 *
 * @param callees gives the pipelines that one calls, directly or not
 */
export function suspectsOf(
  failing: FailingNow,
  failures: readonly FailingNow[],
  deployments: readonly DeployedNow[],
  callees: (pipeline: string) => ReadonlySet<string>,
): readonly Suspect[] {
  const near = failures.filter(({ sinceMs }) => Math.abs(sinceMs - failing.sinceMs) <= SHARED_WINDOW_MS);
  const began = new Map(near.map(({ pipeline, sinceMs }) => [pipeline, sinceMs]));
  const madeAt = new Map(deployments.map(({ pipeline, atMs }) => [pipeline, atMs]));
  const voteOf = (voter: FailingNow, deployment: DeployedNow): number => {
    const blame = blameAfter(voter.sinceMs - deployment.atMs, deployment.analysisMs);
    if (deployment.pipeline === voter.pipeline) return blame;
    const ownMs = began.get(deployment.pipeline);
    const madeMs = madeAt.get(voter.pipeline) ?? Number.NEGATIVE_INFINITY;
    if (ownMs !== undefined && ownMs < madeMs && madeMs <= voter.sinceMs) return 0;
    const called = callees(voter.pipeline);
    if (called.has(deployment.pipeline)) return ownMs === undefined ? blame * HALF : blame;
    // Where it is known whom it calls, the others have no way to it.
    return called.size === 0 && ownMs !== undefined && ownMs < voter.sinceMs ? blame * HALF : 0;
  };
  const candidates = deployments.filter((one) => voteOf(failing, one) > 0);
  // Where nothing tells two apart, its own.
  const rank = ({ pipeline }: { readonly pipeline: string }): number => (pipeline === failing.pipeline ? 0 : 1);
  const votes = candidates.map((one) => near.reduce((sum, voter) => sum + voteOf(voter, one), 0));
  const all = votes.reduce((sum, one) => sum + one, 0);
  if (candidates.every(({ pipeline }) => pipeline === failing.pipeline)) return [];
  return candidates
    .map(({ pipeline, version, atMs }, i) => ({ pipeline, version, deployedAtMs: atMs, share: votes[i]! / all }))
    .toSorted((a, b) => b.share - a.share || rank(a) - rank(b) || (a.pipeline < b.pipeline ? -1 : 1));
}
