import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor } from '../core/model/rollback.ts';
import { visibleText } from '../core/model/visible.ts';
import { syncDirectory, writeDurably } from '../store/durable-file.ts';
import { MACHINE_STATE_DIR, type StateDir } from '../store/state-dir.ts';

const HALT_FILE = 'halted.json';

/** Who stopped all acting, when and why. */
export interface Halt {
  readonly by: Actor;
  readonly atMs: number;
  readonly reason: string;
}

/**
 * Stops all acting: a file in the state directory, durable before it returns; needs no engine and no database.
 *
 * @throws the file system's error; acting is then not stopped.
 */
export function halt(dir: StateDir, by: Actor, reason: string | null, atMs: number): Halt {
  const state: Halt = { by, atMs, reason: reason ?? 'no reason given' };
  writeDurably(join(dir.path, HALT_FILE), `${JSON.stringify(state)}\n`, dir.fileMode);
  return state;
}

/**
 * What is halted now, read afresh: the halt of this state directory, else that of the machine-wide one where this user
 * can see it. A file that cannot be understood halts as well. Null when nothing is halted.
 */
export function readHalt(dir: Pick<StateDir, 'path'>, machineDir: string = MACHINE_STATE_DIR): Halt | null {
  return readIn(dir.path) ?? (machineDir === dir.path ? null : readIn(machineDir));
}

/** Lets acting go on; only a person may. False when it was not halted here. */
export function resumeActing(dir: Pick<StateDir, 'path'>, by: Actor): boolean {
  if (by.kind !== 'person') throw new Error('only a person lets acting go on after a halt');
  if (readIn(dir.path) === null) return false;
  rmSync(join(dir.path, HALT_FILE));
  syncDirectory(dir.path);
  return true;
}

function readIn(path: string): Halt | null {
  const file = join(path, HALT_FILE);
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as Halt;
    return { ...state, reason: visibleText(state.reason, 200) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // No such file; or another user's directory, whose halt this user is not told of.
    if (code === 'ENOENT' || code === 'ENOTDIR' || (code === 'EACCES' && path === MACHINE_STATE_DIR)) return null;
    const by: Actor = { kind: 'system', name: 'rollwatch', via: file };
    return { by, atMs: 0, reason: `${file} cannot be read: ${(error as Error).message}` };
  }
}
