import type { PlanStep } from '../../core/model/rollback.ts';
import { durationText } from '../../core/model/time.ts';
import type { RunResult } from '../../supervisor/run-directory.ts';
import type { Act } from './act.ts';
import type { RunEnd } from './follow-run.ts';
import { leftoversText } from './leftover-processes.ts';
import { whyNot } from './preconditions.ts';
import { nowServing } from './read-back.ts';
import { runStep } from './run-step.ts';
import { verify } from './verify.ts';

/** From the lease to the end: every step with its checks, then the proof. A dry run takes the same way without the calls. */
export async function carryOut(act: Act): Promise<void> {
  act.move('leased', { text: `the lease on ${act.plan.target.text} is held` });
  for (const step of act.plan.steps) {
    const why = await whyNot(act, step);
    if (why !== null) return act.end('cancelled', `${doneSoFar(act, step)}: ${why}`);
    if (act.execution.dryRun) act.move('executing', { stepIndex: step.index, text: `dry run: ${step.text}` });
    else if (!(await settleStep(act, step, await runStep(act, step)))) return;
  }
  if (act.execution.dryRun) return endDryRun(act);
  act.move('verifying', { text: 'the command has ended; reading back' });
  return verify(act);
}

/** Ends the execution unless the step is proven to have succeeded; true when the next one may follow. */
export async function settleStep(act: Act, step: PlanStep, end: RunEnd): Promise<boolean> {
  if (end.kind === 'not-started') act.end('cancelled', `${doneSoFar(act, step)}: ${end.why}`);
  else if (end.kind === 'lost')
    act.end('unknown', `${end.why}; whether it took effect is not known; ${await nowServing(act)}`);
  else return settleResult(act, step, end.result);
  return false;
}

async function settleResult(act: Act, step: PlanStep, result: RunResult): Promise<boolean> {
  const { exitCode, signal, startError } = result;
  if (startError !== null)
    act.end('failed', `${step.command.argv[0]} could not be started, nothing was run: ${startError}`);
  else if (result.timedOut) act.end('unknown', await timeoutText(act, step, result), { exitCode });
  else if (exitCode !== null && exitCode === step.unknownExitCode) {
    const text = `the command cannot tell whether it took effect (exit code ${exitCode}); ${await nowServing(act)}`;
    act.end('unknown', text, { exitCode });
  } else if (exitCode !== 0) {
    const how = exitCode === null ? `was ended by ${String(signal)}` : `exited with ${exitCode}`;
    act.end('failed', `rollback failed: the command ${how}; ${await nowServing(act)}`, { exitCode });
  } else {
    act.move('executing', { exitCode, text: `${step.text}: exited with 0` });
    return true;
  }
  return false;
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

function doneSoFar(act: Act, step: PlanStep): string {
  if (step.index === 0) return 'nothing was run';
  return `stopped before step ${step.index + 1} of ${act.plan.steps.length}, the steps before it were run`;
}
