import { samePerson } from '../../core/decide/quorum.ts';
import { boundRails } from '../../core/decide/rails.ts';
import { confirmName, membersOf } from '../../core/model/group-proposal.ts';
import type { Actor, GroupMember, Proposal } from '../../core/model/rollback.ts';
import { durationText, momentText } from '../../core/model/time.ts';
import { visibleText } from '../../core/model/visible.ts';
import type { CommandResult } from '../../core/session/command.ts';
import { decideInput } from './decide-input.ts';
import { approveProposal, closeProposal, keepOpen } from './proposals.ts';
import type { EngineState, PipelineEntry } from './state.ts';
import type { EngineCommand, EngineInput } from './types.ts';
import { factsOf } from './way-back.ts';

type Answered = Extract<EngineInput, { readonly type: 'answered' }>;
type Approve = Extract<EngineCommand, { readonly type: 'approve' }>;

/** A yes: taken when everything still holds that the person was shown, refused with the reason when not. */
export function approve(state: EngineState, command: Approve, by: Actor): CommandResult {
  const found = findOpen(state, command.proposalId);
  const why = typeof found === 'string' ? found : (refusal(state, found, command, by) ?? null);
  if (typeof found === 'string' || why !== null) return refuse(state, command.proposalId, by, why ?? '');
  const others = found.approvedBy ?? [];
  const needed = found.approvalsNeeded ?? 1;
  if (others.some((one) => samePerson(one, by))) {
    return refuse(state, found.id, by, 'you have said yes already; another person must, not another window');
  }
  if (others.length + 1 < needed) return second(state, found, by, command.reason);
  approveProposal(state, found, by, command.reason, overridden(state, found));
  return { ok: true, text: `approved: ${membersOf(found).map(versionsText).join(', ')}` };
}

function versionsText({ pipeline, plan }: GroupMember, _: number, all: readonly GroupMember[]): string {
  const versions = `${visibleText(plan.fromVersion, 60)} → ${visibleText(plan.toVersion, 60)}`;
  return all.length === 1 ? versions : `${visibleText(pipeline, 60)} ${versions}`;
}

/** A yes that is not the last one needed: kept until the question closes, and only there. */
function second(state: EngineState, proposal: Proposal, by: Actor, reason: string | null): CommandResult {
  const { id: proposalId, pipeline, approvalsNeeded: needed = 1 } = proposal;
  const approvedBy = [...(proposal.approvedBy ?? []), by];
  const have = approvedBy.length;
  keepOpen(state, { ...proposal, approvedBy });
  state.emit({ type: 'proposal-seconded', proposalId, pipeline, by, have, needed, reason });
  return { ok: true, text: `noted: ${have} of ${needed} have said yes; another person must` };
}

/** A no: nobody is asked about this deployment again, except by hand. */
export function dismiss(state: EngineState, proposalId: string, by: Actor, reason: string | null): CommandResult {
  const found = findOpen(state, proposalId);
  if (typeof found === 'string') return refuse(state, proposalId, by, found);
  if (by.kind !== 'person') return refuse(state, proposalId, by, 'only a person may dismiss a question');
  for (const { deploymentId } of membersOf(found)) state.decided.add(deploymentId);
  closeProposal(state, found, 'dismissed', by, reason);
  return { ok: true, text: 'dismissed: not asked again about this deployment; r proposes it by hand' };
}

/** The open question with that id, or why there is none. */
export function findOpen(state: EngineState, proposalId: string): Proposal | string {
  const answer = state.answered.get(proposalId);
  if (answer !== undefined) return `already answered: ${answer}`;
  for (const proposal of state.open.values()) {
    if (proposal.id !== proposalId) continue;
    if (state.nowMs < proposal.expiresAtMs) return proposal;
    return `expired at ${momentText(proposal.expiresAtMs, state.nowMs)}: press r to ask again`;
  }
  return 'no such question is open';
}

