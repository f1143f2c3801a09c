import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { HostIdentity } from './adapter.ts';

/** This box: systemd's machine id, else dbus', else the host name. Never throws. */
export function hostIdentity(files: readonly string[] = ['/etc/machine-id', '/var/lib/dbus/machine-id']): HostIdentity {
  const ids = files.map(contentOf).filter((id) => id !== '');
  return { name: hostname(), machineId: ids[0] ?? hostname() };
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    // Not every system has one; the next source is asked.
    return '';
  }
}
