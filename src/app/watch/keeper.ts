import type { SessionEvent } from '../../core/session/event.ts';
import { membersOf } from '../../core/model/group-proposal.ts';
import type { Proposal } from '../../core/model/rollback.ts';
import type { Phase } from '../../core/model/verdict.ts';
import type { Store } from '../../ports/store.ts';

/** What became of an event in the store: possibly another event, when another process was first. */
export interface Kept {
  readonly event: SessionEvent;
  /** The question of another process for the same plan, which takes the place of ours. */
  readonly adopted: Proposal | null;
  /** Why an answer was not taken; null when it was, or when the event is no answer. */
  readonly refusal: string | null;
}

/** Phases in which an analysis has come to a result. */
const ENDS: Readonly<Partial<Record<Phase, boolean>>> = { Successful: true, Failed: false };
const DEPLOYMENTS_LOOKED_AT = 50;

/** Writes what an event means to the tables beside the audit, before the event itself is recorded. */
export function keep(event: SessionEvent, store: Store, atMs: number): Kept {
  const kept: Kept = { event, adopted: null, refusal: null };
  switch (event.type) {
    case 'deployment-observed':
      store.saveDeployment(event.deployment);
      return kept;
    case 'proposal-opened': {
      for (const { plan } of membersOf(event.proposal)) store.savePlan(plan);
      const open = store.saveProposal(event.proposal);
      if (open.id === event.proposal.id) return kept;
      return { ...kept, event: { ...event, proposal: open }, adopted: open };
    }
    case 'proposal-held':
      store.holdProposal(event.proposalId);
      return kept;
    case 'proposal-seconded':
      store.secondProposal(event.proposalId, event.by);
      return kept;
    case 'proposal-closed':
      return keepAnswer(event, store, atMs);
    case 'human-rollback':
      if (event.deploymentId !== null) store.recordHumanDecision(event.deploymentId, atMs);
      return kept;
    case 'verdict-changed':
      keepHealth(event, store);
      return kept;
    case 'session-started':
    case 'session-ended':
    case 'decision-made':
    case 'answer-refused':
    case 'execution-changed':
    case 'group-changed':
    case 'halted':
    case 'resumed':
    case 'config-trusted':
    case 'external-rollback':
    case 'silenced':
    case 'silence-ended':
      return kept;
  }
}

/** How an analysis ended says how the version does; only what was seen live counts. */
function keepHealth({ verdict }: Extract<SessionEvent, { readonly type: 'verdict-changed' }>, store: Store): void {
  const { pipeline, deploymentId, phase, reason, freshness } = verdict;
  const healthy = ENDS[phase];
  // A cause that others share says nothing of the version.
  if (healthy === undefined || reason === 'shared-cause' || freshness !== 'live' || deploymentId === null) return;
  const of = store.recentDeployments(pipeline, DEPLOYMENTS_LOOKED_AT).find(({ id }) => id === deploymentId);
  if (of === undefined || of.origin === 'inferred') return;
  store.recordHealth(pipeline, of.version, of.atMs, healthy);
}

type Closed = Extract<SessionEvent, { readonly type: 'proposal-closed' }>;

function keepAnswer(event: Closed, store: Store, atMs: number): Kept {
  const { proposalId, answer, by, reason } = event;
  const kept: Kept = { event, adopted: null, refusal: null };
  if (answer === 'expired' || answer === 'superseded') {
    store.closeProposal(proposalId, answer, atMs);
    return kept;
  }
  if (store.answerProposal(proposalId, { answer, by, atMs, reason })) {
    const proposal = store.proposal(proposalId);
    const members = answer === 'dismissed' && proposal !== null ? membersOf(proposal) : [];
    for (const { deploymentId } of members) store.recordHumanDecision(deploymentId, atMs);
    return kept;
  }
  const first = store.answerOf(proposalId);
  const why = first === null ? 'it has expired' : `${first.by.name} (${first.by.via}) has ${first.answer} it already`;
  return { event: { type: 'answer-refused', proposalId, by, why }, adopted: null, refusal: why };
}