/** An answer that another process took: the question is no longer open here; the event is that process's to record. */
export function followAnswer(state: EngineState, { proposalId, answer, by }: Answered): void {
  const found = [...state.open.values()].find(({ id }) => id === proposalId);
  if (found === undefined) return;
  state.answered.set(proposalId, answer);
  for (const { pipeline, deploymentId } of membersOf(found)) {
    state.open.delete(pipeline);
    if (by.kind === 'person') state.decided.add(deploymentId);
  }
}

/** Records that an answer was not taken. */
export function refuse(state: EngineState, proposalId: string, by: Actor, why: string): CommandResult {
  state.emit({ type: 'answer-refused', proposalId: visibleText(proposalId, 60), by, why });
  return { ok: false, text: `refused: ${why}` };
}

/** Why a yes cannot be taken; null when it can. Freshness and version are looked at again, at this moment. */
function refusal(state: EngineState, proposal: Proposal, command: Approve, by: Actor): string | null {
  if (by.kind !== 'person' || by.name.trim() === '') return 'only a named person may approve';
  if (proposal.confirmBy === 'typed-name' && command.typedName !== confirmName(proposal)) {
    const whose = proposal.group === undefined ? 'pipeline' : 'group';
    return `type the name of the ${whose} exactly: ${visibleText(confirmName(proposal), 120)}`;
  }
  const members = membersOf(proposal);
  for (const member of members) {
    const changed = nowRefused(state, state.entry(member.pipeline), member);
    if (changed !== null) return members.length === 1 ? changed : `${visibleText(member.pipeline, 60)}: ${changed}`;
  }
  const blockedBy = members.flatMap(({ plan }) => plan.blockedBy ?? []);
  if (blockedBy.length > 0 && command.override !== true) {
    return `the policy blocks it: ${visibleText(blockedBy.join('; '), 240)}; a person may override that in so many words (--override --reason TEXT)`;
  }
  const overrides = overridden(state, proposal);
  if (overrides.length > 0 && (command.reason ?? '').trim() === '') {
    return `give a reason, for this overrides: ${overrides.join('; ')}`;
  }
  return null;
}

/** What stands against acting on a service now, whoever says yes; null when nothing does. */
export function nowRefused(
  state: EngineState,
  entry: PipelineEntry,
  proposal: Pick<GroupMember, 'deploymentId' | 'plan'>,
): string | null {
  const { judge } = entry;
  const { current } = judge.timeline;
  if (current?.id !== proposal.deploymentId) {
    return `the deployment has changed to ${visibleText(current?.version ?? 'none', 60)}`;
  }
  const { dryRun } = proposal.plan;
  // The clock may have moved on since the last tick: silence is looked for again.
  judge.fresh.pass(state.nowMs, judge.board.pace, false);
  const { freshness } = judge;
  if (freshness !== 'live' && !(dryRun && (freshness === 'recorded' || freshness === 'replayed'))) {
    const age = freshness === 'future' ? '' : `, last sample ${durationText(state.nowMs - judge.lastMs)} ago`;
    return `the data is ${freshness}, not live${age}`;
  }
  const input = decideInput(state, entry, factsOf(entry, proposal.plan));
  const hard = boundRails(input).find(({ rail }) => rail.binds === 'all' && !rail.overridable);
  return hard === undefined ? null : hard.text;
}

/** Rails that bind now and that a yes overrides: those of the dialog, and any that came since. */
function overridden(state: EngineState, proposal: Proposal): readonly string[] {
  const bound = membersOf(proposal).flatMap(({ pipeline, plan }) => {
    const entry = state.entry(pipeline);
    const input = decideInput(state, entry, factsOf(entry, plan));
    const texts = boundRails(input).flatMap(({ rail, text }) => (rail.overridable ? [text] : []));
    return pipeline === proposal.pipeline ? texts : texts.map((text) => `${visibleText(pipeline, 60)}: ${text}`);
  });
  return [...new Set([...proposal.overrides, ...bound])];
}
