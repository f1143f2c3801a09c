import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor } from '../../core/model/rollback.ts';
import { writeDurably } from '../../store/durable-file.ts';
import type { StateDir } from '../../store/state-dir.ts';

/** What a person asks of an execution that another process may have in hand. */
export interface ActRequest {
  /** `abort`: stop after the present step. `continue`: go on from a hold. */
  readonly kind: 'abort' | 'continue';
  readonly by: Actor;
  readonly atMs: number;
  readonly reason: string | null;
}

/** Leaves a request for whoever carries the execution out, durable when it returns. A later one takes its place. */
export function leaveRequest(dir: StateDir, executionId: string, request: ActRequest): void {
  mkdirSync(folder(dir), { recursive: true, mode: dir.gid === null ? 0o700 : 0o2770 });
  writeDurably(file(dir, executionId), `${JSON.stringify(request)}\n`, dir.fileMode);
}

/** The request that was left; null without one. One that cannot be understood counts as an abort. */
export function readRequest(dir: StateDir, executionId: string): ActRequest | null {
  const path = file(dir, executionId);
  try {
    const request = JSON.parse(readFileSync(path, 'utf8')) as ActRequest;
    if (request.kind === 'abort' || request.kind === 'continue') return request;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
  }
  const by: Actor = { kind: 'system', name: 'an unreadable request', via: path };
  return { kind: 'abort', by, atMs: 0, reason: null };
}

/** Takes the request away: it was followed, or the execution has ended. */
export function dropRequest(dir: StateDir, executionId: string): void {
  rmSync(file(dir, executionId), { force: true });
}

function folder(dir: StateDir): string {
  return join(dir.path, 'requests');
}

function file(dir: StateDir, executionId: string): string {
  return join(folder(dir), `${executionId}.json`);
}
