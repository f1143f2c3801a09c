import { StoreError, type StoreFailure } from '../store-error.ts';

// Primary result codes, sqlite.org/rescode.html.
const BUSY = 5;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const CONSTRAINT = 19;
const NOTADB = 26;

const FAILURES: Readonly<Record<number, readonly [StoreFailure, string]>> = {
  [BUSY]: ['locked', 'another process holds it; close that one or wait, then try again'],
  [READONLY]: ['io', 'it cannot be written; check owner, mode and mount of the directory'],
  [IOERR]: ['io', 'reading or writing failed; check the disk'],
  [CORRUPT]: ['corrupt', 'it is damaged'],
  [FULL]: ['full', 'no space is left on the disk; free some, nothing was recorded or run'],
  [CANTOPEN]: ['io', 'it cannot be opened; check owner and mode of the directory'],
  [NOTADB]: ['corrupt', 'it is not a database'],
};

/** SQLite's primary result code of an error; null when it did not come from SQLite. */
export function sqliteCode(error: unknown): number | null {
  const code = (error as { errcode?: unknown }).errcode;
  return typeof code === 'number' ? code & 0xff : null;
}

/** True when a statement was refused by a unique index or another constraint. */
export function isConflict(error: unknown): boolean {
  return sqliteCode(error) === CONSTRAINT;
}

/** The error as a StoreError for the operator; one that is not SQLite's is given back as it is. */
export function storeErrorOf(error: unknown, path: string): unknown {
  const code = sqliteCode(error);
  if (code === null) return error;
  const [failure, words] = FAILURES[code] ?? ['io', 'the database refused'];
  return new StoreError(failure, `${path}: ${words} (SQLite: ${(error as Error).message})`, { cause: error });
}
