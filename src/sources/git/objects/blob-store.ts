import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inflateSync } from 'node:zlib';
import type { Content } from './contents.ts';
import { Contents } from './contents.ts';
import { Pack } from './pack.ts';
import { PackIndex } from './pack-index.ts';

const NOTHING: Content = { first: 1, count: 0, length: 0 };
const NO_ID = /^0+$/;

/**
 * Contents of a repository's files, read from its object folders without asking git: packs, loose objects, alternates.
 *
 * What it does not find or understand (SHA-256, an old index) it leaves to git by answering null. Reading in place is
 * what makes a long history fast: git would have to write every version of every file through a pipe.
 */
export class BlobStore {
  readonly #folders: readonly string[];
  readonly #packs: readonly Pack[];
  readonly contents: Contents;
  readonly #id = Buffer.alloc(20);

  /** @param objects the repository's object folder; @param contents what holds those used lately */
  constructor(objects: string, contents: Contents = new Contents()) {
    this.contents = contents;
    this.#folders = withAlternates(objects, new Set());
    this.#packs = packPaths(this.#folders).flatMap((path) => {
      const index = PackIndex.read(`${path}.idx`);
      return index === null ? [] : [new Pack(`${path}.pack`, index, this.contents)];
    });
  }

  /** Two contents by their hexadecimal ids (zeros = nothing), valid until the next call; null when left to git. */
  readTwo(first: string, second: string): readonly [Content, Content] | null {
    // All may be cleared for the second; with room for both it is not cleared again.
    for (let attempt = 0; attempt < 2; attempt++) {
      const { round } = this.contents;
      const one = this.#read(first);
      const other = one === null ? null : this.#read(second);
      if (one === null || other === null) return null;
      if (this.contents.round === round) return [one, other];
    }
    return null;
  }

  close(): void {
    for (const pack of this.#packs) pack.close();
  }

  #read(id: string): Content | null {
    if (NO_ID.test(id)) return NOTHING;
    if (id.length !== 40) return null;
    this.#id.write(id, 'hex');
    for (const pack of this.#packs) {
      const offset = pack.index.find(this.#id);
      if (offset !== -1) return pack.blob(offset);
    }
    return this.#loose(id);
  }

  #loose(id: string): Content | null {
    for (const folder of this.#folders) {
      const path = join(folder, id.slice(0, 2), id.slice(2));
      if (!existsSync(path)) continue;
      const content = inflateSync(readFileSync(path));
      const head = content.indexOf(0);
      return content.toString('latin1', 0, 5) === 'blob ' ? this.#keep(content.subarray(head + 1)) : null;
    }
    return null;
  }

  #keep(content: Buffer): Content | null {
    if (!this.contents.lines.fits(content.length)) return null;
    const kept = this.#add(content);
    if (kept !== null) return kept;
    this.contents.clear();
    return this.#add(content);
  }

  #add(content: Buffer): Content | null {
    this.contents.begin();
    this.contents.addBytes(content, 0, content.length);
    return this.contents.finish();
  }
}

/** Packs without their extension, the largest first: it holds nearly everything. */
function packPaths(folders: readonly string[]): readonly string[] {
  const paths = folders.flatMap((folder) => {
    const packs = join(folder, 'pack');
    if (!existsSync(packs)) return [];
    const names = readdirSync(packs).filter((name) => name.endsWith('.idx'));
    return names.map((name) => join(packs, name.slice(0, -4))).filter((path) => existsSync(`${path}.pack`));
  });
  const sizes = new Map(paths.map((path) => [path, statSync(`${path}.pack`).size]));
  return paths.toSorted((a, b) => sizes.get(b)! - sizes.get(a)!);
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
