import type { ServiceGroup } from '../core/model/group.ts';
import type { StepJudge } from '../core/model/rollback.ts';
import { rollbackOrder } from '../core/plan/dependency-order.ts';
import { PlanFault } from '../core/plan/plan-fault.ts';
import { DEFAULT_JUDGE } from '../core/plan/with-judging.ts';
import { matchesPattern } from './pattern.ts';
import type { ConfigFile } from './schema.ts';

/** Deployments within so long of each other count as made together unless the config says otherwise. */
export const DEFAULT_TOGETHER_MS = 600_000;

type Written = NonNullable<ConfigFile['groups']>[number];

/** The groups of a config, in the order of the file. */
export function groupsOf(file: ConfigFile | null): readonly ServiceGroup[] {
  return (file?.groups ?? []).map(({ name, match, needs, together, judge }) => ({
    name,
    has: (pipeline) => match.some((pattern) => matchesPattern(pattern, pipeline)),
    needs: needs ?? {},
    togetherMs: together ?? DEFAULT_TOGETHER_MS,
    judge: judgeOf(judge),
  }));
}

/** How a step, or a service of a group, is judged: what is written, over the defaults. */
export function judgeOf(written: Written['judge']): StepJudge {
  return {
    healthAtLeast: written?.healthAtLeast ?? DEFAULT_JUDGE.healthAtLeast,
    worseBy: written?.worseBy ?? DEFAULT_JUDGE.worseBy,
    forMs: written?.for ?? DEFAULT_JUDGE.forMs,
    holdMs: written?.hold ?? DEFAULT_JUDGE.holdMs,
  };
}

/** What cannot be right about a group: the key beneath it, what was found and the fix. */
export interface GroupFault {
  readonly key: readonly string[];
  readonly message: string;
  readonly fix: string;
}

/** Names of no service of the group, and services that need each other in a circle. */
export function groupFaults({ name, match, needs = {} }: Written): readonly GroupFault[] {
  const faults: GroupFault[] = [];
  const isOfGroup = (pipeline: string): boolean => match.some((pattern) => matchesPattern(pattern, pipeline));
  for (const [service, needed] of Object.entries(needs)) {
    const strange = [service, ...needed].find((one) => !isOfGroup(one));
    if (strange === undefined) continue;
    const message = `"${strange}" is no pipeline of the group "${name}"`;
    faults.push({ key: ['needs', service], message, fix: 'add it to `match:`, or take it out here' });
  }
  try {
    rollbackOrder(Object.keys(needs), needs);
  } catch (error) {
    if (!(error instanceof PlanFault)) throw error;
    faults.push({ key: ['needs'], message: error.message, fix: 'say it in one direction only' });
  }
  return faults;
}
