import { readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readClaim, readResult } from '../../supervisor/run-directory.ts';

const LOOK_EVERY_MS = 100;

/** Number of commands that were begun under a state directory and have not ended: they still write there. */
export function actsInHand(stateDir: string): number {
  return runsOf(stateDir).filter((run) => readClaim(run) !== null && readResult(run) === null).length;
}

/**
 * Waits until every command that was begun has ended.
 *
 * @returns false when some had not after `longestMs`
 */
export async function actsEnded(stateDir: string, longestMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < longestMs; waitedMs += LOOK_EVERY_MS) {
    if (actsInHand(stateDir) === 0) return true;
    await sleep(LOOK_EVERY_MS);
  }
  return actsInHand(stateDir) === 0;
}

function runsOf(stateDir: string): readonly string[] {
  const folder = path.join(stateDir, 'runs');
  try {
    return readdirSync(folder).map((name) => path.join(folder, name));
  } catch (error) {
    // Nothing was ever rolled back.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
