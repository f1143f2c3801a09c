/** Contents used lately, dropped from the oldest when they grow beyond a number of bytes. */
export class KeptContents<K> {
  readonly #contents = new Map<K, Buffer>();
  readonly #mostBytes: number;
  readonly #dropped: (content: Buffer) => void;
  #bytes = 0;

  /** @param dropped gets every content that is no longer kept */
  constructor(mostBytes: number, dropped: (content: Buffer) => void) {
    this.#mostBytes = mostBytes;
    this.#dropped = dropped;
  }

  get(key: K): Buffer | undefined {
    const content = this.#contents.get(key);
    if (content !== undefined) {
      this.#contents.delete(key);
      this.#contents.set(key, content);
    }
    return content;
  }

  set(key: K, content: Buffer): void {
    if (this.#contents.has(key)) return;
    this.#contents.set(key, content);
    this.#bytes += content.length;
    for (const [old, dropped] of this.#contents) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#contents.delete(old);
      this.#bytes -= dropped.length;
      this.#dropped(dropped);
    }
  }
}
