import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from './store-error.ts';

/** Whose a directory must be: this user's (or root's), and a group's where one shares it. */
export interface OwnedBy {
  readonly uid: number;
  readonly gid: number | null;
  readonly groupName: string | null;
}

const STICKY = 0o1000;

/**
 * Creates a directory for one owner or checks the one that is there, with every directory above it.
 *
 * @throws StoreError naming the first thing that is wrong and the command that puts it right.
 */
export function ensureDirectory(path: string, owned: OwnedBy): void {
  const found = lookAt(path);
  if (found === null) create(path, owned);
  checkAbove(path, owned);
  checkOwn(path, found ?? lstatSync(path), owned);
}

function create(path: string, owned: OwnedBy): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (owned.gid !== null) {
      chownSync(path, owned.uid, owned.gid);
      // After chown: changing the group clears the bit that hands the group on to new files.
      chmodSync(path, 0o2770);
    }
  } catch (error) {
    throw new StoreError('refused', `cannot create ${path}: ${(error as Error).message}`, { cause: error });
  }
}

function checkOwn(path: string, stats: Stats, owned: OwnedBy): void {
  if (stats.isSymbolicLink()) throw refusal(path, 'is a symbolic link', 'give the directory itself');
  if (!stats.isDirectory()) throw refusal(path, 'is not a directory', 'give another path');
  if (stats.uid !== owned.uid && !(owned.gid !== null && stats.uid === 0)) {
    throw refusal(path, `belongs to user ${stats.uid}, not to you (${owned.uid})`, 'give --state-dir one of your own');
  }
  if (owned.gid !== null) return checkGroup(path, stats, owned);
  if ((stats.mode & 0o077) === 0) return;
  // A fresh `mkdir` is tightened; a directory with something in it may be meant for others.
  if ((stats.mode & 0o022) === 0 && readdirSync(path).length === 0) return chmodSync(path, 0o700);
  throw refusal(path, `has mode ${octal(stats.mode)}: others can get in`, `chmod 700 ${path}`);
}

function checkGroup(path: string, stats: Stats, owned: OwnedBy): void {
  const wanted = owned.groupName ?? String(owned.gid);
  if (stats.gid !== owned.gid) throw refusal(path, `belongs to group ${stats.gid}`, `chgrp ${wanted} ${path}`);
  if ((stats.mode & 0o7777) !== 0o2770) {
    throw refusal(path, `has mode ${octal(stats.mode)}, not 2770`, `chmod 2770 ${path}`);
  }
}

/** Whoever can rename a directory above can put another in its place. */
function checkAbove(path: string, owned: OwnedBy): void {
  for (let above = dirname(path); ; above = dirname(above)) {
    const stats = lstatSync(above);
    const trusted = stats.uid === 0 || stats.uid === owned.uid;
    if (stats.isSymbolicLink() && !trusted) {
      throw refusal(above, `is a symbolic link of user ${stats.uid}`, 'give a path without it');
    }
    if (!trusted) throw refusal(above, `belongs to user ${stats.uid}, who could replace ${path}`, 'give another path');
    if (isOpenToOthers(stats))
      throw refusal(above, `can be changed by others, so ${path} is not safe`, `chmod go-w ${above}`);
    if (above === dirname(above)) return;
  }
}

function isOpenToOthers(stats: Stats): boolean {
  if (stats.isSymbolicLink() || (stats.mode & STICKY) !== 0) return false;
  // A user-private group (same number as its user) has no other member: Debian's and Fedora's default.
  const groupMatters = stats.gid !== stats.uid;
  return (stats.mode & (groupMatters ? 0o022 : 0o002)) !== 0;
}

function lookAt(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null;
}

function octal(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, '0');
}

function refusal(path: string, what: string, remedy: string): StoreError {
  return new StoreError('refused', `state directory: ${path} ${what}; ${remedy}`);
}
