import { existsSync } from 'node:fs';
import type { PlanStep } from '../../core/model/rollback.ts';
import { claimRun, readResult, type RunResult } from '../../supervisor/run-directory.ts';
import { runDir, type Act } from './act.ts';
import { settleStep } from './carry-out.ts';
import { followRun } from './follow-run.ts';
import { outsideOf } from './outside.ts';
import { nowServing } from './read-back.ts';
import { verify } from './verify.ts';

/** Before what was read back last, in the text of an execution that stays unknown. */
const SEEN = ' · seen again: ';

/**
 * Goes on with an execution another process (or an earlier try) left, as far as that runs nothing: what was not begun
 * is precluded, what runs is followed, what ended is read back. The next step is never begun.
 *
 * @param because why it was left, as a clause.
 */
export async function resume(act: Act, because = 'rollwatch ended before it began'): Promise<void> {
  const { state, stepIndex } = act.execution;
  if (state === 'planned' || state === 'approved' || state === 'leased') {
    preclude(act, stepIndex);
    return act.end('cancelled', `nothing was run: ${because}`);
  }
  if (state === 'executing') return resumeStep(act);
  if (state === 'verifying') return verify(act);
  if (state === 'unknown') return lookAgain(act);
}

async function resumeStep(act: Act): Promise<void> {
  const { steps } = act.plan;
  const step = steps[act.execution.stepIndex];
  if (act.execution.dryRun) return act.end('cancelled', 'dry run: rollwatch ended before it was through');
  const { stepTry = 0 } = act.execution;
  const dir = step === undefined ? null : runDir(act.deps, act.execution.id, step.index, stepTry);
  if (step === undefined || dir === null || !existsSync(dir)) {
    return act.end(
      'unknown',
      `the record of its run is gone; whether it took effect is not known; ${await nowServing(act)}`,
    );
  }
  // One prepared but not yet announced must not begin later.
  preclude(act, step.index + 1);
  preclude(act, step.index, stepTry + 1);
  if (!(await settleStep(act, step, await followRun(act, step, dir, null)))) return;
  if (step.index + 1 < steps.length) {
    const held = (act.execution.hold ?? null) === null ? '' : `, where it was held (${act.execution.hold?.why ?? ''})`;
    const text = `stopped after step ${step.index + 1} of ${steps.length}${held}, since rollwatch was restarted; ${await nowServing(act)}`;
    return act.end('failed', text, { hold: null });
  }
  act.move('verifying', { text: 'the command has ended; reading back' });
  return verify(act);
}

/** A result that came after all is proof; anything else only tells which version serves now. */
async function lookAgain(act: Act): Promise<void> {
  const { id, stepIndex, stepTry, text } = act.execution;
  const step = act.plan.steps[stepIndex];
  const result = step === undefined ? null : readResult(runDir(act.deps, id, stepIndex, stepTry));
  if (step !== undefined && result !== null && !result.timedOut && !saysUnknown(step, result)) {
    const [last, ok] = [step.index + 1 === act.plan.steps.length, result.exitCode === 0];
    if (last && ok) {
      act.move('verifying', { exitCode: 0, text: 'the command has ended after all; reading back' });
      return verify(act);
    }
    const how = result.startError ?? `exit code ${result.exitCode ?? 'none'}, signal ${result.signal ?? 'none'}`;
    return act.end('failed', `rollback failed: the command has ended after all (${how}); ${await nowServing(act)}`);
  }
  const serving = await nowServing(act);
  if (!text.includes(serving)) act.move('unknown', { text: `${text.split(SEEN)[0] ?? text}${SEEN}${serving}` });
}

/** Makes sure that no supervisor will ever begin a step that may have been prepared. */
function preclude(act: Act, stepIndex: number, stepTry = 0): void {
  const dir = runDir(act.deps, act.execution.id, stepIndex, stepTry);
  if (!existsSync(dir)) return;
  const mark = outsideOf(act.deps).mark();
  claimRun(dir, { by: 'reconciler', mark, atMs: act.deps.clock.nowMs() }, act.deps.stateDir.fileMode);
}

function saysUnknown(step: PlanStep, { exitCode }: RunResult): boolean {
  return exitCode !== null && exitCode === step.unknownExitCode;
}
