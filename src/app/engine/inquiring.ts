import type { Deployment } from '../../core/model/deployment.ts';
import type { Findings } from '../../core/model/findings.ts';
import { inquiryKey } from './kept-findings.ts';
import type { EngineState, PipelineEntry } from './state.ts';
import { versionsOf } from './versions.ts';

/** Findings younger than this are good for a question; an open one has them looked up again as often. */
const FRESH_FOR_MS = 60_000;
/** An inquiry nobody has answered by then never will be; the outside has its own, shorter, limits. */
const LOST_AFTER_MS = 90_000;

/** What is known of going back to a version: `isLooking` while an answer is awaited and there is no earlier one. */
export interface Known {
  readonly findings: Findings | null;
  readonly isLooking: boolean;
}

/**
 * What is known of going back from a deployment, and has it looked up where it is not known or no longer fresh. Without
 * anything that could be asked there is nothing to wait for, unless a person wants the versions looked up (`always`).
 */
export function inquire(
  state: EngineState,
  entry: PipelineEntry,
  deployment: Deployment,
  toVersion: string | null,
  always: boolean,
): Known {
  const { inquires } = state.options;
  const key = inquiryKey(deployment.id, toVersion);
  const kept = entry.inquiries.get(key);
  if (inquires === undefined || (kept === undefined && !always && !inquires(entry.pipeline))) {
    return { findings: null, isLooking: false };
  }
  const isLost = kept?.findings === null && state.nowMs - kept.askedMs >= LOST_AFTER_MS;
  const earlier = isLost ? unanswered(entry, deployment, toVersion, state.nowMs) : (kept?.findings ?? null);
  if (kept === undefined || isLost || (earlier !== null && state.nowMs - kept.askedMs >= FRESH_FOR_MS)) {
    entry.inquiries.set(key, { askedMs: state.nowMs, findings: earlier });
    ask(state, entry, deployment, toVersion);
  }
  return { findings: earlier, isLooking: earlier === null };
}

function ask(state: EngineState, entry: PipelineEntry, deployment: Deployment, toVersion: string | null): void {
  const versions = versionsOf(state, entry).map(({ version, commit }) => ({ version, commit }));
  state.ask({
    pipeline: entry.pipeline,
    environment: entry.settings.policy.environment ?? deployment.environment,
    deploymentId: deployment.id,
    fromVersion: deployment.version,
    toVersion,
    fromCommit: deployment.commit,
    toCommit: versions.find(({ version }) => version === toVersion)?.commit ?? null,
    versions,
  });
}

function unanswered(
  { pipeline }: PipelineEntry,
  { id: deploymentId }: Deployment,
  toVersion: string | null,
  atMs: number,
): Findings {
  const doubts = ['what it will not undo could not be looked at: there was no answer'];
  return {
    pipeline,
    deploymentId,
    toVersion,
    atMs,
    left: [],
    doubts,
    lookedAt: [],
    versions: [],
    external: null,
    forward: [],
  };
}
