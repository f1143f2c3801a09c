import { closeSync, constants, fsyncSync, linkSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a whole file durably: temporary file, fsync, rename, fsync of the directory. Whoever reads it sees all of it
 * or the one before.
 *
 * @throws the file system's error; the file before then stands.
 */
export function writeDurably(path: string, text: string, mode: number): void {
  const temporary = writeTemporary(path, text, mode);
  renameSync(temporary, path);
  syncDirectory(dirname(path));
}

/**
 * Writes a whole file durably unless one of that name exists: the one step by which several processes settle who
 * goes first. `link` is atomic and gives the name to a file that is complete already.
 *
 * @returns true when this call made it.
 */
export function writeOnce(path: string, text: string, mode: number): boolean {
  const temporary = writeTemporary(path, text, mode);
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(temporary);
    syncDirectory(dirname(path));
  }
}

/** Overwrites a file that was filled beforehand, so that no new space is needed, then gives it its name. */
export function writeReserved(reserve: string, path: string, text: string): void {
  const fd = openSync(reserve, constants.O_WRONLY | constants.O_NOFOLLOW);
  try {
    // What is left of the filling is white space, which JSON allows.
    writeSync(fd, text, 0);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(reserve, path);
  syncDirectory(dirname(path));
}

function writeTemporary(path: string, text: string, mode: number): string {
  const temporary = `${path}.${process.pid}.new`;
  const { O_CREAT, O_TRUNC, O_WRONLY, O_NOFOLLOW } = constants;
  const fd = openSync(temporary, O_CREAT | O_TRUNC | O_WRONLY | O_NOFOLLOW, mode);
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  return temporary;
}

function syncDirectory(path: string): void {
  const fd = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
