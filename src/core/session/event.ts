import type { Decision } from '../model/decision.ts';
import type { Deployment } from '../model/deployment.ts';
import type { ExternalRollback } from '../model/findings.ts';
import type { Silence } from '../model/history.ts';
import type { Actor, Answer, Execution, Proposal } from '../model/rollback.ts';
import type { GroupRun } from '../model/group-run.ts';
import type { Risk } from '../model/risk.ts';
import type { Verdict } from '../model/verdict.ts';

/**
 * Everything that happens from the verdict on. The screen's state and the audit are both made from these,
 * so they cannot disagree. Samples and scores are telemetry and not events.
 */
export type SessionEvent =
  | {
      readonly type: 'session-started';
      readonly by: Actor;
      readonly version: string;
      readonly configHash: string | null;
    }
  | { readonly type: 'session-ended'; readonly reason: string }
  | { readonly type: 'deployment-observed'; readonly deployment: Deployment; readonly risk: Risk | null }
  | { readonly type: 'verdict-changed'; readonly verdict: Verdict; readonly inputDigest: string }
  | { readonly type: 'decision-made'; readonly decision: Decision }
  | { readonly type: 'proposal-opened'; readonly proposal: Proposal }
  | { readonly type: 'proposal-held'; readonly proposalId: string; readonly pipeline: string; readonly by: Actor }
  /** One of several people who must say yes has said it. */
  | {
      readonly type: 'proposal-seconded';
      readonly proposalId: string;
      readonly pipeline: string;
      readonly by: Actor;
      readonly have: number;
      readonly needed: number;
      readonly reason?: string | null;
    }
  | {
      readonly type: 'proposal-closed';
      readonly proposalId: string;
      readonly pipeline: string;
      readonly answer: Answer;
      readonly by: Actor;
      readonly reason: string | null;
      /** Guard rails and blocks of the policy that a yes overrode, in words; absent: none. */
      readonly overrode?: readonly string[];
    }
  | { readonly type: 'answer-refused'; readonly proposalId: string; readonly by: Actor; readonly why: string }
  | { readonly type: 'execution-changed'; readonly execution: Execution }
  | { readonly type: 'group-changed'; readonly group: GroupRun }
  | {
      readonly type: 'human-rollback';
      readonly pipeline: string;
      readonly deploymentId: string | null;
      readonly by: Actor;
      readonly reason: string | null;
    }
  /** The platform, or somebody at the platform, rolled it back: not answered with a second one. */
  | {
      readonly type: 'external-rollback';
      readonly pipeline: string;
      readonly deploymentId: string | null;
      readonly external: ExternalRollback;
    }
  | { readonly type: 'silenced'; readonly by: Actor; readonly silence: Silence }
  | { readonly type: 'silence-ended'; readonly by: Actor; readonly id: string; readonly pipeline: string }
  | { readonly type: 'halted'; readonly by: Actor; readonly reason: string }
  | { readonly type: 'resumed'; readonly by: Actor }
  | { readonly type: 'config-trusted'; readonly by: Actor; readonly path: string; readonly hash: string };

export type SessionEventType = SessionEvent['type'];

/** An event as stored and sent: with its place in the order and its time. */
export interface StampedEvent {
  readonly seq: number;
  readonly atMs: number;
  readonly event: SessionEvent;
}

/** The pipeline an event is about; null when it is about none. */
export function pipelineOfEvent(event: SessionEvent): string | null {
  if ('pipeline' in event) return event.pipeline;
  if ('verdict' in event) return event.verdict.pipeline;
  if ('decision' in event) return event.decision.pipeline;
  if ('deployment' in event) return event.deployment.pipeline;
  if ('proposal' in event) return event.proposal.pipeline;
  if ('silence' in event) return event.silence.pipeline;
  if ('execution' in event) return event.execution.pipeline;
  return null;
}
