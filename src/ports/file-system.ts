/** Kind of a directory entry or of what a path leads to (symbolic links followed). */
export type FileKind = 'file' | 'directory' | 'other';

/** What a look at a file tells without reading it. */
export interface FileStat {
  readonly kind: FileKind;
  /** What "other" is, for messages: "a named pipe", "a device", … */
  readonly kindText: string;
  readonly device: number;
  readonly inode: number;
  readonly sizeBytes: number;
  /** Unix time in milliseconds, with fractions where the system has them. */
  readonly modifiedMs: number;
}

export interface FolderEntry {
  readonly name: string;
  /** Of the entry itself; a symbolic link is "link". */
  readonly kind: FileKind | 'link';
}

/** An open file. Follows the file, not the name: it survives renaming and removal. */
export interface OpenFile {
  stat(): FileStat;
  /** Fills `into[at..at+lengthBytes]` from `positionBytes` and returns how many bytes there were (0 = end). */
  read(into: Uint8Array, at: number, lengthBytes: number, positionBytes: number): number;
  close(): void;
}

/**
 * Reading files, as far as following logs needs it.
 *
 * Synchronous on purpose: two thousand small reads a second cost 2 % of a core this way and a multiple of it
 * through a thread pool. What fails throws a FileSystemError; a missing file is null, not an error.
 */
export interface FileSystem {
  /** Follows symbolic links. Null when nothing is there. */
  stat(path: string): FileStat | null;
  /** Never blocks on a pipe. Null when nothing is there. */
  open(path: string): OpenFile | null;
  /** In no particular order. Null when nothing is there or it is not a folder. */
  list(path: string): readonly FolderEntry[] | null;
}

/** What the system answered when a file could not be looked at or read. */
export class FileSystemError extends Error {
  override readonly name = 'FileSystemError';
  /** The system's name for it: EACCES, EIO, … */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
