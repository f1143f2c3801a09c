import type { SessionEvent, StampedEvent } from '../core/session/event.ts';
import type { ActHistory } from '../core/model/history.ts';
import type { Deployment } from '../core/model/deployment.ts';
import type { Actor, Answer, Approval, Execution, Plan, Proposal } from '../core/model/rollback.ts';
import type { GroupRun } from '../core/model/group-run.ts';
import type { EngineBeat, ProcessMark } from './process-mark.ts';

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
  /** Does nothing while the execution it was granted for has not ended, or after a newer grant. */
  release(lease: LeaseGrant): void;
  /** False when another grant was made since. */
  isCurrent(lease: LeaseGrant): boolean;
  holderOf(targetId: string): LeaseGrant | null;
}

/** Plans, proposals, answers and executions. An answer is taken at most once, by one statement. */
export interface ActStore {
  /**
   * Gives the proposal that is open for this plan from now on: the given one, or the same question already put by
   * another process. An open one that has expired or asks for different steps is closed first.
   */
  saveProposal(proposal: Proposal): Proposal;
  openProposals(): readonly Proposal[];
  proposal(id: string): Proposal | null;
  /** How a proposal was answered; null while it is open or unknown. */
  answerOf(proposalId: string): GivenAnswer | null;
  /**
   * Takes an answer and, for a yes, its approval, in one statement: true for the first answer only.
   * A yes at or after the proposal's expiry is not taken.
   */
  answerProposal(proposalId: string, given: GivenAnswer): boolean;
  /** True for the first answer only; an answer nobody gave (`expired`, `superseded`) or one without a name. */
  closeProposal(id: string, answer: Answer, atMs: number): boolean;
  holdProposal(id: string): void;
  /** One of several people has said yes: kept with the open question, once for each. */
  secondProposal(id: string, by: Actor): void;
  saveApproval(approval: Approval): void;
  approval(proposalId: string): Approval | null;
  savePlan(plan: Plan): void;
  plan(id: string): Plan | null;
  /**
   * First record of an attempt, durable when it returns. False when this approval already has its execution or
   * another process began the same attempt: nothing was written.
   *
   * @throws StoreError for one of a group that `owner` does not have in hand, or that has ended.
   */
  beginExecution(execution: Execution, owner: ProcessMark): boolean;
  /**
   * Writes the next state while the lease is current, durable when it returns (fsync). False when another grant was
   * made since: nothing was written, and whoever asked must stop.
   */
  moveExecution(execution: Execution, lease: LeaseGrant): boolean;
  /** The process that carries an execution out. */
  ownerOf(executionId: string): ProcessMark | null;
  /**
   * Takes over an execution from an owner that is proven dead; the old owner's lease is no longer current from here.
   * `lease` is null where none was held. False when someone else took it over first.
   */
  adoptExecution(
    executionId: string,
    from: ProcessMark | null,
    to: ProcessMark,
    holder: string,
  ): { readonly adopted: boolean; readonly lease: LeaseGrant | null };
  /** Durable when it returns (fsync): called before every side effect. */
  saveExecution(execution: Execution): void;
  execution(id: string): Execution | null;
  executionsOfPlan(planId: string): readonly Execution[];
  /** Those that have not ended, and those that ended `unknown` and wait for a person; oldest first. */
  unfinishedExecutions(): readonly Execution[];
  recentExecutions(limit: number): readonly Execution[];
  saveDeployment(deployment: Deployment): void;
  /** Newest first. */
  recentDeployments(pipeline: string, limit: number): readonly Deployment[];
  recordHealth(pipeline: string, version: string, deployedAtMs: number, healthy: boolean): void;
  recordHumanDecision(deploymentId: string, atMs: number): void;
  history(nowMs: number): ActHistory;
}

/** Group rollbacks: each begun once, followed by the process that began it. */
export interface GroupStore {
  /** First record, durable when it returns; false when another process began it: nothing was written. */
  beginGroup(run: GroupRun, owner: ProcessMark): boolean;
  /** Durable when it returns; false when `owner` does not have it in hand any more: nothing was written. */
  saveGroup(run: GroupRun, owner: ProcessMark): boolean;
  group(id: string): GroupRun | null;
  /** Those that have not ended, oldest first, with the process that has each in hand. */
  unfinishedGroups(): readonly { readonly run: GroupRun; readonly owner: ProcessMark }[];
  /** Takes one from an owner that is proven dead; false when another process was faster. */
  adoptGroup(id: string, from: ProcessMark, to: ProcessMark): boolean;
  /** Newest first. */
  recentGroups(limit: number): readonly GroupRun[];
}

/** Where each file was read up to, with the state of its parser, so that a restart goes on where it stopped. */
export interface OffsetStore {
  load(path: string): string | null;
  save(path: string, checkpoint: string): void;
  /** All in one transaction: thousands of files are saved together. */
  saveAll?(checkpoints: ReadonlyMap<string, string>): void;
}

/** An answer as it was given. */
export interface GivenAnswer {
  readonly answer: Answer;
  readonly by: Actor;
  readonly atMs: number;
  readonly reason: string | null;
}

/** An answer from a second shell, waiting for an engine to take it by the same rules as one on screen. */
export interface AnswerRequest extends GivenAnswer {
  readonly id: string;
  readonly proposalId: string;
  readonly answer: 'approved' | 'dismissed';
  readonly typedName: string | null;
  /** Yes although the policy blocks it; absent: no. */
  readonly override?: boolean;
}

/** What an engine made of a request; null while it waits. */
export interface RequestOutcome {
  readonly ok: boolean;
  readonly text: string;
}

/** What processes on one box tell each other through the store. */
export interface ExchangeStore {
  /** Says that this engine is watching and would take an answer. */
  beat(engine: EngineBeat): void;
  endBeat(engineId: string): void;
  engines(): readonly EngineBeat[];
  requestAnswer(request: AnswerRequest): void;
  /** Hands each waiting request that is `mine` to exactly one caller, oldest first; the others go on waiting. */
  takeAnswerRequests(mine?: (request: AnswerRequest) => boolean): readonly AnswerRequest[];
  settleAnswerRequest(id: string, outcome: RequestOutcome): void;
  answerRequestOutcome(id: string): RequestOutcome | null;
}

export interface Store extends AuditStore, LeaseStore, ActStore, GroupStore, ExchangeStore, OffsetStore {
  /** Where the state lives, for messages. */
  readonly location: string;
  /** Machine-wide directory, so that leases bind every user of the box. */
  readonly shared: boolean;
  /** False when earlier state was lost or unreadable and had to be begun anew: `auto` stays off until a person accepts it. */
  readonly stateIntact: boolean;
  /** Why it is not intact, for the operator; null when it is. */
  readonly lossText: string | null;
  /** A person has seen the loss; from now on the state counts as intact. */
  acceptLoss(): void;
  /**
   * Makes one write of all that `work` writes: durable, each of them, only when this returns, and none of it when it
   * throws. For what is recorded; never around an act, whose intent must be durable before it begins.
   */
  together<T>(work: () => T): T;
  close(): void;
}
