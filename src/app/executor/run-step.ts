import { mkdirSync } from 'node:fs';
import { basename } from 'node:path';
import type { PlanStep } from '../../core/model/rollback.ts';
import { moved, type ExecutionChange } from '../../core/session/execution-machine.ts';
import { claimRun, prepareRun, type Job } from '../../supervisor/run-directory.ts';
import { LeaseLost, runDir, runsDir, type Act } from './act.ts';
import { handedOn } from './environment.ts';
import { followRun, NotBegun, type RunEnd } from './follow-run.ts';
import { outsideOf, type StartedSupervisor } from './outside.ts';

const OUTPUT_MAX_BYTES = 4 * 1024 * 1024;

/**
 * One step: job on disk, intent on disk, supervisor, end. The intent is the transition to `executing`; before it
 * nothing was started, after it only the run directory tells whether something was.
 */
export async function runStep(act: Act, step: PlanStep, stepTry = 0): Promise<RunEnd> {
  const dir = runDir(act.deps, act.execution.id, step.index, stepTry);
  const job = jobOf(act, step, stepTry);
  mkdirSync(runsDir(act.deps), { recursive: true, mode: act.deps.stateDir.gid === null ? 0o700 : 0o2770 });
  const hash = prepareRun(dir, job);
  announce(act, dir, { stepIndex: step.index, stepTry, text: job.execution.text });
  act.begin();
  try {
    return await followRun(act, step, dir, start(act, step, dir, hash));
  } catch (error) {
    if (error instanceof NotBegun) return { kind: 'not-started', why: error.message };
    throw error;
  }
}

/** The intent. Where it is on disk but could not be announced (the audit is full), the run is given up for good. */
function announce(act: Act, dir: string, intent: ExecutionChange): void {
  try {
    act.move('executing', intent);
  } catch (error) {
    if (!(error instanceof LeaseLost)) {
      claimRun(
        dir,
        { by: 'reconciler', mark: outsideOf(act.deps).mark(), atMs: act.deps.clock.nowMs() },
        act.deps.stateDir.fileMode,
      );
    }
    throw error;
  }
}

function jobOf(act: Act, step: PlanStep, stepTry: number): Job {
  const place = act.plan.steps.length === 1 ? '' : `step ${step.index + 1} of ${act.plan.steps.length}: `;
  const text = `${place}${step.text}${stepTry === 0 ? '' : `, run ${stepTry + 1} of ${step.retry?.attempts ?? 1}`}`;
  return {
    runId: basename(runDir(act.deps, act.execution.id, step.index, stepTry)),
    stepIndex: step.index,
    command: { ...step.command, env: { ...step.command.env, ROLLWATCH_EXECUTION_ID: act.execution.id } },
    graceMs: act.times.graceMs,
    outputMaxBytes: OUTPUT_MAX_BYTES,
    fileMode: act.deps.stateDir.gid === null ? 0o600 : 0o640,
    execution: moved(act.execution, 'executing', { stepIndex: step.index, stepTry, text }),
    plan: act.plan,
  };
}

function start(act: Act, step: PlanStep, dir: string, hash: string): StartedSupervisor {
  const env = handedOn(step.command, act.deps.env);
  return outsideOf(act.deps).startSupervisor({ entry: act.deps.supervisorEntry, dir, hash, env });
}
