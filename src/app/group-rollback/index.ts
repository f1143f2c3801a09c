import { outsideOf } from '../executor/outside.ts';
import { carryOut } from './carry-out.ts';
import { firstRun, GroupLost, recordOf } from './record.ts';
import { settle } from './settle.ts';
import type { GroupDeps, GroupExecutor } from './types.ts';

export type { GroupDeps, GroupExecutor } from './types.ts';

/** Makes what rolls groups of services back in this process. */
export function createGroupExecutor(deps: GroupDeps): GroupExecutor {
  const inHand = new Set<string>();
  return {
    async execute(proposal, approval) {
      const { group } = proposal;
      if (group === undefined) throw new Error(`question ${proposal.id} is not about a group`);
      const first = firstRun(deps, proposal, approval);
      if (!deps.store.beginGroup(first, outsideOf(deps).mark())) return deps.store.group(proposal.id) ?? first;
      inHand.add(first.id);
      try {
        deps.onChange(first);
        return await carryOut(deps, recordOf(deps, proposal, first), proposal, group, approval);
      } catch (error) {
        if (error instanceof GroupLost) return deps.store.group(first.id) ?? first;
        throw error;
      } finally {
        inHand.delete(first.id);
      }
    },
    settle: () => settle(deps, inHand),
  };
}
