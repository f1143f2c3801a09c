import { setTimeout as sleep } from 'node:timers/promises';
import type { PlanStep } from '../../core/model/rollback.ts';
import type { Act } from './act.ts';
import type { RunEnd } from './follow-run.ts';
import { whyNot } from './preconditions.ts';
import { runStep } from './run-step.ts';

/**
 * Runs a step, again only where the platform said that this very exit code changed nothing. Everything that must hold
 * before a step is looked at before each run.
 */
export async function runWithRetry(act: Act, step: PlanStep): Promise<RunEnd> {
  const retry = step.retry ?? null;
  for (let stepTry = 0; ; stepTry += 1) {
    const end = await runStep(act, step, stepTry);
    if (retry === null || stepTry + 1 >= retry.attempts || !mayRepeat(end, retry.exitCodes)) return end;
    const waitMs = retry.backoffMs * 2 ** stepTry;
    act.show({ text: `${step.text}: it said that nothing was changed; again in ${Math.ceil(waitMs / 1000)} s` });
    await sleep(waitMs);
    const why = await whyNot(act, step);
    if (why !== null)
      return {
        kind: 'not-started',
        why: `after ${stepTry === 0 ? 'a first run' : `${stepTry + 1} runs`} that changed nothing: ${why}`,
      };
  }
}

function mayRepeat(end: RunEnd, exitCodes: readonly number[]): boolean {
  if (end.kind !== 'ended') return false;
  const { exitCode, timedOut, startError } = end.result;
  return exitCode !== null && exitCode !== 0 && !timedOut && startError === null && exitCodes.includes(exitCode);
}
