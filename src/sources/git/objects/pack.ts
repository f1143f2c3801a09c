import { inflateSync } from 'node:zlib';
import type { Content, Contents } from './contents.ts';
import { applyDelta, deltaResultSize } from './delta.ts';
import { Inflater } from './inflate.ts';
import { PackFile } from './pack-file.ts';
import type { PackIndex } from './pack-index.ts';

const BLOB = 3;
const OFFSET_DELTA = 6;
const ID_DELTA = 7;
const ID_BYTES = 20;
/** Longest head of an entry: type and size, then what a delta builds on. */
const HEAD_BYTES = 32;
/** From here on Node's zlib is faster than ours, whose strength is that it costs nothing to set up. */
const LARGE_BYTES = 2000;
const NO_ROOM = 'no room';

/** Head of an entry in a pack. */
interface Entry {
  /** Where the entry begins. */
  readonly offset: number;
  readonly type: number;
  /** Inflated. */
  readonly size: number;
  /** Where its compressed bytes begin. */
  readonly dataAt: number;
  /** Offset of what a delta builds on; -1 when it is not in this pack. */
  readonly base: number;
}

/** The contents of one `.pack` file. */
export class Pack {
  readonly index: PackIndex;
  readonly #file: PackFile;
  readonly #contents: Contents;
  readonly #inflater = new Inflater();
  #inflated: Buffer = Buffer.alloc(65_536);
  /** By offset: contents of the present round. */
  readonly #known = new Map<number, Content>();
  #round = 0;

  constructor(path: string, index: PackIndex, contents: Contents) {
    this.index = index;
    this.#contents = contents;
    this.#file = new PackFile(path);
  }

  close(): void {
    this.#file.close();
  }

  /**
   * The blob at an offset; null when what is there is no blob, builds on what is not in this pack, or is too large. May
   * clear all contents.
   *
   * @throws Error when the pack is damaged
   */
  blob(offset: number): Content | null {
    if (this.#round !== this.#contents.round) this.#forget();
    const content = this.#known.get(offset) ?? this.#make(offset);
    if (content !== NO_ROOM) return content;
    this.#contents.clear();
    this.#forget();
    const again = this.#make(offset);
    return again === NO_ROOM ? null : again;
  }

  #forget(): void {
    this.#known.clear();
    this.#round = this.#contents.round;
  }

  /** Inflates what an object builds on, first to last, and then builds it and all between, oldest first. */
  #make(offset: number): Content | null | typeof NO_ROOM {
    const deltas: Entry[] = [];
    let at = offset;
    let content = this.#known.get(at);
    while (content === undefined) {
      const entry = this.#entry(at);
      if (entry.type === OFFSET_DELTA || entry.type === ID_DELTA) {
        if (entry.base === -1 || !this.#contents.lines.fits(entry.size)) return null;
        deltas.push(entry);
        at = entry.base;
        content = this.#known.get(at);
        continue;
      }
      if (entry.type !== BLOB || !this.#contents.lines.fits(entry.size)) return null;
      this.#inflate(entry);
      this.#contents.begin();
      this.#contents.addBytes(this.#inflated, 0, entry.size);
      content = this.#keep(at, this.#contents.finish());
      if (content === undefined) return NO_ROOM;
    }
    for (let entry = deltas.pop(); entry !== undefined; entry = deltas.pop()) {
      this.#inflate(entry);
      if (!this.#contents.lines.fits(deltaResultSize(this.#inflated))) return null;
      content = this.#keep(entry.offset, applyDelta(this.#contents, content, this.#inflated, entry.size));
      if (content === undefined) return NO_ROOM;
    }
    return content;
  }

  #keep(offset: number, content: Content | null): Content | undefined {
    if (content === null) return undefined;
    this.#known.set(offset, content);
    return content;
  }

  #inflate(entry: Entry): void {
    if (entry.size > this.#inflated.length) this.#inflated = Buffer.alloc(2 * entry.size);
    // Compressed bytes are never much more than the content.
    const raw = this.#file.bytes(entry.dataAt, entry.size + (entry.size >> 8) + 64);
    if (entry.size < LARGE_BYTES) this.#inflater.inflate(raw, 0, this.#inflated, 0, entry.size);
    else inflateSync(raw, { chunkSize: entry.size }).copy(this.#inflated);
  }

  #entry(offset: number): Entry {
    const raw = this.#file.bytes(offset, HEAD_BYTES);
    const type = (raw[0]! >> 4) & 7;
    let size = raw[0]! & 15;
    let at = 1;
    for (let scale = 16; raw[at - 1]! >= 128; scale *= 128) size += (raw[at++]! & 127) * scale;
    let base = -1;
    if (type === OFFSET_DELTA) {
      let back = raw[at]! & 127;
      while (raw[at++]! >= 128) back = (back + 1) * 128 + (raw[at]! & 127);
      base = offset - back;
    } else if (type === ID_DELTA) {
      base = this.index.find(raw.subarray(at, at + ID_BYTES));
      at += ID_BYTES;
    }
    return { offset, type, size, dataAt: offset + at, base };
  }
}
