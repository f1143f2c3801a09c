import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isSettled } from '../../core/session/execution-machine.ts';
import { readClaim, readJob, readResult, type Job } from '../../supervisor/run-directory.ts';
import { runsDir } from './act.ts';
import type { ExecutorDeps } from './types.ts';

const KEPT_MS = 30 * 24 * 3_600_000;

/** A job found on disk; `settled` = its end, or that it never began, is proven. */
export interface FoundJob {
  readonly job: Job;
  readonly settled: boolean;
}

/** Every job of the runs folder that this user can read. */
export function jobsOnDisk(deps: ExecutorDeps): readonly FoundJob[] {
  return runNames(deps).flatMap((name) => {
    const dir = join(runsDir(deps), name);
    const job = jobOrNull(dir);
    if (job === null) return [];
    return [{ job, settled: readResult(dir) !== null || readClaim(dir)?.by === 'reconciler' }];
  });
}

/** Removes runs whose executions ended long ago. One of an execution that has not ended, or is unknown, is kept. */
export function removeOldRuns(deps: ExecutorDeps): void {
  for (const name of runNames(deps)) {
    const execution = deps.store.execution(name.slice(0, name.lastIndexOf('-')));
    const old = (execution?.endedAtMs ?? Infinity) < deps.clock.nowMs() - KEPT_MS;
    if (execution !== null && old && isSettled(execution.state)) {
      rmSync(join(runsDir(deps), name), { recursive: true, force: true });
    }
  }
}

function runNames(deps: ExecutorDeps): readonly string[] {
  return existsSync(runsDir(deps)) ? readdirSync(runsDir(deps)) : [];
}

function jobOrNull(dir: string): Job | null {
  try {
    return readJob(dir, null);
  } catch (error) {
    // Another user's run, or one whose job was never written: then it never began.
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EACCES' || code === 'ENOENT') return null;
    throw error;
  }
}
