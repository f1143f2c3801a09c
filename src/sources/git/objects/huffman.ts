/** Longest code of DEFLATE. */
const MOST_BITS = 15;

/**
 * A Huffman code of DEFLATE, read by looking up the next bits of a stream.
 *
 * Codes up to `bits` long, nearly all that are met, cost one look-up; longer ones are found bit by bit.
 * Reference: RFC 1951, 3.2.2.
 */
export class HuffmanCode {
  /** By the next `bits` bits: symbol × 16 + length of its code; 0 = the code is longer, or there is none. */
  readonly table: Uint16Array;
  readonly #bits: number;
  readonly #counts = new Uint16Array(MOST_BITS + 1);
  readonly #next = new Uint16Array(MOST_BITS + 2);
  readonly #symbols: Uint16Array;

  /** @param bits of the look-up; @param symbols the most there are */
  constructor(bits: number, symbols: number) {
    this.#bits = bits;
    this.table = new Uint16Array(1 << bits);
    this.#symbols = new Uint16Array(symbols);
  }

  /** Takes over another code: the code length of each of the `count` symbols that begin at `from`; 0 = not in use. */
  build(lengths: Uint8Array, from: number, count: number): void {
    const counts = this.#counts.fill(0);
    for (let symbol = 0; symbol < count; symbol++) counts[lengths[from + symbol]!]!++;
    counts[0] = 0;
    const next = this.#next;
    next[1] = 0;
    for (let length = 1; length <= MOST_BITS; length++) next[length + 1] = next[length]! + counts[length]!;
    const symbols = this.#symbols;
    for (let symbol = 0; symbol < count; symbol++) {
      const length = lengths[from + symbol]!;
      if (length !== 0) symbols[next[length]!++] = symbol;
    }
    this.#fill();
  }

  #fill(): void {
    const bits = this.#bits;
    const table = this.table.fill(0);
    let code = 0;
    let at = 0;
    for (let length = 1; length <= bits; length++) {
      for (let left = this.#counts[length]!; left > 0; left--) {
        const entry = (this.#symbols[at++]! << 4) | length;
        // The stream brings a code's bits from the highest on, so the look-up is by the code turned round.
        for (let slot = reversed(code, length); slot < table.length; slot += 1 << length) table[slot] = entry;
        code++;
      }
      code <<= 1;
    }
  }

  /** Like an entry of the table, for any next 15 bits; 0 = no such code. */
  long(next: number): number {
    let code = 0;
    let first = 0;
    let at = 0;
    for (let length = 1; length <= MOST_BITS; length++) {
      code |= (next >> (length - 1)) & 1;
      const count = this.#counts[length]!;
      if (code - first < count) return (this.#symbols[at + code - first]! << 4) | length;
      at += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return 0;
  }
}

function reversed(code: number, length: number): number {
  let turned = 0;
  for (let bit = 0; bit < length; bit++) turned |= ((code >> bit) & 1) << (length - 1 - bit);
  return turned;
}
