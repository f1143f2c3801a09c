import type { LineRoom } from './line-store.ts';
import { LineStore, nextHash } from './line-store.ts';

/** A content as lines: entries `first` to `first + count - 1` of what `Contents` holds. */
export interface Content {
  readonly first: number;
  readonly count: number;
  /** Bytes. */
  readonly length: number;
}

const NEWLINE = 10;
/** Lines of contents that are held at a time. */
const USUAL_ENTRIES = 2 ** 22;
const FIRST_LINE_BYTES = 4096;
/** Up to here copying one by one is faster than a call that copies a block. */
const FEW_LINES = 32;
/** How wide the first look around is; every further one is so many times wider. */
const NEAR_LINES = 8;

/**
 * Contents of files as numbers of lines.
 *
 * A version is made from another by taking over its numbers, not its bytes, and compared with another by them. Nothing
 * is given back singly: when there is no more room all is cleared, and what was made before must be made again.
 */
export class Contents {
  readonly lines: LineStore;
  /** By entry: number of the line. */
  readonly numbers: Int32Array;
  /** By entry: where the line ends in its content. The entry before a content's first is 0. */
  readonly ends: Int32Array;
  /** How often all was cleared: a content is of no use in another round than its own. */
  round = 0;
  #kept = 0;
  #filled = 0;
  #isFull = false;
  /** The line that is not ended yet. */
  #open = Buffer.alloc(FIRST_LINE_BYTES);
  #openLength = 0;
  #openHash = 0;
  /** Where the latest part was found: the next one is mostly near. */
  #nearby = 0;

  constructor(entries: number = USUAL_ENTRIES, room?: LineRoom) {
    this.lines = new LineStore(room);
    this.numbers = new Int32Array(entries);
    this.ends = new Int32Array(entries);
  }

  clear(): void {
    this.lines.clear();
    this.#kept = 0;
    this.round++;
  }

  /** Begins a content, which the following calls add to. */
  begin(): void {
    this.ends[this.#kept] = 0;
    this.#filled = this.#kept + 1;
    this.#openLength = 0;
    this.#openHash = 0;
    this.#isFull = this.#filled > this.numbers.length;
    this.#nearby = 0;
  }

  /** Adds the bytes from `start` to `end`. */
  addBytes(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end;) {
      const from = at;
      let hash = 0;
      let byte = -1;
      while (at < end && byte !== NEWLINE) {
        byte = bytes[at++]!;
        hash = nextHash(hash, byte);
      }
      if (byte === NEWLINE && this.#openLength === 0) this.#addLine(bytes, from, at, hash);
      else this.#addToOpen(bytes, from, at);
    }
  }

  /** Adds the bytes from `start` to `end` of a content. */
  addPart(content: Content, start: number, end: number): void {
    const { ends } = this;
    let entry = this.#entryAt(content, start);
    let at = start;
    if (this.#openLength > 0 || at !== ends[entry - 1]!) {
      at = Math.min(ends[entry]!, end);
      this.#addPartOfLine(entry, start, at);
      this.#nearby = entry;
      if (at === end) return;
      entry++;
    }
    const from = entry;
    if (end === content.length || ends[entry]! <= end) entry = this.#linesUntil(content, end);
    this.#nearby = entry;
    if (entry > from) {
      this.#takeOver(from, entry);
      at = ends[entry - 1]!;
    }
    if (at < end) this.#addPartOfLine(entry, at, end);
  }

  /** The content that was begun; null when there was no room for it. */
  finish(): Content | null {
    if (this.#openLength > 0) this.#closeLine();
    if (this.#isFull) return null;
    const first = this.#kept + 1;
    const count = this.#filled - first;
    this.#kept = this.#filled;
    return { first, count, length: this.ends[this.#filled - 1]! };
  }

  /** The entry behind the last line of a content that is over at byte `end` and that nothing can be added to. */
  #linesUntil(content: Content, end: number): number {
    const limit = content.first + content.count;
    if (end < content.length) return this.#entryAt(content, end);
    // A last line without its end may go on.
    return this.#isEnded(limit - 1) ? limit : limit - 1;
  }

  /** Adds whole lines by their entries. */
  #takeOver(from: number, until: number): void {
    const { ends, numbers } = this;
    const to = this.#filled;
    const count = until - from;
    if (to + count > numbers.length) {
      this.#isFull = true;
      return;
    }
    const shift = ends[to - 1]! - ends[from - 1]!;
    if (count < FEW_LINES) for (let i = 0; i < count; i++) numbers[to + i] = numbers[from + i]!;
    else numbers.copyWithin(to, from, until);
    for (let i = 0; i < count; i++) ends[to + i] = ends[from + i]! + shift;
    this.#filled = to + count;
  }

  /** The entry of the line that holds byte `at`. O(log lines), faster near where the part before was. */
  #entryAt({ first, count }: Content, at: number): number {
    const { ends } = this;
    let low = first;
    let high = first + count - 1;
    for (let step = NEAR_LINES, near = this.#nearby; near > low && near < high; step *= NEAR_LINES) {
      if (ends[near]! > at) {
        high = near;
        near = Math.max(low, near - step);
        if (ends[near]! <= at) low = near + 1;
      } else {
        low = near + 1;
        near = Math.min(high, near + step);
        if (ends[near]! > at) high = near;
      }
    }
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! > at) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #isEnded(entry: number): boolean {
    return this.lines.text[this.lines.endOf(this.numbers[entry]!) - 1] === NEWLINE;
  }

  #addPartOfLine(entry: number, start: number, end: number): void {
    const shift = this.lines.startOf(this.numbers[entry]!) - this.ends[entry - 1]!;
    this.#addToOpen(this.lines.text, start + shift, end + shift);
  }

  #addToOpen(bytes: Uint8Array, start: number, end: number): void {
    const length = this.#openLength + end - start;
    if (length > this.#open.length) this.#open = Buffer.concat([this.#open], 2 * length);
    const open = this.#open;
    let hash = this.#openHash;
    let byte = 0;
    for (let at = start, to = this.#openLength; at < end; at++, to++) {
      byte = open[to] = bytes[at]!;
      hash = nextHash(hash, byte);
    }
    this.#openLength = length;
    this.#openHash = hash;
    if (byte === NEWLINE) this.#closeLine();
  }

  #closeLine(): void {
    this.#addLine(this.#open, 0, this.#openLength, this.#openHash);
    this.#openLength = 0;
    this.#openHash = 0;
  }

  #addLine(bytes: Uint8Array, start: number, end: number, hash: number): void {
    const number = this.#isFull ? -1 : this.lines.numberOf(bytes, start, end, hash);
    if (number === -1 || this.#filled >= this.numbers.length) {
      this.#isFull = true;
      return;
    }
    this.numbers[this.#filled] = number;
    this.ends[this.#filled] = this.ends[this.#filled - 1]! + end - start;
    this.#filled++;
  }
}
