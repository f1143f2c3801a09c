import { closeSync, constants, fchmodSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a whole file so that after a power cut it holds the old or the new text, never half of one: temporary file,
 * fsync, rename, fsync of the directory.
 *
 * @throws the file system's error (ENOSPC, EACCES, EROFS); the old text then stands.
 */
export function writeDurably(path: string, text: string, mode: number): void {
  const temporary = `${path}.${process.pid}.new`;
  const fd = openSync(
    temporary,
    constants.O_CREAT | constants.O_TRUNC | constants.O_WRONLY | constants.O_NOFOLLOW,
    mode,
  );
  try {
    fchmodSync(fd, mode);
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(temporary, path);
  syncDirectory(dirname(path));
}

/** Makes names created, renamed or removed in a directory durable. */
export function syncDirectory(path: string): void {
  const fd = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
