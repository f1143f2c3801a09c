import { basename, dirname, extname, join } from 'node:path';
import type { FileStat, FileSystem } from '../../ports/file-system.ts';
import type { Stretch } from './stretch.ts';

/** How often a listing is taken anew when the folder changes meanwhile. */
const ATTEMPTS = 10;

interface Sibling {
  readonly path: string;
  readonly stat: FileStat;
}

interface Listing {
  readonly takenAt: number;
  readonly entries: readonly Sibling[];
}

/**
 * Finds files that were renamed, among the files of their folder.
 *
 * Two thousand files rotated at once would each list the folder: a listing serves everyone who asks about a change
 * that was seen before the listing was taken.
 */
export class Siblings {
  readonly #fs: FileSystem;
  readonly #listings = new Map<string, Listing>();
  #order = 0;

  constructor(fs: FileSystem) {
    this.#fs = fs;
  }

  /** A moment, to be given with questions about what was seen at it. */
  now(): number {
    this.#order += 1;
    return this.#order;
  }

  /**
   * Where the file with this identity is now, or null. `since` = when its absence was seen.
   * Inodes are used again: with `provable` false only a name that rotation gives is believed.
   */
  find(path: string, device: number, inode: number, since: number, provable: boolean): string | null {
    for (const { path: found, stat } of this.#list(dirname(path), since)) {
      if (stat.inode !== inode || stat.device !== device || found === path) continue;
      if (provable || isRotationOf(basename(found), basename(path))) return found;
    }
    return null;
  }

  /** Uncompressed rotated names of `path` that were written after `modifiedMs`, oldest first. */
  rotatedAfter(path: string, modifiedMs: number, since: number): readonly Sibling[] {
    const name = basename(path);
    return this.#list(dirname(path), since)
      .filter((entry) => entry.stat.modifiedMs > modifiedMs && isRotationOf(basename(entry.path), name))
      .toSorted((a, b) => a.stat.modifiedMs - b.stat.modifiedMs);
  }

  #list(folder: string, since: number): readonly Sibling[] {
    const known = this.#listings.get(folder);
    if (known !== undefined && known.takenAt > since) return known.entries;
    const seen = this.now();
    let entries: readonly Sibling[] = [];
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const before = this.#fs.stat(folder)?.modifiedMs;
      entries = this.#take(folder);
      // A rename in between can hide a file behind the name it had or the name it got.
      if (this.#fs.stat(folder)?.modifiedMs === before) break;
    }
    this.#listings.set(folder, { takenAt: seen, entries });
    return entries;
  }

  #take(folder: string): readonly Sibling[] {
    const entries: Sibling[] = [];
    for (const entry of this.#fs.list(folder) ?? []) {
      if (entry.kind !== 'file') continue;
      const path = join(folder, entry.name);
      const stat = this.#fs.stat(path);
      if (stat?.kind === 'file') entries.push({ path, stat });
    }
    return entries;
  }

  /** Forgets the listings: they are good for one pass over the files. */
  startPass(): void {
    this.#listings.clear();
  }
}

/** True when what stands at the stretch's place belongs to its path, even if it was emptied and written anew. */
export function isOwnName(stretch: Stretch): boolean {
  const { handle, where, path } = stretch;
  return handle !== null || where === path || isRotationOf(basename(where), basename(path));
}

/** `app.log.1`, `app.log-20260101`, `app-20260101.log` for `app.log`; never the rotation of `app-b.log`. */
function isRotationOf(candidate: string, name: string): boolean {
  const suffix = /^[-._](?:\d[-\d._T]*|old|bak)$/;
  if (candidate.startsWith(name)) return suffix.test(candidate.slice(name.length));
  const extension = extname(name);
  const stem = name.slice(0, name.length - extension.length);
  if (extension === '' || !candidate.startsWith(stem) || !candidate.endsWith(extension)) return false;
  return suffix.test(candidate.slice(stem.length, candidate.length - extension.length));
}
