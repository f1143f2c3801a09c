/** Bytes of a stream, taken by line or by count, whatever the chunks they come in. */
export class ByteQueue {
  readonly #source: AsyncIterator<Buffer>;
  #chunks: Buffer[] = [];
  #length = 0;
  #ended = false;

  constructor(source: NodeJS.ReadableStream) {
    this.#source = (source as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  }

  /** The next line without its end; null at the end of the stream. */
  async line(): Promise<string | null> {
    for (;;) {
      const first = this.#chunks[0];
      const end = first?.indexOf(10) ?? -1;
      if (first !== undefined && end !== -1) {
        const line = first.toString('utf8', 0, end);
        this.#drop(end + 1);
        return line;
      }
      if (!(await this.#more())) {
        if (this.#length === 0) return null;
        return (await this.take(this.#length))!.toString('utf8');
      }
      if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks)];
    }
  }

  /** Exactly `count` bytes; null when the stream ends before. */
  async take(count: number): Promise<Buffer | null> {
    while (this.#length < count) if (!(await this.#more())) return null;
    const first = this.#chunks[0];
    if (first === undefined || first.length >= count) {
      const taken = first?.subarray(0, count) ?? Buffer.alloc(0);
      this.#drop(count);
      return taken;
    }
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    this.#drop(count);
    return all.subarray(0, count);
  }

  #drop(count: number): void {
    const first = this.#chunks[0];
    if (first === undefined) return;
    this.#length -= count;
    if (first.length === count) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(count);
  }

  async #more(): Promise<boolean> {
    if (this.#ended) return false;
    const next = await this.#source.next();
    if (next.done === true) {
      this.#ended = true;
      return false;
    }
    this.#chunks.push(next.value);
    this.#length += next.value.length;
    return true;
  }
}
