import { inflateSync } from 'node:zlib';
import type { ContentRing, RingSlot } from './content-ring.ts';
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

/** The contents of one `.pack` file, built in a ring. */
export class Pack {
  readonly index: PackIndex;
  readonly #file: PackFile;
  readonly #ring: ContentRing;
  readonly #firstKey: number;
  readonly #inflater = new Inflater();
  #delta: Buffer = Buffer.alloc(65_536);

  /** @param firstKey what is added to an offset to make a key for the ring */
  constructor(path: string, index: PackIndex, ring: ContentRing, firstKey: number) {
    this.index = index;
    this.#ring = ring;
    this.#firstKey = firstKey;
    this.#file = new PackFile(path);
  }

  close(): void {
    this.#file.close();
  }

  /**
   * The blob at an offset; null when what is there is no blob, builds on what is not in this pack, or is too large.
   *
   * @throws Error when the pack is damaged
   */
  blob(offset: number): RingSlot | null {
    const deltas: Entry[] = [];
    let at = offset;
    let slot = this.#ring.find(this.#firstKey + at);
    while (slot === undefined) {
      const entry = this.#entry(at);
      if (entry.type === OFFSET_DELTA || entry.type === ID_DELTA) {
        if (entry.base === -1) return null;
        deltas.push(entry);
        at = entry.base;
        slot = this.#ring.find(this.#firstKey + at);
      } else if (entry.type === BLOB && this.#ring.fits(entry.size)) {
        slot = this.#ring.add(this.#firstKey + at, entry.size);
        this.#inflate(entry, this.#ring.bytes, slot.start);
      } else return null;
    }
    for (let i = deltas.length - 1; i >= 0; i--) {
      const built = this.#build(slot, deltas[i]!);
      if (built === null) return null;
      slot = built;
    }
    return slot;
  }

  #build(base: RingSlot, entry: Entry): RingSlot | null {
    if (entry.size > this.#delta.length) this.#delta = Buffer.alloc(2 * entry.size);
    const delta = this.#delta;
    this.#inflate(entry, delta, 0);
    const size = deltaResultSize(delta);
    if (!this.#ring.fits(size)) return null;
    const slot = this.#ring.add(this.#firstKey + entry.offset, size);
    applyDelta(this.#ring.bytes, base.start, base.length, delta, entry.size, slot.start);
    return slot;
  }

  #inflate(entry: Entry, to: Buffer, start: number): void {
    // Compressed bytes are never much more than the content.
    const raw = this.#file.bytes(entry.dataAt, entry.size + (entry.size >> 8) + 64);
    if (entry.size < LARGE_BYTES) this.#inflater.inflate(raw, 0, to, start, start + entry.size);
    else inflateSync(raw, { chunkSize: entry.size }).copy(to, start);
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
