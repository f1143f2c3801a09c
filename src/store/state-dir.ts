import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { ensureDirectory, type OwnedBy } from './directory-checks.ts';
import { networkFileSystem } from './file-system-type.ts';
import { StoreError } from './store-error.ts';
import { groupId } from './user-group.ts';

/** Where every user of the box looks first, so that a lease binds all of them. */
export const MACHINE_STATE_DIR = '/var/lib/rollwatch';

/** Which directory is meant, before it is touched. */
export interface StateDirChoice {
  readonly path: string;
  /** Leases in it bind every user of the box: the machine-wide directory, or one that was named on purpose. */
  readonly shared: boolean;
}

/** A directory that exists, is ours and is safe to keep state in. */
export interface StateDir extends StateDirChoice {
  /** Mode of the files in it: 0600, or 0660 where a group shares it. */
  readonly fileMode: number;
  readonly gid: number | null;
}

/** What the choice depends on; `machineDir` differs from the default only in tests. */
export interface StateDirRequest {
  /** Value of `--state-dir`; null when not given. */
  readonly explicit: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly machineDir?: string;
}

/** `--state-dir`, else `/var/lib/rollwatch` where that is writable, else the user's own state directory (`auto` off). */
export function chooseStateDir(request: StateDirRequest): StateDirChoice {
  if (request.explicit !== null) return { path: resolve(request.explicit), shared: true };
  const machineDir = request.machineDir ?? MACHINE_STATE_DIR;
  if (isWritable(existsSync(machineDir) ? machineDir : dirname(machineDir))) return { path: machineDir, shared: true };
  const xdg = request.env['XDG_STATE_HOME'];
  // The specification says to ignore a relative value.
  const base = xdg !== undefined && isAbsolute(xdg) ? xdg : join(request.env['HOME'] ?? homedir(), '.local/state');
  return { path: join(base, 'rollwatch'), shared: false };
}

/**
 * Creates the directory (0700, or 2770 for `group`) or checks the one that is there: owner, group, mode, no symlink
 * on the way that another user could turn, no network file system.
 *
 * @throws StoreError that names the place, what is wrong and the command that puts it right.
 */
export function openStateDir(
  choice: StateDirChoice,
  group: string | null = null,
  fileSystemType: (path: string) => number = (path) => statfsSync(path).type,
): StateDir {
  const gid = group === null ? null : groupId(group);
  const owned: OwnedBy = { uid: process.getuid?.() ?? 0, gid, groupName: group };
  const network = networkFileSystem(fileSystemType(nearestExisting(choice.path)));
  if (network !== null) {
    throw new StoreError(
      'refused',
      `${choice.path} is on a network file system (${network}), where locks do not bind everyone: give --state-dir a local directory`,
    );
  }
  ensureDirectory(choice.path, owned);
  return { ...choice, gid, fileMode: gid === null ? 0o600 : 0o660 };
}

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    // Not being allowed to is the answer, not a failure.
    return false;
  }
}
