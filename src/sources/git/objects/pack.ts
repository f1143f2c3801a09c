import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { applyDelta } from './delta.ts';
import type { BufferPool } from './buffer-pool.ts';
import { KeptContents } from './kept-contents.ts';
import type { PackIndex } from './pack-index.ts';

/** Bases of deltas kept for the next delta on them. */
const KEPT_BYTES = 192_000_000;
/** A pack up to this size is read into memory once. */
const WHOLE_BYTES = 512_000_000;
const BLOB = 3;
const OFFSET_DELTA = 6;
const ID_DELTA = 7;
const ID_BYTES = 20;

/** The objects of one `.pack` file, read by offset. */
export class Pack {
  readonly index: PackIndex;
  readonly #file: number;
  readonly #size: number;
  readonly #whole: Buffer | null;
  readonly #pool: BufferPool;
  readonly #kept: KeptContents<number>;

  constructor(path: string, index: PackIndex, pool: BufferPool) {
    this.index = index;
    this.#pool = pool;
    this.#kept = new KeptContents(KEPT_BYTES, (content) => pool.give(content));
    this.#file = openSync(path, 'r');
    this.#size = fstatSync(this.#file).size;
    this.#whole = this.#size <= WHOLE_BYTES ? this.#bytes(0, this.#size) : null;
  }

  close(): void {
    closeSync(this.#file);
  }

  /**
   * Content of the blob at an offset; null when what is there is no blob, or its base is not in this pack.
   *
   * @throws Error when the pack is damaged
   */
  blob(offset: number): Buffer | null {
    const deltas: { readonly at: number; readonly delta: Buffer }[] = [];
    let at = offset;
    let content: Buffer | undefined;
    for (;;) {
      content = this.#kept.get(at);
      if (content !== undefined) break;
      const entry = this.#entry(at);
      if (entry.base === null) {
        if (entry.type !== BLOB) return null;
        content = entry.data;
        this.#kept.set(at, content);
        break;
      }
      if (entry.base < 0) return null;
      deltas.push({ at, delta: entry.data });
      at = entry.base;
    }
    for (const { at: place, delta } of deltas.reverse()) {
      content = applyDelta(content, delta, (size) => this.#pool.take(size));
      this.#kept.set(place, content);
    }
    return content;
  }

  /** One entry, inflated; `base` is the offset of what a delta builds on, -1 when it is not here, null without one. */
  #entry(offset: number): { readonly type: number; readonly data: Buffer; readonly base: number | null } {
    const end = this.index.end(offset, this.#size);
    const raw = this.#whole?.subarray(offset, end) ?? this.#bytes(offset, end - offset);
    const type = (raw[0]! >> 4) & 7;
    let at = 1;
    while (raw[at - 1]! >= 128) at++;
    let base: number | null = null;
    if (type === OFFSET_DELTA) {
      let back = raw[at]! & 127;
      while (raw[at++]! >= 128) back = (back + 1) * 128 + (raw[at]! & 127);
      base = offset - back;
    } else if (type === ID_DELTA) {
      base = this.index.find(raw.subarray(at, at + ID_BYTES));
      at += ID_BYTES;
    }
    return { type, data: inflateSync(raw.subarray(at)), base };
  }

  #bytes(offset: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafeSlow(length);
    let read = 0;
    while (read < length) {
      const got = readSync(this.#file, bytes, read, length - read, offset + read);
      if (got === 0) throw new Error('a pack file is shorter than it was');
      read += got;
    }
    return bytes;
  }
}
