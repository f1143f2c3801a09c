import { canonicalJson } from '../../core/model/canonical-json.ts';
import type { GroupRun } from '../../core/model/group-run.ts';
import type { ProcessMark } from '../../ports/process-mark.ts';
import { isSettled } from '../../core/session/execution-machine.ts';
import { groupEnd, groupEndText } from '../../core/plan/group-end.ts';
import { dropRequest } from '../executor/act-request.ts';
import { outsideOf } from '../executor/outside.ts';
import { GroupLost, recordOf, stepsNow } from './record.ts';
import type { GroupDeps } from './types.ts';

/** Ends what dead processes left half-way. See `GroupExecutor.settle`. */
export function settle(deps: GroupDeps, inHand: ReadonlySet<string>): readonly GroupRun[] {
  return deps.store.unfinishedGroups().flatMap(({ run, owner }) => {
    try {
      return inHand.has(run.id) ? [] : settleOne(deps, run, owner);
    } catch (error) {
      // Another process took it meanwhile and ends it; the others are still to be ended here.
      if (error instanceof GroupLost) return [];
      throw error;
    }
  });
}

function settleOne(deps: GroupDeps, run: GroupRun, owner: ProcessMark): readonly GroupRun[] {
  const me = outsideOf(deps).mark();
  const mine = canonicalJson(owner) === canonicalJson(me);
  if (!mine && outsideOf(deps).lifeOf(owner) !== 'dead') return [];
  const proposal = deps.store.proposal(run.id);
  if (proposal === null) return [];
  const steps = stepsNow(deps.store, proposal);
  // One that is still followed ends later; the group is settled then.
  const isOpen = steps.some(({ state }) => state !== 'waiting' && state !== 'unknown' && !isSettled(state));
  if (isOpen || !deps.store.adoptGroup(run.id, owner, me)) return [];
  const record = recordOf(deps, proposal, run);
  record.move({
    state: groupEnd(steps.map(({ state }) => state)),
    hold: null,
    text: groupEndText(steps, 'rollwatch was restarted meanwhile', run.dryRun),
    endedAtMs: deps.clock.nowMs(),
  });
  dropRequest(deps.stateDir, run.id);
  return [record.run];
}
