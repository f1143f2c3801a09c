import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import type { Dirent, Stats } from 'node:fs';
import { FileSystemError } from '../../ports/file-system.ts';
import type { FileStat, FileSystem, FolderEntry, OpenFile } from '../../ports/file-system.ts';

/** O_NONBLOCK: a pipe put where a log was must not hang the reader. */
const READ_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The file system of this machine. */
export function createNodeFileSystem(): FileSystem {
  return {
    stat(path) {
      try {
        const stats = statSync(path, { throwIfNoEntry: false });
        return stats === undefined ? null : toFileStat(stats);
      } catch (error) {
        return nullIfMissing(error);
      }
    },
    open(path) {
      try {
        return openFile(openSync(path, READ_FLAGS));
      } catch (error) {
        return nullIfMissing(error);
      }
    },
    list(path) {
      try {
        return readdirSync(path, { withFileTypes: true }).map(toEntry);
      } catch (error) {
        return nullIfMissing(error);
      }
    },
  };
}

function openFile(descriptor: number): OpenFile {
  return {
    stat: () => attempt(() => toFileStat(fstatSync(descriptor))),
    read: (into, at, lengthBytes, positionBytes) =>
      attempt(() => readSync(descriptor, into, at, lengthBytes, positionBytes)),
    close: () => attempt(() => closeSync(descriptor)),
  };
}

function attempt<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw toFileSystemError(error);
  }
}

function nullIfMissing(error: unknown): null {
  const failure = toFileSystemError(error);
  if (failure.code === 'ENOENT' || failure.code === 'ENOTDIR') return null;
  throw failure;
}

function toFileSystemError(error: unknown): FileSystemError {
  if (!(error instanceof Error)) return new FileSystemError('', String(error));
  return new FileSystemError('code' in error ? String(error.code) : '', error.message);
}

function toFileStat(stats: Stats): FileStat {
  const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'other';
  return {
    kind,
    kindText: kindText(stats),
    device: stats.dev,
    inode: stats.ino,
    sizeBytes: stats.size,
    modifiedMs: stats.mtimeMs,
  };
}

function kindText(stats: Stats): string {
  if (stats.isFile()) return 'a regular file';
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}

function toEntry(entry: Dirent): FolderEntry {
  if (entry.isSymbolicLink()) return { name: entry.name, kind: 'link' };
  if (entry.isFile()) return { name: entry.name, kind: 'file' };
  return { name: entry.name, kind: entry.isDirectory() ? 'directory' : 'other' };
}
