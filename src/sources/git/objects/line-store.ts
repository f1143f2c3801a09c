/** How many different lines, and bytes of them, are held at a time. */
export interface LineRoom {
  /** A power of two. */
  readonly lines: number;
  readonly bytes: number;
}

const USUAL_ROOM: LineRoom = { lines: 2 ** 19, bytes: 2 ** 25 };
/** Entries of a line's record, and which of them is its length; the first is where it begins. */
const RECORD = 2;
const LENGTH = 1;

/**
 * Every different line of many contents once, with a number that stands for it. A line's end belongs to it.
 *
 * Lines are found by a hash and compared byte by byte, so two different lines never share a number.
 */
export class LineStore {
  /** Numbers are below this. */
  readonly capacity: number;
  readonly text: Buffer;
  /** By number, side by side because they are asked for together: where the line begins in `text` and its length. */
  readonly #records: Int32Array;
  readonly #hasNul: Uint8Array;
  /** Open addressing, two entries a slot: number + 1 (0 = free), hash. */
  readonly #slots: Int32Array;
  #count = 0;
  #used = 0;

  constructor({ lines, bytes }: LineRoom = USUAL_ROOM) {
    this.capacity = lines;
    this.text = Buffer.from(new ArrayBuffer(bytes));
    this.#records = new Int32Array(RECORD * lines);
    this.#hasNul = new Uint8Array(lines);
    this.#slots = new Int32Array(4 * lines);
  }

  /** Forgets every line. */
  clear(): void {
    this.#slots.fill(0);
    this.#count = 0;
    this.#used = 0;
  }

  /** Where a line begins in `text`. */
  startOf(number: number): number {
    return this.#records[RECORD * number]!;
  }

  /** Where a line ends in `text`. */
  endOf(number: number): number {
    return this.#records[RECORD * number]! + this.#records[RECORD * number + LENGTH]!;
  }

  /** Whether a line holds a NUL byte. */
  hasNul(number: number): boolean {
    return this.#hasNul[number] === 1;
  }

  /** Whether a content of so many bytes, all of them new, takes but a part of the room. */
  fits(length: number): boolean {
    return length <= this.text.length / 8;
  }

  /**
   * Number of the line that lies in `bytes` from `start` to `end`; -1 when it is new and there is no room for it.
   *
   * @param hash of its bytes, by `nextHash`
   */
  numberOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    // Hashes of similar lines differ in few bits; this spreads them.
    let slot = (Math.imul(hash, 0x9e3779b1) >>> 6) & mask & ~1;
    for (let number = slots[slot]! - 1; number !== -1; number = slots[slot]! - 1) {
      if (slots[slot + 1] === hash && this.#isLine(number, bytes, start, end)) return number;
      slot = (slot + 2) & mask;
    }
    if (this.#count === this.capacity || this.#used + end - start > this.text.length) return -1;
    slots[slot] = this.#count + 1;
    slots[slot + 1] = hash;
    this.#add(bytes, start, end);
    return this.#count++;
  }

  #isLine(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#records[RECORD * number + LENGTH] !== end - start) return false;
    const { text } = this;
    let known = this.#records[RECORD * number]!;
    for (let at = start; at < end; at++) if (text[known++] !== bytes[at]) return false;
    return true;
  }

  #add(bytes: Uint8Array, start: number, end: number): void {
    const { text } = this;
    let used = this.#used;
    let hasNul = 0;
    this.#records[RECORD * this.#count] = used;
    this.#records[RECORD * this.#count + LENGTH] = end - start;
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!;
      if (byte === 0) hasNul = 1;
      text[used++] = byte;
    }
    this.#hasNul[this.#count] = hasNul;
    this.#used = used;
  }
}

/** Hash of a line and one more byte; that of no byte is 0. */
export function nextHash(hash: number, byte: number): number {
  return (Math.imul(hash, 31) + byte) | 0;
}
