import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PlanStep } from '../../core/model/rollback.ts';
import { durationText } from '../../core/model/time.ts';
import {
  claimRun,
  heartbeatAtMs,
  readChild,
  readClaim,
  readResult,
  RUN_FILES,
  type Claim,
  type RunResult,
} from '../../supervisor/run-directory.ts';
import type { Act } from './act.ts';
import { outsideOf, type StartedSupervisor } from './outside.ts';
import { createOutputTail } from './output-tail.ts';
import { redactorOf } from './step-redactor.ts';

const SILENT_MS = 15_000;

/** How a run is known to have ended; `lost` = neither its start nor its end can be proven. */
export type RunEnd =
  | { readonly kind: 'ended'; readonly result: RunResult }
  | { readonly kind: 'not-started'; readonly why: string }
  | { readonly kind: 'lost'; readonly why: string };

/**
 * Waits until the run's end is proven or cannot be. Where nobody has begun it, and nobody can be expected to, the run
 * is claimed so that nobody ever will: that is the proof that nothing was run.
 */
export async function followRun(
  act: Act,
  step: PlanStep,
  dir: string,
  supervisor: StartedSupervisor | null,
): Promise<RunEnd> {
  const { clock } = act.deps;
  const startedMs = clock.monotonicMs();
  const overdueMs = startedMs + step.command.timeoutMs + act.times.graceMs + act.times.overdueMs;
  const tail = createOutputTail(join(dir, RUN_FILES.output), redactorOf(act.deps, step.command));
  for (;;) {
    // Asked before the files are read: what it wrote before it exited is then seen.
    const exited = supervisor?.exited() ?? false;
    const outputTail = tail.changed();
    if (outputTail !== null) act.show({ outputTail });
    const silence = silenceOf(dir, clock.nowMs());
    if (silence !== null) act.show({ text: silence });
    const end = endOf(act, dir, readClaim(dir), exited);
    if (end !== null) return end;
    const waits = supervisor !== null && !exited && clock.monotonicMs() < startedMs + act.times.launchMs;
    if (readClaim(dir) === null && !waits) preclude(act, dir, exited);
    if (clock.monotonicMs() > overdueMs) return { kind: 'lost', why: 'its supervisor does not end' };
    await sleep(act.times.pollMs);
  }
}

function endOf(act: Act, dir: string, claim: Claim | null, exited: boolean): RunEnd | null {
  if (claim === null) return null;
  if (claim.by === 'reconciler') return { kind: 'not-started', why: 'its supervisor did not begin' };
  const life = exited ? 'dead' : outsideOf(act.deps).lifeOf(claim.mark);
  // Read after the life: a result written in the last moment is then there.
  const result = readResult(dir);
  if (result !== null) return { kind: 'ended', result };
  return life === 'alive' ? null : { kind: 'lost', why: whyLost(act, dir, life === 'dead') };
}

function whyLost(act: Act, dir: string, dead: boolean): string {
  const child = readChild(dir);
  const supervisor = dead ? 'its supervisor was lost' : 'whether its supervisor still runs cannot be seen from here';
  if (child === null) return `${supervisor} before it noted a start`;
  return outsideOf(act.deps).lifeOf(child) === 'alive'
    ? `${supervisor}; the command still runs as process ${child.pid}`
    : supervisor;
}

/** What to show when the supervisor, which gives a sign of life every second, has given none; it may be suspended. */
function silenceOf(dir: string, nowMs: number): string | null {
  const lastMs = heartbeatAtMs(dir);
  if (lastMs === null || nowMs - lastMs < SILENT_MS) return null;
  return `its supervisor has given no sign of life for ${durationText(nowMs - lastMs)}`;
}

/** Takes the run so that no supervisor can begin it any more. */
function preclude(act: Act, dir: string, exited: boolean): void {
  try {
    const mark = outsideOf(act.deps).mark();
    claimRun(dir, { by: 'reconciler', mark, atMs: act.deps.clock.nowMs() }, act.deps.stateDir.fileMode);
  } catch (error) {
    // A supervisor that exited without a claim began nothing, also where a full disk keeps the proof from being written.
    if (exited) throw new NotBegun(`its supervisor could not begin: ${(error as Error).message}`, { cause: error });
    throw error;
  }
}

/** Proven in this process only: the supervisor ended without having begun. */
export class NotBegun extends Error {
  override readonly name = 'NotBegun';
}
