import { overrideTexts } from '../../core/decide/decide.ts';
import type { DecideInput } from '../../core/decide/input.ts';
import { boundRails } from '../../core/decide/rails.ts';
import type { Decision } from '../../core/model/decision.ts';
import { confirmName, membersOf } from '../../core/model/group-proposal.ts';
import type { Actor, Answer, Plan, Proposal, ProposalGroup } from '../../core/model/rollback.ts';
import { failureKey } from './failure-key.ts';
import { insteadOf } from './going-forward.ts';
import { findingsAbout, findingsDigest } from './kept-findings.ts';
import type { EngineState, PipelineEntry } from './state.ts';

/** rollwatch itself, where nobody acted. */
export const SYSTEM: Actor = { kind: 'system', name: 'rollwatch', via: 'engine' };
/** rollwatch acting by the policy `auto`. */
export const AUTO: Actor = { kind: 'auto', name: 'rollwatch', via: 'policy' };

/** Without a forecast for so long, a question about one is taken back. */
const FORESEEN_NO_MORE_MS = 300_000;

/** Does with the pipeline's question what its decision calls for: opens it, begins its countdown, or takes it back. */
export function followDecision(
  state: EngineState,
  entry: PipelineEntry,
  decision: Decision,
  input: DecideInput,
  plan: Plan | null,
  group: GroupQuestion | null = null,
): void {
  const open = state.open.get(entry.pipeline);
  if (open !== undefined) {
    followOpen(state, entry, open, decision, input);
    return;
  }
  if (decision.kind !== 'ask' && decision.kind !== 'rollback') return;
  const key = failureKey(entry, decision.reason === 'predicted');
  if (plan === null || entry.askedKey === key) return;
  // The seed's rule proposes without looking left or right; whether it may be put to a person is looked at here.
  if (boundRails(input).some(({ rail }) => rail.binds === 'all')) return;
  entry.askedKey = key;
  openProposal(state, entry, decision, input, plan, {}, group);
}

/** A group a question is about, with what the strictest of its services asks of a yes. */
export interface GroupQuestion {
  readonly group: ProposalGroup;
  readonly approvals: number;
  readonly production: boolean;
  /** Of the services beside the one it is put for. */
  readonly overrides: readonly string[];
  readonly warnings: readonly string[];
  /** What the rollback of one will not undo is still being looked at. */
  readonly isLooking: boolean;
}

/**
 * Puts a question to a person; about a group, it takes the place of the questions about its services. `like` is what it
 * takes over from the one it replaces.
 */
export function openProposal(
  state: EngineState,
  entry: PipelineEntry,
  decision: Decision,
  input: DecideInput,
  plan: Plan,
  like: Partial<Pick<Proposal, 'because' | 'held' | 'expiresAtMs'>> = {},
  group: GroupQuestion | null = null,
): Proposal {
  state.proposalCount += 1;
  const asked = group?.group.id ?? plan.id;
  const id = state.options.hash(`proposal|${asked}|${state.nowMs}|${state.proposalCount}`).slice(0, 10);
  const alone = { ...proposalOf(state, entry, decision, input, plan), ...like, id };
  const proposal = group === null ? alone : together(alone, group);
  closeParts(state, proposal);
  for (const { pipeline, plan: its } of membersOf(proposal)) {
    const one = state.entry(pipeline);
    one.known = findingsDigest(findingsAbout(one, its.deploymentId, its.toVersion));
  }
  if (entry.looked === null) entry.draft = null;
  keepOpen(state, proposal);
  state.emit({ type: 'proposal-opened', proposal });
  return proposal;
}

/** A question as it would be put, without an id: it is neither kept nor answered. */
export function proposalOf(
  state: EngineState,
  entry: PipelineEntry,
  decision: Decision,
  input: DecideInput,
  plan: Plan,
): Proposal {
  const { policy } = entry.settings;
  const { nowMs } = state;
  const { approvals: several = 1 } = policy;
  const instead = insteadOf(state, entry, plan);
  return {
    id: '',
    pipeline: entry.pipeline,
    deploymentId: plan.deploymentId,
    plan,
    openedAtMs: nowMs,
    expiresAtMs: nowMs + policy.proposalExpiresMs,
    because: decision.reason,
    evidence: input.verdict.evidence,
    ...(input.verdict.failing !== undefined && { failing: input.verdict.failing }),
    ...(input.verdict.predicted && { predicted: input.verdict.predicted }),
    ...(input.verdict.causes && { causes: input.verdict.causes }),
    risk: entry.risk,
    confirmBy: policy.production ? 'typed-name' : 'key',
    // Where several people must say yes, nothing is done by itself.
    autoAtMs: countsDown(decision) && several === 1 ? nowMs + policy.autoCountdownMs : null,
    held: false,
    overrides: overrideTexts(input),
    warnings: warningsOf(input, plan),
    ...(instead.length === 0 ? {} : { instead }),
    ...(several === 1 ? {} : { approvalsNeeded: several }),
  };
}

/** Closes a question for good. `by` null = nobody did, time or events took it back. */
export function closeProposal(
  state: EngineState,
  proposal: Proposal,
  answer: Answer,
  by: Actor | null,
  reason: string | null,
  overrode: readonly string[] = [],
): void {
  for (const { pipeline: one } of membersOf(proposal)) state.open.delete(one);
  state.entry(proposal.pipeline).wish = null;
  state.answered.set(proposal.id, answer);
  const { id: proposalId, pipeline } = proposal;
  const overriding = overrode.length === 0 ? {} : { overrode };
  state.emit({ type: 'proposal-closed', proposalId, pipeline, answer, by: by ?? SYSTEM, reason, ...overriding });
}

