const NEWLINE = 10;
const FIRST_CAPACITY = 4096;

/** One side of a comparison, line by line. */
export interface LineSide {
  /** Number of each line, in order; valid up to `count`. */
  numbers: Int32Array;
  count: number;
  /** How often each number occurs on this side. */
  occurrences: Int32Array;
}

/**
 * Gives equal lines of two contents equal numbers, from 0 on in order of appearance. A line's end belongs to it.
 *
 * One table serves one comparison after the other, so that nothing is allocated for each. Lines are found by a hash and
 * compared byte by byte, so two different lines never share a number. O(bytes).
 */
export class LineTable {
  readonly old = emptySide();
  readonly fresh = emptySide();
  /** How many different lines there are. */
  distinct = 0;
  /** Open addressing: number + 1; 0 = free. */
  #slots = new Int32Array(4 * FIRST_CAPACITY);
  /** By number: its slot, its hash, and where its first line is. */
  #slotOf = new Int32Array(FIRST_CAPACITY);
  #hashes = new Int32Array(FIRST_CAPACITY);
  #starts = new Int32Array(FIRST_CAPACITY);
  #lengths = new Int32Array(FIRST_CAPACITY);
  /** Numbers from here on were first seen on the new side. */
  #firstFresh = 0;
  #oldBytes: Uint8Array = new Uint8Array(0);
  #freshBytes: Uint8Array = new Uint8Array(0);

  /** Forgets the comparison before and numbers the lines of both sides. */
  number(old: Uint8Array, fresh: Uint8Array): void {
    for (let number = 0; number < this.distinct; number++) this.#slots[this.#slotOf[number]!] = 0;
    this.distinct = 0;
    this.#oldBytes = old;
    this.#freshBytes = fresh;
    this.#firstFresh = Number.MAX_SAFE_INTEGER;
    this.#read(old, this.old);
    this.#firstFresh = this.distinct;
    this.#read(fresh, this.fresh);
  }

  /**
   * Adds to `counts` how often each numbered line occurs in another content; answers the number of its lines.
   *
   * @param content whole lines
   */
  countIn(content: Uint8Array, counts: Int32Array): number {
    let lines = 0;
    for (let at = 0; at < content.length; lines++) {
      const start = at;
      let hash = 0;
      for (let byte = -1; byte !== NEWLINE && at < content.length;) {
        byte = content[at++]!;
        hash = (Math.imul(hash, 31) + byte) | 0;
      }
      const slot = this.#find(content, start, at - start, hash);
      const number = this.#slots[slot]! - 1;
      if (number !== -1) counts[number]!++;
    }
    return lines;
  }

  #read(content: Uint8Array, side: LineSide): void {
    let { numbers } = side;
    let count = 0;
    for (let at = 0; at < content.length;) {
      const start = at;
      let hash = 0;
      for (let byte = -1; byte !== NEWLINE && at < content.length;) {
        byte = content[at++]!;
        hash = (Math.imul(hash, 31) + byte) | 0;
      }
      const slot = this.#find(content, start, at - start, hash);
      let number = this.#slots[slot]! - 1;
      if (number === -1) number = this.#add(slot, start, at - start, hash);
      side.occurrences[number]!++;
      if (count === numbers.length) numbers = side.numbers = doubled(numbers);
      numbers[count++] = number;
    }
    side.count = count;
  }

  /** The slot that holds a line, or the free one where it belongs. */
  #find(content: Uint8Array, start: number, length: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = firstSlot(hash, mask);
    for (;;) {
      const number = slots[slot]! - 1;
      if (number === -1) return slot;
      if (this.#hashes[number] === hash && this.#lengths[number] === length) {
        const known = number < this.#firstFresh ? this.#oldBytes : this.#freshBytes;
        const from = this.#starts[number]!;
        let same = 0;
        while (same < length && known[from + same] === content[start + same]) same++;
        if (same === length) return slot;
      }
      slot = (slot + 1) & mask;
    }
  }

  #add(slot: number, start: number, length: number, hash: number): number {
    if (this.distinct === this.#starts.length) this.#grow();
    const number = this.distinct++;
    this.#slots[slot] = number + 1;
    this.#slotOf[number] = slot;
    this.#hashes[number] = hash;
    this.#starts[number] = start;
    this.#lengths[number] = length;
    this.old.occurrences[number] = 0;
    this.fresh.occurrences[number] = 0;
    if (2 * this.distinct > this.#slots.length) this.#spread();
    return number;
  }

  #grow(): void {
    this.#slotOf = doubled(this.#slotOf);
    this.#hashes = doubled(this.#hashes);
    this.#starts = doubled(this.#starts);
    this.#lengths = doubled(this.#lengths);
    this.old.occurrences = doubled(this.old.occurrences);
    this.fresh.occurrences = doubled(this.fresh.occurrences);
  }

  /** Moves every number to a slot of a larger table. */
  #spread(): void {
    const slots = new Int32Array(4 * this.#slots.length);
    const mask = slots.length - 1;
    for (let number = 0; number < this.distinct; number++) {
      let slot = firstSlot(this.#hashes[number]!, mask);
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
      this.#slotOf[number] = slot;
    }
    this.#slots = slots;
  }
}

/** Hashes of similar lines differ in few bits; this spreads them. */
function firstSlot(hash: number, mask: number): number {
  return (Math.imul(hash, 0x9e3779b1) >>> 7) & mask;
}

function emptySide(): LineSide {
  return { numbers: new Int32Array(FIRST_CAPACITY), count: 0, occurrences: new Int32Array(FIRST_CAPACITY) };
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}
