import type { PlanStep } from '../../core/model/rollback.ts';
import { durationText } from '../../core/model/time.ts';
import { visibleText } from '../../core/model/visible.ts';
import type { RunResult } from '../../supervisor/run-directory.ts';
import type { Act } from './act.ts';
import type { RunEnd } from './follow-run.ts';
import { holdStill } from './hold-still.ts';
import { judgeStep } from './judge-step.ts';
import { leftoversText } from './leftover-processes.ts';
import { whyNot } from './preconditions.ts';
import { proveStep } from './prove-step.ts';
import { nowServing } from './read-back.ts';
import { runWithRetry } from './run-with-retry.ts';
import { sideHealth } from './side-health.ts';
import { changedBefore, doneSoFar, onlyReads } from './step-kind.ts';
import { verify } from './verify.ts';

/** From the lease to the end: every step with its checks, then the proof. A dry run takes the same way without the calls. */
export async function carryOut(act: Act): Promise<void> {
  act.move('leased', { text: `the lease on ${act.plan.target.text} is held` });
  for (const step of act.plan.steps) {
    const why = await whyNot(act, step);
    if (why !== null) return act.end('cancelled', `${doneSoFar(act.plan, step)}: ${why}`);
    if (act.execution.dryRun) act.move('executing', { stepIndex: step.index, text: `dry run: ${step.text}` });
    else if (!(await takeStep(act, step))) return;
  }
  if (act.execution.dryRun) return endDryRun(act);
  act.move('verifying', { text: 'the command has ended; reading back' });
  return verify(act);
}

/** One step with its proof and its judgement; false when the execution has ended with it. */
async function takeStep(act: Act, step: PlanStep): Promise<boolean> {
  const before = sideHealth(act, 0);
  if (!(await settleStep(act, step, await runWithRetry(act, step)))) return false;
  const judge = step.judge ?? null;
  if (judge === null) return true;
  const judgement = await judgeStep(act, judge, before);
  if (judgement.kind === 'hold') {
    return holdStill(act, { step, why: judgement.why, text: judgement.text, holdMs: judge.holdMs });
  }
  if (judgement.kind === 'go-on') {
    act.move('executing', { text: `${step.text}: ${judgement.text}` });
    return true;
  }
  act.end(
    'failed',
    `stopped after step ${step.index + 1} of ${act.plan.steps.length}: ${judgement.text}; ${await nowServing(act)}`,
  );
  return false;
}

/** Ends the execution unless the step is proven to have succeeded; true when the next one may follow. */
export async function settleStep(act: Act, step: PlanStep, end: RunEnd): Promise<boolean> {
  if (end.kind === 'not-started') act.end('cancelled', `${doneSoFar(act.plan, step)}: ${end.why}`);
  else if (end.kind === 'lost' && onlyReads(step)) endWithoutEffect(act, step, `${step.text}: ${end.why}`);
  else if (end.kind === 'lost')
    act.end('unknown', `${end.why}; whether it took effect is not known; ${await nowServing(act)}`);
  else return settleResult(act, step, end.result);
  return false;
}

async function settleResult(act: Act, step: PlanStep, result: RunResult): Promise<boolean> {
  const { exitCode, signal, startError } = result;
  if (onlyReads(step) && (exitCode !== 0 || result.timedOut)) {
    const said = act.execution.outputTail.at(-1) ?? howEnded(result);
    endWithoutEffect(act, step, `${step.text}: ${visibleText(said, 200)}`, exitCode);
  } else if (startError !== null)
    act.end('failed', `${step.command.argv[0]} could not be started, nothing was run: ${startError}`);
  else if (result.timedOut) act.end('unknown', await timeoutText(act, step, result), { exitCode });
  else if (exitCode !== null && exitCode === step.unknownExitCode) {
    const text = `the command cannot tell whether it took effect (exit code ${exitCode}); ${await nowServing(act)}`;
    act.end('unknown', text, { exitCode });
  } else if (exitCode !== 0) {
    const how = exitCode === null ? `was ended by ${String(signal)}` : `exited with ${exitCode}`;
    act.end('failed', `rollback failed: the command ${how}; ${await nowServing(act)}`, { exitCode });
  } else return settleProof(act, step);
  return false;
}

/** What the platform says of a step counts as little as its exit code until it is read back. */
async function settleProof(act: Act, step: PlanStep): Promise<boolean> {
  const { proven, text } = await proveStep(act, step);
  if (proven) {
    act.move('executing', { exitCode: 0, text });
    return true;
  }
  const place = `step ${step.index + 1} of ${act.plan.steps.length}`;
  const what = `rollback failed: ${place} exited with 0 and did not take effect (${text})`;
  act.end('failed', `${what}; ${await nowServing(act)}`, { exitCode: 0 });
  return false;
}

/** The end of a step that changes nothing: what came before it is all there is to tell. */
function endWithoutEffect(act: Act, step: PlanStep, why: string, exitCode: number | null = null): void {
  const untouched = changedBefore(act.plan, step) === 0;
  act.end(untouched ? 'cancelled' : 'failed', `${doneSoFar(act.plan, step)}: ${why}`, { exitCode });
}

function howEnded({ exitCode, signal, timedOut, startError }: RunResult): string {
  if (startError !== null) return startError;
  if (timedOut) return 'no answer in time';
  return exitCode === null ? `was ended by ${String(signal)}` : `exited with ${exitCode}`;
}

async function timeoutText(act: Act, step: PlanStep, result: RunResult): Promise<string> {
  const limit = step.command.timeoutMs < 1000 ? `${step.command.timeoutMs} ms` : durationText(step.command.timeoutMs);
  const stopped = result.gone ? 'its process group was stopped' : 'it could not be stopped';
  const leftovers = leftoversText(act.execution.id);
  const left = leftovers === null ? '' : `${leftovers}; `;
  return `the command took longer than ${limit}: ${stopped}; ${left}what it began elsewhere, or detached, may still run; ${await nowServing(act)}`;
}

function endDryRun(act: Act): void {
  if (act.plan.steps.length === 0) act.move('executing', { text: 'dry run' });
  const because = act.plan.dryRunBecause === null ? '' : ` (${act.plan.dryRunBecause})`;
  act.end('unverified', `dry run: nothing was run${because}`);
}
