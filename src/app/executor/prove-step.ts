import { setTimeout as sleep } from 'node:timers/promises';
import type { PlanStep } from '../../core/model/rollback.ts';
import { visibleText } from '../../core/model/visible.ts';
import type { Act } from './act.ts';
import { faultText } from './fault-text.ts';
import { outsideOf } from './outside.ts';

/** Whether a step took effect; `text` is a clause in either case. */
export interface StepProof {
  readonly proven: boolean;
  readonly text: string;
}

/**
 * Reads a step back until it says yes or the time a rollback has for it is over. A step without a read-back of its own
 * counts as proven here: the plan's read-back is still to come.
 */
export async function proveStep(act: Act, step: PlanStep): Promise<StepProof> {
  const readBack = step.readBack ?? null;
  if (readBack === null) return { proven: true, text: `${step.text}: exited with 0` };
  const deadlineMs = act.deps.clock.monotonicMs() + act.plan.verify.withinMs;
  for (;;) {
    const outcome = await outsideOf(act.deps).runCommand(readBack, act.deps.env);
    const said = visibleText(outcome.stdout.split('\n')[0]?.trim() ?? '', 130);
    if (outcome.fault === null)
      return { proven: true, text: `${step.text}: read back${said === '' ? '' : ` (${said})`}` };
    const text = said === '' ? faultText(readBack, outcome, act.deps.env) : said;
    if (act.deps.clock.monotonicMs() >= deadlineMs) return { proven: false, text };
    act.show({ text: `${step.text}: not read back yet (${text})` });
    await sleep(act.times.pollMs);
  }
}
