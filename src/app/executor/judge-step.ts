import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionHold, StepJudge } from '../../core/model/rollback.ts';
import type { Act } from './act.ts';
import { readRequest } from './act-request.ts';
import { compareSides, type SideComparison } from './compare-sides.ts';
import { returnedHealth, sideHealth, worstServing, type SideHealth } from './side-health.ts';

/** What a step did to the health of the pipeline. */
export type StepJudgement =
  | { readonly kind: 'go-on'; readonly text: string }
  | { readonly kind: 'hold'; readonly why: ExecutionHold['why']; readonly text: string }
  | { readonly kind: 'no-data'; readonly text: string };

/** One bad sample is no proof that a step made it worse. */
const WORSE_IN_A_ROW = 2;

/**
 * Looks at the health for the time the plan gives a step: worse than before it by more than the limit holds at once,
 * recovered through the second half of that time holds at its end, anything else goes on. In A/B the two versions are
 * compared by their own samples at the end instead. Only live verdicts made after
 * the step count; without any, nothing more is done.
 *
 * @param before health just before the step; null where it was not known.
 */
export async function judgeStep(act: Act, judge: StepJudge, before: SideHealth | null): Promise<StepJudgement> {
  const { clock } = act.deps;
  const sinceMs = clock.nowMs();
  const [startMs, half] = [clock.monotonicMs(), judge.forMs / 2];
  const floor = before === null ? null : returnedHealth(before) - judge.worseBy;
  let last: SideHealth | null = null;
  let worse = 0;
  let good = { sinceMs: Infinity, looks: 0 };
  for (;;) {
    const nowMs = clock.monotonicMs();
    const health = sideHealth(act, sinceMs);
    if (health !== null && health.atMs !== last?.atMs) {
      last = health;
      worse = floor !== null && returnedHealth(health) < floor ? worse + 1 : 0;
      const well = worstServing(health) >= judge.healthAtLeast;
      good = well ? { sinceMs: Math.min(good.sinceMs, nowMs), looks: good.looks + 1 } : { sinceMs: Infinity, looks: 0 };
    }
    if (worse >= WORSE_IN_A_ROW) return held('worse', `the step made it worse: ${change(before, last!)}`);
    // Asked to stop: the next look before a step says so.
    if (readRequest(act.deps.stateDir, act.execution.id)?.kind === 'abort')
      return { kind: 'go-on', text: 'asked to stop' };
    if (nowMs - startMs >= judge.forMs) break;
    act.show({ text: `judging the step: health ${last === null ? 'not known yet' : Math.round(last.whole)}` });
    await sleep(act.times.pollMs);
  }
  if (last === null) return { kind: 'no-data', text: 'there is no live data to judge the step by' };
  const compared = act.plan.strategy === 'ab' ? compareSides(act, sinceMs) : null;
  if (compared !== null && compared.worse !== 'unknown') return byComparison(compared);
  if (good.looks > 1 && good.sinceMs - startMs <= half) {
    return held('recovered', `health has recovered: ${change(before, last)}`);
  }
  return { kind: 'go-on', text: `not recovered yet: ${change(before, last)}` };
}

/** Of two versions side by side the worse one loses; where that is not the present one, a person decides. */
function byComparison({ worse, text }: SideComparison): StepJudgement {
  if (worse === 'present') return { kind: 'go-on', text };
  return held(worse === 'earlier' ? 'worse' : 'even', text);
}

function held(why: ExecutionHold['why'], text: string): StepJudgement {
  return { kind: 'hold', why, text };
}

function change(before: SideHealth | null, { whole, earlier, present }: SideHealth): string {
  const from = before === null ? '' : ` (${Math.round(before.whole)} before the step)`;
  const sides = [
    earlier === null ? [] : `earlier version ${Math.round(earlier)}`,
    present === null ? [] : `present ${Math.round(present)}`,
  ];
  const apart = sides.flat();
  return `health ${Math.round(whole)}${from}${apart.length === 0 ? '' : `, ${apart.join(', ')}`}`;
}
