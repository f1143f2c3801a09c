import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeDurably, writeReserved } from './durable-file.ts';
import { createOutputFile } from './output-file.ts';
import { markOf } from './process-mark.ts';
import { claimRun, RUN_FILES, type Job, type RunResult } from './run-directory.ts';

const HEARTBEAT_MS = 1000;
/** After KILL a process can only be stuck in the kernel; then the run ends without it. */
const STUCK_MS = 10_000;
const GROUP_POLL_MS = 50;
const RESULT_RETRIES = 600;
const RESERVED_BYTES = 16_384;

type End = Pick<RunResult, 'exitCode' | 'signal' | 'startError' | 'gone' | 'timedOut'>;

const NO_END: End = { exitCode: null, signal: null, startError: null, gone: true, timedOut: false };

/**
 * Runs the job's command once, if nobody has taken this run yet, and writes how it ended.
 *
 * On disk before the command starts: who supervises it, and the space its result will need.
 */
export async function supervise(dir: string, job: Job): Promise<void> {
  const mark = markOf(process.pid);
  if (!claimRun(dir, { by: 'supervisor', mark, atMs: Date.now() }, job.fileMode)) return;
  const reserve = join(dir, RUN_FILES.reserve);
  writeDurably(reserve, ' '.repeat(RESERVED_BYTES), job.fileMode);
  const output = createOutputFile(join(dir, RUN_FILES.output), job.outputMaxBytes, job.fileMode);
  const troubles: string[] = [];
  const startedMs = performance.now();

  function attempt(what: string, write: () => void): void {
    try {
      write();
    } catch (error) {
      const trouble = `${what}: ${(error as Error).message}`;
      if (!troubles.includes(trouble) && troubles.length < 10) troubles.push(trouble);
    }
  }

  function beat(): void {
    attempt('heartbeat', () => writeFileSync(join(dir, RUN_FILES.heartbeat), '', { mode: job.fileMode }));
    attempt('output', () => output.trim());
  }

  beat();
  const heartbeat = setInterval(beat, HEARTBEAT_MS);
  const child = start(job, output.fd);
  if (child instanceof Error) {
    await finish({ ...NO_END, startError: child.message });
    return;
  }
  const ended = endOf(child);
  const pid = child.pid;
  if (pid !== undefined) {
    attempt('child', () => writeDurably(join(dir, RUN_FILES.child), JSON.stringify(markOf(pid)), job.fileMode));
  }
  const end = await endInTime(job, ended, pid ?? null);
  await finish(end);

  async function finish(end: End): Promise<void> {
    clearInterval(heartbeat);
    attempt('output', () => output.trim());
    const result: RunResult = {
      ...end,
      durationMs: Math.round(performance.now() - startedMs),
      endedAtMs: Date.now(),
      droppedOutputBytes: output.droppedBytes(),
      troubles,
    };
    await persist(() => writeReserved(reserve, join(dir, RUN_FILES.result), JSON.stringify(result)));
    output.close();
  }
}

function start(job: Job, outputFd: number): ChildProcess | Error {
  const handedOn = Object.fromEntries(
    (job.command.envFrom ?? []).flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const [file = '', ...args] = job.command.argv;
  try {
    // Detached: a session and process group of its own, so that a timeout reaches all of it and a hang-up none.
    return spawn(file, args, {
      cwd: job.command.cwd,
      env: { ...handedOn, ...job.command.env },
      detached: true,
      stdio: ['ignore', outputFd, outputFd],
    });
  } catch (error) {
    return error as Error;
  }
}

function endOf(child: ChildProcess): Promise<End> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      // An error after the start (a signal that was not sent) does not end the command.
      if (child.pid === undefined) resolve({ ...NO_END, startError: error.message });
    });
    child.once('exit', (exitCode, signal) => resolve({ ...NO_END, exitCode, signal }));
  });
}

/** Waits for the command; at the timeout TERM to its group, and KILL to what of the group is left after the grace. */
async function endInTime(job: Job, ended: Promise<End>, group: number | null): Promise<End> {
  const early = await Promise.race([ended, sleep(job.command.timeoutMs, null, { ref: false })]);
  if (early !== null || group === null) return ended;
  signalGroup(group, 'SIGTERM');
  const killAtMs = performance.now() + job.graceMs;
  // The leader may be gone while others of its group ignore TERM.
  while (performance.now() < killAtMs && signalGroup(group, 0)) await sleep(GROUP_POLL_MS);
  signalGroup(group, 'SIGKILL');
  const end = await Promise.race([ended, sleep(STUCK_MS, null)]);
  return { ...(end ?? { ...NO_END, gone: false }), timedOut: true };
}

/** False when no process of the group is left. */
function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    // One that changed its user cannot be reached: it is still there.
    if ((error as NodeJS.ErrnoException).code === 'EPERM') return true;
    throw error;
  }
}

/** A result that cannot be written now (read-only, I/O error) may be writable when someone has seen to the disk. */
async function persist(write: () => void): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return write();
    } catch (error) {
      if (tries >= RESULT_RETRIES) throw error;
      await sleep(1000);
    }
  }
}
