import { createHash } from 'node:crypto';

/** Most bytes of a fingerprint: enough to hold several rows with their times. */
export const FINGERPRINT_BYTES = 1024;

/**
 * The bytes just before a position in a file. When they are no longer there, the file was emptied and written
 * anew, even if it has grown past the position since.
 */
export class Fingerprint {
  #bytes: Uint8Array = new Uint8Array(0);

  get lengthBytes(): number {
    return this.#bytes.length;
  }

  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Takes the last bytes of `buffer[0..end)`, which must be contiguous up to the new position. */
  take(buffer: Uint8Array, end: number): void {
    const length = Math.min(FINGERPRINT_BYTES, end);
    if (this.#bytes.length !== length) this.#bytes = new Uint8Array(length);
    this.#bytes.set(buffer.subarray(end - length, end));
  }

  clear(): void {
    this.#bytes = new Uint8Array(0);
  }

  /** True when `buffer` begins with the fingerprint. */
  matches(buffer: Uint8Array, lengthBytes: number): boolean {
    const own = this.#bytes;
    if (lengthBytes < own.length) return false;
    for (let i = 0; i < own.length; i += 1) if (own[i] !== buffer[i]) return false;
    return true;
  }

  digest(): string {
    return digestOf(this.#bytes);
  }
}

/** Short digest of a fingerprint for a checkpoint: SHA-256 cut to 128 bits, base64url. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
}
