import { hostname, userInfo } from 'node:os';
import type { Actor } from '../../core/model/rollback.ts';

/** Who holds a lease, for whoever is refused it: `alice, process 123 on box`. */
export function currentHolder(): string {
  return `${userName()}, process ${process.pid} on ${hostname()}`;
}

/** The person at this process, as the operating system knows them. What sudo says is told beside it, not believed. */
export function currentPerson(env: Readonly<Record<string, string | undefined>>): Actor {
  const uid = process.getuid?.() ?? null;
  const sudo = uid === 0 && env['SUDO_USER'] !== undefined ? `, by sudo from ${env['SUDO_USER']}` : '';
  return { kind: 'person', name: userName(), via: `uid ${uid ?? 'unknown'} on ${hostname()}${sudo}` };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A uid without an entry (containers): the number is the name.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
