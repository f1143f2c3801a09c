import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Silence } from '../core/model/history.ts';
import type { Actor } from '../core/model/rollback.ts';
import { visibleText } from '../core/model/visible.ts';
import { writeDurably } from '../store/durable-file.ts';
import type { StateDir } from '../store/state-dir.ts';

const FILE = 'silences.json';
/** Longer than this is not a silence but a configuration. */
const LONGEST_MS = 30 * 24 * 3_600_000;

/** A silence as a person asks for it. */
export interface SilenceRequest {
  readonly pipeline: string;
  readonly forMs: number;
  readonly reason: string;
  readonly by: Actor;
}

/**
 * Silences pipelines for a while, durable when it returns; the ones that are over are dropped.
 *
 * @throws Error for a time that is not above 0 and at most 30 days, or without a reason.
 */
export function addSilence(dir: StateDir, request: SilenceRequest, nowMs: number): Silence {
  const { pipeline, forMs, reason, by } = request;
  if (reason.trim() === '') throw new Error('a silence needs a reason');
  if (!(forMs > 0 && forMs <= LONGEST_MS)) throw new Error('a silence lasts at most 30 days');
  const silence: Silence = {
    id: randomUUID().slice(0, 8),
    pipeline,
    untilMs: nowMs + forMs,
    reason: visibleText(reason, 200),
    by: by.name,
    atMs: nowMs,
  };
  write(dir, [...readSilences(dir, nowMs), silence]);
  return silence;
}

/** Ends a silence before its time and gives it; null when there is none with this id. */
export function endSilence(dir: StateDir, id: string, nowMs: number): Silence | null {
  const all = readSilences(dir, nowMs);
  const ended = all.find((one) => one.id === id) ?? null;
  if (ended !== null) {
    const left = all.filter((one) => one.id !== id);
    write(dir, left);
  }
  return ended;
}

/** The silences that hold or will, read afresh. A file that cannot be understood silences nothing: questions go on. */
export function readSilences(dir: Pick<StateDir, 'path'>, nowMs: number): readonly Silence[] {
  try {
    const all = JSON.parse(readFileSync(join(dir.path, FILE), 'utf8')) as readonly Silence[];
    return all.filter(({ untilMs }) => untilMs > nowMs);
  } catch {
    // None was ever set, or it is unreadable: being asked once too often is the safe side.
    return [];
  }
}

function write(dir: StateDir, silences: readonly Silence[]): void {
  writeDurably(join(dir.path, FILE), `${JSON.stringify(silences)}\n`, dir.fileMode);
}
