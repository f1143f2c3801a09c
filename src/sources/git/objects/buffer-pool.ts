/** Smaller buffers are cheap to make, larger ones too rare to keep. */
const SMALLEST_BYTES = 4096;
const LARGEST_BYTES = 4_194_304;

/**
 * Buffers that are used again, because making and collecting one per version of a file costs more than reading it.
 *
 * A buffer given back is not handed out before `settle`: until then whoever still reads it may go on.
 */
export class BufferPool {
  readonly #free = new Map<number, ArrayBuffer[]>();
  readonly #own = new WeakSet<ArrayBufferLike>();
  #returned: ArrayBuffer[] = [];

  /** A buffer of exactly `size` bytes with any content. */
  take(size: number): Buffer {
    if (size < SMALLEST_BYTES || size > LARGEST_BYTES) return Buffer.allocUnsafeSlow(size);
    const bytes = 2 ** Math.ceil(Math.log2(size));
    let memory = this.#free.get(bytes)?.pop();
    if (memory === undefined) {
      memory = new ArrayBuffer(bytes);
      this.#own.add(memory);
    }
    return Buffer.from(memory, 0, size);
  }

  /** Takes a buffer back; one that is not from here is left to the garbage collector. */
  give(buffer: Buffer): void {
    if (this.#own.has(buffer.buffer)) this.#returned.push(buffer.buffer as ArrayBuffer);
  }

  /** Nobody reads the buffers given back any more. */
  settle(): void {
    if (this.#returned.length === 0) return;
    for (const memory of this.#returned) {
      const list = this.#free.get(memory.byteLength);
      if (list === undefined) this.#free.set(memory.byteLength, [memory]);
      else list.push(memory);
    }
    this.#returned = [];
  }
}
