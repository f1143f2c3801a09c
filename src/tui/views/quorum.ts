import type { Proposal } from '../../core/model/rollback.ts';
import { visible } from '../format/text.ts';

/** Number of people who must say yes. */
export function peopleNeeded({ approvalsNeeded }: Proposal): number {
  return approvalsNeeded ?? 1;
}

/** Who has said yes where several must: `yes from 1 of 2: ann`; empty where one is enough. */
export function quorumText(proposal: Proposal): string {
  const needed = peopleNeeded(proposal);
  if (needed < 2) return '';
  const names = (proposal.approvedBy ?? []).map(({ name }) => visible(name));
  return `yes from ${names.length} of ${needed}${names.length === 0 ? '' : `: ${names.join(', ')}`}`;
}
