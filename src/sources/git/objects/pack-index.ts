import { readFileSync } from 'node:fs';

const MAGIC = 0xff744f63;
const HEADER_BYTES = 8;
const FANOUT_BYTES = 1024;
const ID_BYTES = 20;

/** Where the objects of a pack are: its `.idx` file, version 2 (gitformat-pack). */
export class PackIndex {
  readonly #bytes: Buffer;
  readonly count: number;

  private constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.count = bytes.readUInt32BE(HEADER_BYTES + FANOUT_BYTES - 4);
  }

  /** Null for an index of another version, which is left to git. */
  static read(path: string): PackIndex | null {
    const bytes = readFileSync(path);
    if (bytes.length < HEADER_BYTES + FANOUT_BYTES || bytes.readUInt32BE(0) !== MAGIC || bytes.readUInt32BE(4) !== 2) {
      return null;
    }
    return new PackIndex(bytes);
  }

  /** Offset of an object in the pack; -1 when the pack does not hold it. O(log n). */
  find(id: Buffer): number {
    const first = id[0]!;
    let low = first === 0 ? 0 : this.#bytes.readUInt32BE(HEADER_BYTES + 4 * (first - 1));
    let high = this.#bytes.readUInt32BE(HEADER_BYTES + 4 * first);
    const ids = HEADER_BYTES + FANOUT_BYTES;
    const start = id.readUInt32BE(0);
    while (low < high) {
      const middle = (low + high) >> 1;
      const at = ids + ID_BYTES * middle;
      // Four bytes nearly always tell; reading them is far cheaper than comparing buffers.
      const found = this.#bytes.readUInt32BE(at);
      const order = found === start ? this.#bytes.compare(id, 0, ID_BYTES, at, at + ID_BYTES) : found - start;
      if (order === 0) return this.#offset(middle);
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return -1;
  }

  #offset(place: number): number {
    const offsets = HEADER_BYTES + FANOUT_BYTES + (ID_BYTES + 4) * this.count;
    const short = this.#bytes.readUInt32BE(offsets + 4 * place);
    if (short < 0x80000000) return short;
    const long = offsets + 4 * this.count + 8 * (short - 0x80000000);
    return Number(this.#bytes.readBigUInt64BE(long));
  }
}
