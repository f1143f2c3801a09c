import { closeSync, constants, fchmodSync, fchownSync, lstatSync, openSync, renameSync, type Stats } from 'node:fs';
import type { StateDir } from '../state-dir.ts';
import { StoreError } from '../store-error.ts';

/**
 * Creates the database file with its final mode before SQLite opens it, or checks the one that is there: SQLite
 * itself would follow a symbolic link and create with the umask.
 *
 * @returns true when it was created now.
 * @throws StoreError when the file is not a regular one of ours, or others can get at it.
 */
export function ensureDatabaseFile(path: string, dir: StateDir): boolean {
  if (createFile(path, dir)) return true;
  const stats = lstatSync(path);
  if (!stats.isFile()) throw new StoreError('refused', `${path} is not a regular file: move it away`);
  if (stats.nlink > 1) throw new StoreError('refused', `${path} has a second name (hard link): remove the other one`);
  const uid = process.getuid?.() ?? 0;
  if (dir.gid === null ? stats.uid !== uid : stats.gid !== dir.gid) {
    throw new StoreError(
      'refused',
      `${path} belongs to user ${stats.uid}, group ${stats.gid}: not to this state directory`,
    );
  }
  if ((stats.mode & 0o777 & ~dir.fileMode) !== 0) {
    throw new StoreError('refused', `${path} can be opened by others: chmod ${dir.fileMode.toString(8)} ${path}`);
  }
  return false;
}

/** Moves a damaged database and its companions out of the way, unless another process already did. */
export function setAside(path: string, damaged: Pick<Stats, 'ino'>, atMs: number): string {
  const aside = `${path}.lost-${atMs}`;
  if (lstatSync(path, { throwIfNoEntry: false })?.ino !== damaged.ino) return aside;
  for (const suffix of ['', '-wal', '-shm']) {
    if (lstatSync(path + suffix, { throwIfNoEntry: false }) !== undefined) renameSync(path + suffix, aside + suffix);
  }
  return aside;
}

function createFile(path: string, dir: StateDir): boolean {
  try {
    const fd = openSync(
      path,
      constants.O_CREAT | constants.O_EXCL | constants.O_RDWR | constants.O_NOFOLLOW,
      dir.fileMode,
    );
    try {
      if (dir.gid !== null) fchownSync(fd, -1, dir.gid);
      fchmodSync(fd, dir.fileMode);
    } finally {
      closeSync(fd);
    }
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') return false;
    throw new StoreError(code === 'ENOSPC' ? 'full' : 'io', `cannot create ${path}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
