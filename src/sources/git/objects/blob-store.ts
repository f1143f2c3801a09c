import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inflateSync } from 'node:zlib';
import { BufferPool } from './buffer-pool.ts';
import { Pack } from './pack.ts';
import { PackIndex } from './pack-index.ts';

/**
 * Contents of a repository's files, read from its object folders without asking git: packs, loose objects, alternates.
 *
 * What it does not find or understand (SHA-256, an old index) it leaves to git by answering null. Reading in place is
 * what makes a long history fast: git would have to write every version of every file through a pipe.
 */
export class BlobStore {
  readonly #folders: readonly string[];
  readonly #packs: readonly Pack[];
  readonly #pool = new BufferPool();

  /** @param objects the repository's object folder */
  constructor(objects: string) {
    this.#folders = withAlternates(objects, new Set());
    this.#packs = this.#folders.flatMap((folder) => openPacks(folder, this.#pool));
  }

  /** Content of a blob by its hexadecimal id, valid until `settle`; null when it is left to git. */
  read(id: string): Buffer | null {
    if (id.length !== 40) return null;
    const bytes = Buffer.from(id, 'hex');
    for (const pack of this.#packs) {
      const offset = pack.index.find(bytes);
      if (offset !== -1) return pack.blob(offset);
    }
    return this.#loose(id);
  }

  /** Contents read so far are no longer needed. */
  settle(): void {
    this.#pool.settle();
  }

  close(): void {
    for (const pack of this.#packs) pack.close();
  }

  #loose(id: string): Buffer | null {
    for (const folder of this.#folders) {
      const path = join(folder, id.slice(0, 2), id.slice(2));
      if (!existsSync(path)) continue;
      const content = inflateSync(readFileSync(path));
      const head = content.indexOf(0);
      return content.toString('latin1', 0, 5) === 'blob ' ? content.subarray(head + 1) : null;
    }
    return null;
  }
}

function openPacks(folder: string, pool: BufferPool): readonly Pack[] {
  const packs = join(folder, 'pack');
  if (!existsSync(packs)) return [];
  return readdirSync(packs).flatMap((name) => {
    if (!name.endsWith('.idx')) return [];
    const path = join(packs, `${name.slice(0, -4)}.pack`);
    const index = existsSync(path) ? PackIndex.read(join(packs, name)) : null;
    return index === null ? [] : [new Pack(path, index, pool)];
  });
}

/** The object folder and those it borrows from. */
function withAlternates(folder: string, seen: Set<string>): readonly string[] {
  if (seen.has(folder)) return [];
  seen.add(folder);
  const list = join(folder, 'info', 'alternates');
  if (!existsSync(list)) return [folder];
  const others = readFileSync(list, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return [folder, ...others.flatMap((other) => withAlternates(resolve(folder, other), seen))];
}
