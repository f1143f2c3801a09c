import { readFileSync } from 'node:fs';
import { StoreError } from './store-error.ts';

/**
 * Number of a group given by name (looked up in /etc/group) or by number.
 *
 * @throws StoreError when the name is not known on this box.
 */
export function groupId(group: string, groupFile = '/etc/group'): number {
  if (/^\d{1,9}$/u.test(group)) return Number(group);
  const line = readFileSync(groupFile, 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${group}:`));
  const gid = Number(line?.split(':')[2] ?? Number.NaN);
  if (!Number.isInteger(gid)) {
    throw new StoreError('refused', `no group "${group}" in ${groupFile}: name an existing one, or give its number`);
  }
  return gid;
}
