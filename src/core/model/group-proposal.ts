import type { Approval, GroupMember, Plan, Proposal } from './rollback.ts';

/** The services a question is about, in the order in which they go back; one for a question about one. */
export function membersOf(proposal: Proposal): readonly GroupMember[] {
  const { group, pipeline, deploymentId, plan } = proposal;
  return group?.members ?? [{ pipeline, deploymentId, plan, why: '' }];
}

/** True where a question is about a pipeline, alone or among others. */
export function concerns(proposal: Proposal, pipeline: string): boolean {
  return membersOf(proposal).some((member) => member.pipeline === pipeline);
}

/** What keeps a question from being carried out by policy, of all its services. */
export function blocksOf(proposal: Proposal): readonly string[] {
  return membersOf(proposal).flatMap(({ plan }) => plan.blockedBy ?? []);
}

/** What has to be typed where a name is asked for: the group's, or the pipeline's. */
export function confirmName({ group, pipeline }: Pick<Proposal, 'group' | 'pipeline'>): string {
  return group?.name ?? pipeline;
}

/** What one question is told apart from others by: its plan, or all plans of its group. */
export function questionKey({ group, plan }: Pick<Proposal, 'group' | 'plan'>): string {
  return group?.id ?? plan.id;
}

/** Id of the question about one service of a group, which the yes to the group answers. */
export function memberProposalId(groupProposalId: string, index: number): string {
  return `${groupProposalId}.${index + 1}`;
}

/** Id of the question about a group that the question of this id is part of; null for one of its own. */
export function groupProposalIdOf(memberId: string): string | null {
  return /^(.+)\.\d+$/.exec(memberId)?.[1] ?? null;
}

/** The question about one service of a group as if it had been put alone. */
export function memberProposal(proposal: Proposal, index: number): Proposal {
  const { group, ...rest } = proposal;
  const member = group?.members[index];
  if (member === undefined) throw new RangeError(`question ${proposal.id} has no service ${index + 1}`);
  const { pipeline, deploymentId, plan } = member;
  return { ...rest, id: memberProposalId(proposal.id, index), pipeline, deploymentId, plan };
}

/** The questions that a yes answers: those about the services of a group, none for a question about one. */
export function memberProposals(proposal: Proposal): readonly Proposal[] {
  return (proposal.group?.members ?? []).map((_, index) => memberProposal(proposal, index));
}

/** The yes to a group as the yes to one service of it. */
export function memberApproval(approval: Approval, member: Proposal): Approval {
  return { ...approval, proposalId: member.id, planId: member.plan.id };
}

/** The plan of a question that an execution carries out; null where it has none such. */
export function planIn(proposal: Proposal, planId: string): Plan | null {
  return membersOf(proposal).find(({ plan }) => plan.id === planId)?.plan ?? null;
}
