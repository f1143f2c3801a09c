import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import type { PlanStep } from '../../core/model/rollback.ts';
import { moved } from '../../core/session/execution-machine.ts';
import { markOf } from '../../supervisor/process-mark.ts';
import { claimRun, prepareRun, type Job } from '../../supervisor/run-directory.ts';
import { LeaseLost, runDir, runsDir, type Act } from './act.ts';
import { handedOn } from './environment.ts';
import { followRun, NotBegun, type RunEnd, type StartedSupervisor } from './follow-run.ts';

const OUTPUT_MAX_BYTES = 4 * 1024 * 1024;

/**
 * One step: job on disk, intent on disk, supervisor, end. The intent is the transition to `executing`; before it
 * nothing was started, after it only the run directory tells whether something was.
 */
export async function runStep(act: Act, step: PlanStep): Promise<RunEnd> {
  const dir = runDir(act.deps, act.execution.id, step.index);
  const job = jobOf(act, step);
  mkdirSync(runsDir(act.deps), { recursive: true, mode: act.deps.stateDir.gid === null ? 0o700 : 0o2770 });
  const hash = prepareRun(dir, job);
  announce(act, step, dir, job.execution.text);
  act.begin();
  try {
    return await followRun(act, step, dir, startSupervisor(act, step, dir, hash));
  } catch (error) {
    if (error instanceof NotBegun) return { kind: 'not-started', why: error.message };
    throw error;
  }
}

/** The intent. Where it is on disk but could not be announced (the audit is full), the run is given up for good. */
function announce(act: Act, step: PlanStep, dir: string, text: string): void {
  try {
    act.move('executing', { stepIndex: step.index, text });
  } catch (error) {
    if (!(error instanceof LeaseLost)) {
      claimRun(
        dir,
        { by: 'reconciler', mark: markOf(process.pid), atMs: act.deps.clock.nowMs() },
        act.deps.stateDir.fileMode,
      );
    }
    throw error;
  }
}

function jobOf(act: Act, step: PlanStep): Job {
  const text =
    act.plan.steps.length === 1 ? step.text : `step ${step.index + 1} of ${act.plan.steps.length}: ${step.text}`;
  return {
    runId: `${act.execution.id}-${step.index}`,
    stepIndex: step.index,
    command: { ...step.command, env: { ...step.command.env, ROLLWATCH_EXECUTION_ID: act.execution.id } },
    graceMs: act.times.graceMs,
    outputMaxBytes: OUTPUT_MAX_BYTES,
    fileMode: act.deps.stateDir.gid === null ? 0o600 : 0o640,
    execution: moved(act.execution, 'executing', { stepIndex: step.index, text }),
    plan: act.plan,
  };
}

/** Secrets reach the supervisor by its environment, which only this user can read, and no file. */
function startSupervisor(act: Act, step: PlanStep, dir: string, hash: string): StartedSupervisor {
  const { file, execArgv } = act.deps.supervisorEntry;
  let exited = false;
  const child = spawn(process.execPath, [...execArgv, file, dir, hash], {
    cwd: '/',
    env: { ...handedOn(step.command, act.deps.env) },
    detached: true,
    stdio: 'ignore',
  });
  const gone = (): void => {
    exited = true;
  };
  // One that could not be started is one that exited without a claim.
  child.once('error', gone);
  child.once('exit', gone);
  child.unref();
  return { exited: () => exited };
}
