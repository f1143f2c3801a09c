import type { SessionEvent, StampedEvent } from '../core/session/event.ts';
import type { ActHistory } from '../core/model/history.ts';
import type { Deployment } from '../core/model/deployment.ts';
import type { Approval, Execution, Plan, Proposal } from '../core/model/rollback.ts';

/** An event in the audit: chained to the one before by hash. */
export interface AuditRecord extends StampedEvent {
  /** SHA-256 of the previous record's hash and this record's canonical JSON, hex. */
  readonly hash: string;
  readonly previousHash: string;
}

export interface AuditQuery {
  readonly pipeline?: string;
  readonly types?: readonly string[];
  readonly sinceMs?: number;
  readonly afterSeq?: number;
  readonly limit?: number;
}

export interface AuditCheck {
  readonly ok: boolean;
  readonly records: number;
  /** First record that does not fit, and how; null when all fit. */
  readonly firstBad: { readonly seq: number; readonly why: string } | null;
  /** What the check cannot prove, in words. */
  readonly limits: string;
}

/** Append-only, one writer at a time, every append durable before it returns. */
export interface AuditStore {
  append(event: SessionEvent, atMs: number): AuditRecord;
  list(query: AuditQuery): readonly AuditRecord[];
  verify(): AuditCheck;
}

export interface LeaseGrant {
  readonly targetId: string;
  readonly holder: string;
  /** Grows with every grant of this target; an act with an older token is refused. */
  readonly token: number;
}

export type LeaseAnswer =
  | { readonly granted: true; readonly lease: LeaseGrant }
  | { readonly granted: false; readonly holder: string; readonly why: string };

/** One executor per target. A lease never expires over an execution that has not ended. */
export interface LeaseStore {
  acquire(targetId: string, holder: string, executionId: string, atMs: number): LeaseAnswer;
  release(lease: LeaseGrant): void;
  /** False when another grant was made since. */
  isCurrent(lease: LeaseGrant): boolean;
  holderOf(targetId: string): LeaseGrant | null;
}

/** Plans, proposals, answers and executions. An answer is taken at most once, by one statement. */
export interface ActStore {
  saveProposal(proposal: Proposal): void;
  openProposals(): readonly Proposal[];
  proposal(id: string): Proposal | null;
  /** True for the first answer only. */
  closeProposal(id: string, answer: 'approved' | 'dismissed' | 'expired' | 'superseded', atMs: number): boolean;
  holdProposal(id: string): void;
  saveApproval(approval: Approval): void;
  approval(proposalId: string): Approval | null;
  savePlan(plan: Plan): void;
  plan(id: string): Plan | null;
  /** Durable when it returns (fsync): called before every side effect. */
  saveExecution(execution: Execution): void;
  execution(id: string): Execution | null;
  executionsOfPlan(planId: string): readonly Execution[];
  unfinishedExecutions(): readonly Execution[];
  recentExecutions(limit: number): readonly Execution[];
  saveDeployment(deployment: Deployment): void;
  recordHealth(pipeline: string, version: string, deployedAtMs: number, healthy: boolean): void;
  recordHumanDecision(deploymentId: string, atMs: number): void;
  history(nowMs: number): ActHistory;
}

/** Where each file was read up to, with the state of its parser, so that a restart goes on where it stopped. */
export interface OffsetStore {
  load(path: string): string | null;
  save(path: string, checkpoint: string): void;
}

export interface Store extends AuditStore, LeaseStore, ActStore, OffsetStore {
  /** Where the state lives, for messages. */
  readonly location: string;
  /** Machine-wide directory, so that leases bind every user of the box. */
  readonly shared: boolean;
  close(): void;
}
