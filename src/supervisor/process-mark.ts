import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { ProcessMark } from '../ports/process-mark.ts';

/** What can be said of a process that was marked earlier. */
export type Life = 'alive' | 'dead' | 'unprovable';

/** Marks a process that runs now; fields the system does not tell are null. Never throws. */
export function markOf(pid: number): ProcessMark {
  return {
    pid,
    startTicks: statOf(pid)?.startTicks ?? null,
    bootId: readOrNull(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    pidNamespace: readOrNull(() => readlinkSync('/proc/self/ns/pid')),
    host: hostname(),
  };
}

/**
 * Whether the marked process still runs. Dead only on proof: another boot, or on this boot and in this pid namespace
 * no process of that number and start time. A pid that was given to another process is not taken for the old one.
 */
export function lifeOf(mark: ProcessMark): Life {
  const here = markOf(mark.pid);
  if (mark.bootId === null || here.bootId === null || mark.startTicks === null) return 'unprovable';
  if (mark.bootId !== here.bootId) return mark.host === here.host ? 'dead' : 'unprovable';
  if (mark.pidNamespace !== here.pidNamespace) return 'unprovable';
  const stat = statOf(mark.pid);
  if (stat === null) return exists(mark.pid) ? 'unprovable' : 'dead';
  if (stat.startTicks !== mark.startTicks) return 'dead';
  // A zombie has ended; only its parent has not looked yet.
  return stat.state === 'Z' || stat.state === 'X' ? 'dead' : 'alive';
}

/** Where /proc hides the processes of others (hidepid), a signal still tells whether the number is in use. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function statOf(pid: number): { readonly state: string; readonly startTicks: string } | null {
  const text = readOrNull(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  if (text === null) return null;
  // The name in field 2 may hold spaces and brackets: everything after the last bracket counts from field 3.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  return state === undefined || startTicks === undefined ? null : { state, startTicks };
}

function readOrNull(read: () => string): string | null {
  try {
    return read();
  } catch {
    // Not being told is an answer here: the mark says null and nothing is proven by it.
    return null;
  }
}
