import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** What is read at once: the objects of a path's history lie side by side. */
const WINDOW_BYTES = 32_768;
/** A pack up to this size is read as a whole. */
const WHOLE_BYTES = 67_108_864;

/** The bytes of a pack file, read where they are wanted; of a large one only a window of them is in memory. */
export class PackFile {
  readonly #file: number;
  readonly #size: number;
  #window: Buffer = Buffer.alloc(0);
  #from = 0;
  #filled = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'r');
    this.#size = fstatSync(this.#file).size;
  }

  close(): void {
    closeSync(this.#file);
  }

  /** `count` bytes from `offset`, or as many as there are; valid until the next call. */
  bytes(offset: number, count: number): Buffer {
    const end = Math.min(offset + count, this.#size);
    if (offset < this.#from || end > this.#from + this.#filled) this.#read(offset, end - offset);
    return this.#window.subarray(offset - this.#from, end - this.#from);
  }

  #read(offset: number, count: number): void {
    const around = this.#size <= WHOLE_BYTES ? this.#size : Math.max(count, WINDOW_BYTES);
    if (around > this.#window.length) this.#window = Buffer.allocUnsafeSlow(around);
    // What a delta builds on lies before it.
    this.#from = Math.max(0, Math.min(offset + count, this.#size) - around);
    this.#filled = 0;
    const wanted = Math.min(around, this.#size - this.#from);
    while (this.#filled < wanted) {
      const got = readSync(this.#file, this.#window, this.#filled, wanted - this.#filled, this.#from + this.#filled);
      if (got === 0) throw new Error('a pack file is shorter than it was');
      this.#filled += got;
    }
  }
}
