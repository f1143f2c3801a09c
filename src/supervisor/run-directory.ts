import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandSpec, Execution, Plan } from '../core/model/rollback.ts';
import type { ProcessMark } from '../ports/process-mark.ts';
import { writeDurably, writeOnce } from './durable-file.ts';

/** What the supervisor is to do, and for whom: enough to know the act again when the database was lost. */
export interface Job {
  readonly runId: string;
  readonly stepIndex: number;
  readonly command: CommandSpec;
  /** Between TERM and KILL after the timeout. */
  readonly graceMs: number;
  readonly outputMaxBytes: number;
  readonly fileMode: number;
  readonly execution: Execution;
  readonly plan: Plan;
}

/** Who took the run: a supervisor, which may have started the command, or a reconciler, so that none ever will. */
export interface Claim {
  readonly by: 'supervisor' | 'reconciler';
  readonly mark: ProcessMark;
  readonly atMs: number;
}

/** How the command ended; written once, after it has. */
export interface RunResult {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  /** Why it could not be started; null when it was. */
  readonly startError: string | null;
  /** False when the command was still there after KILL. */
  readonly gone: boolean;
  /** By the monotonic clock. */
  readonly durationMs: number;
  readonly endedAtMs: number;
  readonly droppedOutputBytes: number;
  /** What the supervisor itself could not write. */
  readonly troubles: readonly string[];
}

/** Names of the files in a run directory. */
export const RUN_FILES = {
  job: 'job.json',
  claim: 'claim.json',
  child: 'child.json',
  heartbeat: 'heartbeat.json',
  output: 'output.log',
  reserve: 'result.reserve',
  result: 'result.json',
} as const;

/**
 * Creates the directory of one run with its job, durable before it returns.
 *
 * @returns SHA-256 of the job, which the supervisor is told so that it runs this one or nothing.
 * @throws when the directory exists: a run is never prepared a second time.
 */
export function prepareRun(dir: string, job: Job): string {
  // Readable by the group where one shares the state, written by this user alone.
  mkdirSync(dir, { mode: job.fileMode === 0o600 ? 0o700 : 0o750 });
  const text = JSON.stringify(job);
  writeDurably(join(dir, RUN_FILES.job), text, 0o600);
  return hashOf(text);
}

/**
 * Reads the job.
 *
 * @throws when it is not the one with this hash.
 */
export function readJob(dir: string, hash: string | null): Job {
  const text = readFileSync(join(dir, RUN_FILES.job), 'utf8');
  if (hash !== null && hashOf(text) !== hash) throw new Error(`${dir}: the job is not the one that was approved`);
  return JSON.parse(text) as Job;
}

/** Takes the run for good. False when someone else took it: then this process must start nothing. */
export function claimRun(dir: string, claim: Claim, mode: number): boolean {
  return writeOnce(join(dir, RUN_FILES.claim), JSON.stringify(claim), mode);
}

/** Who took the run; null while nobody has. */
export function readClaim(dir: string): Claim | null {
  return readJson(dir, RUN_FILES.claim) as Claim | null;
}

/** The command's process; null when the supervisor has not noted one. */
export function readChild(dir: string): ProcessMark | null {
  return readJson(dir, RUN_FILES.child) as ProcessMark | null;
}

/** How the command ended; null when that is not on record. */
export function readResult(dir: string): RunResult | null {
  return readJson(dir, RUN_FILES.result) as RunResult | null;
}

/** When the supervisor last gave a sign of life, as Unix time in ms; null when it never did. */
export function heartbeatAtMs(dir: string): number | null {
  return statSync(join(dir, RUN_FILES.heartbeat), { throwIfNoEntry: false })?.mtimeMs ?? null;
}

function readJson(dir: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(join(dir, name), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
