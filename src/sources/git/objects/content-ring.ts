/** Where a content lies in the ring. */
export interface RingSlot {
  readonly start: number;
  readonly length: number;
  /** Bytes that had been written when its first byte was. */
  readonly writtenBefore: number;
}

/**
 * Contents used lately, in one block of memory that is written round and round, the oldest being overwritten.
 *
 * Each version of a file is built from another one; making and collecting a buffer for each costs more than building
 * it. What is asked for later than half a round after it was written is copied to the front first, so that a content
 * just found or added outlives the next half round.
 */
export class ContentRing {
  readonly bytes: Buffer;
  /** By key, in the order in which they will be overwritten. */
  readonly #slots = new Map<number, RingSlot>();
  #written = 0;

  /** @param size bytes of memory; the system gives them only as far as they are used */
  constructor(size: number) {
    this.bytes = Buffer.from(new ArrayBuffer(size));
  }

  /** Whether a content may be kept here: a content, what it is built from and one more must fit in half a round. */
  fits(length: number): boolean {
    return length <= this.bytes.length / 8;
  }

  /** Bytes written so far, whatever has become of them. */
  get written(): number {
    return this.#written;
  }

  /** Whether a content found or added when `mark` bytes had been written is still there. */
  keepsSince(mark: number): boolean {
    return this.#written - mark <= this.bytes.length / 2;
  }

  find(key: number): RingSlot | undefined {
    const slot = this.#slots.get(key);
    if (slot === undefined || !this.#holds(slot)) return undefined;
    if (this.keepsSince(slot.writtenBefore)) return slot;
    const copy = this.add(key, slot.length);
    this.bytes.copyWithin(copy.start, slot.start, slot.start + slot.length);
    return copy;
  }

  /** Room for a new content of a length that `fits`; the caller fills it. */
  add(key: number, length: number): RingSlot {
    const size = this.bytes.length;
    if ((this.#written % size) + length > size) {
      this.#written += size - (this.#written % size);
      this.#forgetOverwritten();
    }
    const slot = { start: this.#written % size, length, writtenBefore: this.#written };
    this.#slots.delete(key);
    this.#slots.set(key, slot);
    this.#written += length;
    return slot;
  }

  #holds(slot: RingSlot): boolean {
    return this.#written - slot.writtenBefore <= this.bytes.length;
  }

  #forgetOverwritten(): void {
    for (const [key, slot] of this.#slots) {
      if (this.#holds(slot)) return;
      this.#slots.delete(key);
    }
  }
}
