import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { sha256 } from './read-file.ts';

/** Who could have changed a file, and what is in it. */
export interface FileFacts {
  /** Symlinks followed. */
  readonly realPath: string;
  /** SHA-256 of the bytes, hex. */
  readonly hash: string;
  readonly uid: number;
  readonly gid: number;
  /** Permission bits. */
  readonly mode: number;
  readonly folder: { readonly uid: number; readonly gid: number; readonly mode: number };
}

/** Reads facts of a file; null when it is not there or not a regular file. Injected, so that tests can have other owners. */
export type ReadFacts = (path: string) => FileFacts | null;

/** Facts of a file on this box; content and owner are of the same open file. */
export function fileFacts(path: string): FileFacts | null {
  let descriptor: number;
  let realPath: string;
  try {
    realPath = realpathSync(path);
    descriptor = openSync(realPath, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    // Not there or not readable: there is nothing that could be trusted.
    return null;
  }
  try {
    const { uid, gid, mode, ...facts } = fstatSync(descriptor);
    if ((mode & constants.S_IFMT) !== constants.S_IFREG || facts.size < 0) return null;
    const folder = statSync(dirname(realPath));
    const hash = sha256(readFileSync(descriptor));
    return {
      realPath,
      hash,
      uid,
      gid,
      mode: mode & 0o7777,
      folder: { uid: folder.uid, gid: folder.gid, mode: folder.mode & 0o7777 },
    };
  } finally {
    closeSync(descriptor);
  }
}

/** Why somebody else could have written the file; null when only this user and root could. */
export function writableByOthers(facts: FileFacts, uid: number): string | null {
  if (facts.uid !== uid && facts.uid !== 0) return `it belongs to another user (uid ${facts.uid})`;
  if ((facts.mode & 0o002) !== 0) return 'everybody may write it (chmod o-w)';
  if (groupMayWrite(facts)) return 'its group may write it (chmod g-w)';
  const { folder } = facts;
  if (folder.uid !== uid && folder.uid !== 0) return `its folder belongs to another user (uid ${folder.uid})`;
  const sticky = (folder.mode & 0o1000) !== 0;
  const open = (folder.mode & 0o002) !== 0 || groupMayWrite(folder);
  return open && !sticky ? 'others may replace it: its folder is writable for them' : null;
}

/** A user-private group (same number as its user) has no other member. */
function groupMayWrite({
  uid,
  gid,
  mode,
}: {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}): boolean {
  return (mode & 0o020) !== 0 && gid !== uid;
}
