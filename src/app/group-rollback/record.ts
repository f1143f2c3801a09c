import type { GroupRun, GroupStep } from '../../core/model/group-run.ts';
import type { Approval, Proposal } from '../../core/model/rollback.ts';
import { memberProposalId, membersOf } from '../../core/model/group-proposal.ts';
import type { Store } from '../../ports/store.ts';
import { outsideOf } from '../executor/outside.ts';
import type { GroupDeps } from './types.ts';

/** Another process has the group rollback in hand since: this one must begin nothing more. */
export class GroupLost extends Error {
  override readonly name = 'GroupLost';
}

/** One group rollback in the hands of this process. */
export interface GroupRecord {
  readonly run: GroupRun;
  /** Writes what changed, with the services as they stand on disk, then announces it. @throws GroupLost */
  move(change: Partial<GroupRun>): void;
}

/** Takes a group rollback in hand. */
export function recordOf(deps: GroupDeps, proposal: Proposal, start: GroupRun): GroupRecord {
  let run = start;
  return {
    get run() {
      return run;
    },
    move(change) {
      const next = { ...run, ...change, steps: stepsNow(deps.store, proposal) };
      if (!deps.store.saveGroup(next, outsideOf(deps).mark())) {
        throw new GroupLost(`group rollback ${run.id} was taken over by another process`);
      }
      run = next;
      deps.onChange(run);
    },
  };
}

/** The first record of a group rollback: everything is still to be done. */
export function firstRun(deps: GroupDeps, proposal: Proposal, approval: Approval): GroupRun {
  return {
    id: proposal.id,
    name: proposal.group?.name ?? proposal.pipeline,
    state: 'running',
    steps: stepsNow(deps.store, proposal),
    hold: null,
    text: `approved by ${approval.by.name}`,
    startedAtMs: deps.clock.nowMs(),
    endedAtMs: null,
    dryRun: membersOf(proposal).some(({ plan }) => plan.dryRun),
    by: approval.by,
  };
}

/** Each service with the state its execution has on disk. */
export function stepsNow(store: Pick<Store, 'executionsOfPlan'>, proposal: Proposal): readonly GroupStep[] {
  return membersOf(proposal).map(({ pipeline, plan }, index) => {
    const id = memberProposalId(proposal.id, index);
    const execution = store.executionsOfPlan(plan.id).find(({ proposalId }) => proposalId === id);
    const { fromVersion, toVersion } = plan;
    return { pipeline, planId: plan.id, fromVersion, toVersion, state: execution?.state ?? 'waiting' };
  });
}
