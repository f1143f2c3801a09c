import { dirname, join } from 'node:path';
import type { FileStat, FileSystem } from '../../ports/file-system.ts';
import { rotationBases } from './names.ts';
import type { Stretch } from './stretch.ts';

/** How often a listing is taken anew when the folder changes meanwhile. */
const ATTEMPTS = 10;

interface Sibling {
  readonly path: string;
  readonly stat: FileStat;
}

interface Listing {
  readonly takenAt: number;
  readonly byInode: ReadonlyMap<number, readonly Sibling[]>;
  /** Rotated files by the path they were rotated away from. */
  readonly rotated: ReadonlyMap<string, readonly Sibling[]>;
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
    for (const { path: found, stat } of this.#list(dirname(path), since).byInode.get(inode) ?? []) {
      if (stat.device !== device || found === path) continue;
      if (provable || rotationBases(found).includes(path)) return found;
    }
    return null;
  }

  /** Uncompressed rotated names of `path` that were written after `modifiedMs`, oldest first. */
  rotatedAfter(path: string, modifiedMs: number, since: number): readonly Sibling[] {
    const rotated = this.#list(dirname(path), since).rotated.get(path) ?? [];
    return rotated
      .filter((sibling) => sibling.stat.modifiedMs > modifiedMs)
      .toSorted((a, b) => a.stat.modifiedMs - b.stat.modifiedMs);
  }

  /** Forgets the listings: they are good for one pass over the files. */
  startPass(): void {
    this.#listings.clear();
  }

  #list(folder: string, since: number): Listing {
    const known = this.#listings.get(folder);
    if (known !== undefined && known.takenAt > since) return known;
    const takenAt = this.now();
    let entries: readonly Sibling[] = [];
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const before = this.#fs.stat(folder)?.modifiedMs;
      entries = this.#take(folder);
      // A rename in between can hide a file behind the name it had or the name it got.
      if (this.#fs.stat(folder)?.modifiedMs === before) break;
    }
    const listing = index(takenAt, entries);
    this.#listings.set(folder, listing);
    return listing;
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
}

/** True when what stands at the stretch's place belongs to its path, even if it was emptied and written anew. */
export function isOwnName(stretch: Stretch): boolean {
  const { handle, where, path } = stretch;
  return handle !== null || where === path || rotationBases(where).includes(path);
}

function index(takenAt: number, entries: readonly Sibling[]): Listing {
  const byInode = new Map<number, Sibling[]>();
  const rotated = new Map<string, Sibling[]>();
  for (const sibling of entries) {
    push(byInode, sibling.stat.inode, sibling);
    for (const base of rotationBases(sibling.path)) push(rotated, base, sibling);
  }
  return { takenAt, byInode, rotated };
}

function push<Key>(map: Map<Key, Sibling[]>, key: Key, sibling: Sibling): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [sibling]);
  else known.push(sibling);
}