/** Stops a countdown: from here on only a person may approve. */
export function holdProposal(state: EngineState, proposal: Proposal, by: Actor): void {
  keepOpen(state, { ...proposal, held: true, autoAtMs: null });
  state.emit({ type: 'proposal-held', proposalId: proposal.id, pipeline: proposal.pipeline, by });
}

/** An approved plan: from now on an act is under way. */
export function approveProposal(
  state: EngineState,
  proposal: Proposal,
  by: Actor,
  reason: string | null,
  overrode: readonly string[] = [],
): void {
  const [first, ...others] = membersOf(proposal);
  if (by.kind === 'person') for (const { deploymentId } of membersOf(proposal)) state.decided.add(deploymentId);
  state.act = {
    pipeline: first!.pipeline,
    planId: first!.plan.id,
    others: others.map(({ pipeline }) => pipeline),
    holder: by.name,
    approvedAtMs: state.nowMs,
    started: false,
  };
  closeProposal(state, proposal, 'approved', by, reason, overrode);
}

function followOpen(
  state: EngineState,
  entry: PipelineEntry,
  open: Proposal,
  decision: Decision,
  input: DecideInput,
): void {
  // A question about a group stands with the service it was put for.
  if (open.pipeline !== entry.pipeline) return;
  if (decision.kind === 'hold' && decision.reason === 'silenced') {
    // What still fails when the silence ends is asked about then.
    entry.askedKey = null;
    closeProposal(state, open, 'superseded', null, decision.text);
    return;
  }
  const { phase } = input.verdict;
  const over = phase === 'Running' || phase === 'Successful' || phase === 'Inconclusive' || phase === 'Pending';
  const isForeseen = isStillForeseen(state, entry, open, input);
  if (decision.kind === 'hold' && over && !isForeseen) {
    // Should it be foreseen again, it is asked about again.
    if (open.because === 'predicted') entry.askedKey = null;
    closeProposal(state, open, 'superseded', null, input.verdict.text);
    return;
  }
  if (open.autoAtMs !== null && !countsDown(decision)) {
    // What `auto` relied on no longer holds: it does not begin again by itself.
    holdProposal(state, open, SYSTEM);
    return;
  }
  const mayCount = open.autoAtMs === null && !open.held && open.group === undefined;
  if (mayCount && countsDown(decision) && (open.approvalsNeeded ?? 1) === 1) {
    const counting = { ...open, autoAtMs: state.nowMs + entry.settings.policy.autoCountdownMs };
    state.open.set(entry.pipeline, counting);
    state.emit({ type: 'proposal-opened', proposal: counting });
  }
}

/** A forecast comes and goes with the noise: a question about it stands until there has been none for a while. */
function isStillForeseen(state: EngineState, entry: PipelineEntry, open: Proposal, { verdict }: DecideInput): boolean {
  if (open.because !== 'predicted') return false;
  if (verdict.predicted !== undefined || verdict.evidence.length > 0) entry.foreseenAtMs = state.nowMs;
  return state.nowMs - Math.max(entry.foreseenAtMs, open.openedAtMs) < FORESEEN_NO_MORE_MS;
}

/** A question is open for each service it is about. */
export function keepOpen(state: EngineState, proposal: Proposal): void {
  for (const { pipeline } of membersOf(proposal)) state.open.set(pipeline, proposal);
}

/** Where several services go back, nothing is done by itself. */
function together(alone: Proposal, { group, approvals, production, overrides, warnings }: GroupQuestion): Proposal {
  const several = Math.max(approvals, alone.approvalsNeeded ?? 1);
  return {
    ...alone,
    group,
    autoAtMs: null,
    confirmBy: production ? 'typed-name' : alone.confirmBy,
    overrides: [...alone.overrides, ...overrides],
    warnings: [...alone.warnings, ...warnings],
    ...(several === 1 ? {} : { approvalsNeeded: several }),
  };
}

/** Questions about services that one about a group takes the place of. */
function closeParts(state: EngineState, proposal: Proposal): void {
  for (const { pipeline } of membersOf(proposal)) {
    const part = state.open.get(pipeline);
    if (part !== undefined) closeProposal(state, part, 'superseded', null, `asked as part of ${confirmName(proposal)}`);
  }
}

/** Only `guarded` in mode `auto` decides `rollback` in earnest; the seed's is a proposal. */
export function countsDown(decision: Decision): boolean {
  return decision.kind === 'rollback' && decision.policy === 'guarded' && decision.mode === 'auto';
}

/** What a person should mind about a plan, a sentence each. */
export function warningsOf({ verdict, ability }: DecideInput, plan: Plan): readonly string[] {
  const warnings: string[] = [];
  if (plan.dryRun) warnings.push(`dry run${plan.dryRunBecause === null ? '' : `: ${plan.dryRunBecause}`}`);
  if (!ability.hasVerify)
    warnings.push('nothing reads the version back (set `version`): unverified at best, even when health recovers');
  if (verdict.reason === 'shared-cause') warnings.push(verdict.text);
  if (verdict.phase !== 'Failed' && verdict.predicted === undefined) warnings.push(`not failed: ${verdict.text}`);
  return warnings;
}
