import { readFileSync, readdirSync } from 'node:fs';
import { visibleText } from '../../core/model/visible.ts';

/**
 * Processes on this box that came from an execution's command, also detached ones: they carry its id in their
 * environment, unless they cleared it. Only those this user may look at; empty where /proc is not there.
 */
export function leftoverProcesses(executionId: string): readonly { readonly pid: number; readonly command: string }[] {
  const mark = `ROLLWATCH_EXECUTION_ID=${executionId}\0`;
  return pids().flatMap((pid) => {
    if (!readOrEmpty(`/proc/${pid}/environ`).includes(mark)) return [];
    return [{ pid, command: visibleText(readOrEmpty(`/proc/${pid}/comm`).trim(), 40) }];
  });
}

/** The same as a clause; null when none is left. */
export function leftoversText(executionId: string): string | null {
  const left = leftoverProcesses(executionId).map(({ pid, command }) => `${command} (process ${pid})`);
  return left.length === 0 ? null : `still running here: ${left.slice(0, 5).join(', ')}`;
}

function pids(): readonly number[] {
  return listOrEmpty('/proc').map(Number).filter(Number.isInteger);
}

function listOrEmpty(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    // Without /proc nothing can be said, and nothing is.
    return [];
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // Ended meanwhile, or not ours to look at.
    return '';
  }
}
