import { setTimeout as sleep } from 'node:timers/promises';
import { memberProposals } from '../../core/model/group-proposal.ts';
import type { Execution, Proposal } from '../../core/model/rollback.ts';
import { visibleText } from '../../core/model/visible.ts';

/** Pipelines whose rollback this process began and has not seen the end of. */
export interface OpenActs {
  /** Steps are still to be begun, which nobody but this process will do. */
  readonly needed: readonly string[];
  /** The last step runs under its supervisor, or has ended: the next start reads back what came of it. */
  readonly released: readonly string[];
}

/** Follows the acts that this process began. */
export interface OwnActs {
  begin(proposal: Proposal): void;
  changed(execution: Execution): void;
  /** Its execution has ended, or could not be begun. */
  over(proposal: Proposal): void;
  open(): OpenActs;
}

const LOOK_EVERY_MS = 50;

/** Begins with none. */
export function createOwnActs(): OwnActs {
  const lastSteps = new Map<string, number>();
  /** Services of a group whose rollback has not begun, by the id of the question about each. */
  const waiting = new Map<string, string>();
  const newest = new Map<string, Execution>();
  return {
    begin(proposal) {
      for (const { id, pipeline, plan } of actsOf(proposal)) {
        lastSteps.set(id, plan.steps.length - 1);
        if (proposal.group !== undefined) waiting.set(id, pipeline);
      }
    },
    changed(execution) {
      if (lastSteps.has(execution.proposalId)) newest.set(execution.id, execution);
      waiting.delete(execution.proposalId);
    },
    over(proposal) {
      for (const { id } of actsOf(proposal)) {
        lastSteps.delete(id);
        waiting.delete(id);
        for (const one of newest.values()) if (one.proposalId === id) newest.delete(one.id);
      }
    },
    open() {
      const acts = [...newest.values()].filter((one) => one.endedAtMs === null && !one.dryRun);
      const isReleased = ({ state, stepIndex, proposalId }: Execution): boolean =>
        state === 'executing'
          ? stepIndex >= (lastSteps.get(proposalId) ?? 0)
          : state === 'verifying' || state === 'unknown';
      return {
        needed: [...acts.filter((act) => !isReleased(act)).map((act) => act.pipeline), ...waiting.values()],
        released: acts.filter(isReleased).map((act) => act.pipeline),
      };
    },
  };
}

/** The questions whose executions a yes leads to. */
function actsOf(proposal: Proposal): readonly Proposal[] {
  return proposal.group === undefined ? [proposal] : memberProposals(proposal);
}

/** Stays until no act needs this process any more and tells `say` what goes on without it. */
export async function leaveActs(acts: Pick<OwnActs, 'open'>, say: (text: string) => void): Promise<void> {
  const { needed } = acts.open();
  if (needed.length > 0) {
    say(`waits until the last step of the rollback of ${listed(needed)} has begun; Ctrl-C leaves it where it stands`);
  }
  while (acts.open().needed.length > 0) await sleep(LOOK_EVERY_MS);
  const { released } = acts.open();
  if (released.length > 0) {
    say(`the rollback of ${listed(released)} goes on by itself; the next start reads back what came of it`);
  }
}

function listed(pipelines: readonly string[]): string {
  return pipelines.map((name) => visibleText(name, 60)).join(', ');
}
