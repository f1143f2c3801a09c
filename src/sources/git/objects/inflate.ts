import { HuffmanCode } from './huffman.ts';

/** Compressed bytes are damaged or end too early. */
export class InflateError extends Error {
  override readonly name = 'InflateError';
}

/** Extra bits of length symbols 257 to 285 and of distance symbols 0 to 29 (RFC 1951, 3.2.5), and what they add to. */
const LENGTH_EXTRA = Uint8Array.from({ length: 29 }, (_, i) => (i === 28 ? 0 : Math.max(0, (i >> 2) - 1)));
const LENGTH_BASE = bases(LENGTH_EXTRA, 3);
LENGTH_BASE[28] = 258;
const DISTANCE_EXTRA = Uint8Array.from({ length: 30 }, (_, i) => Math.max(0, (i >> 1) - 1));
const DISTANCE_BASE = bases(DISTANCE_EXTRA, 1);
/** Order in which a block tells the lengths of the codes that its code lengths are written in. */
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const LITERAL_BITS = 10;
const DISTANCE_BITS = 8;
const CODE_BITS = 7;
const END_OF_BLOCK = 256;
const ZLIB_HEADER_BYTES = 2;
/** Beyond, a call that copies a block is faster than copying byte by byte. */
const LONG_COPY = 48;

/**
 * Inflates zlib streams whose inflated size is known, straight to where the content is wanted.
 *
 * The objects of a pack are many and small: setting up Node's own zlib for each costs several times what it then does.
 * The checksum at the end is not verified; a content of another size than said is an error.
 * Reference: RFC 1950, RFC 1951.
 */
export class Inflater {
  readonly #literals = new HuffmanCode(LITERAL_BITS, 288);
  readonly #distances = new HuffmanCode(DISTANCE_BITS, 32);
  readonly #codes = new HuffmanCode(CODE_BITS, 19);
  readonly #fixedLiterals = new HuffmanCode(LITERAL_BITS, 288);
  readonly #fixedDistances = new HuffmanCode(DISTANCE_BITS, 32);
  readonly #lengths = new Uint8Array(320);
  #from: Uint8Array = new Uint8Array(0);
  #start = 0;
  #at = 0;
  #hold = 0;
  #held = 0;

  constructor() {
    const lengths = this.#lengths;
    lengths.fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280, 288);
    this.#fixedLiterals.build(lengths, 0, 288);
    this.#fixedDistances.build(lengths.fill(5, 0, 30), 0, 30);
  }

  /**
   * Inflates the stream that begins at `at` of `from` to `to[start … end)`.
   *
   * @throws InflateError when the stream is damaged or its content does not end at `end`
   */
  inflate(from: Uint8Array, at: number, to: Uint8Array, start: number, end: number): void {
    this.#from = from;
    this.#start = start;
    this.#at = at + ZLIB_HEADER_BYTES;
    this.#hold = 0;
    this.#held = 0;
    let filled = start;
    for (let last = 0; last === 0;) {
      last = this.#bits(1);
      const kind = this.#bits(2);
      if (kind === 0) filled = this.#stored(to, filled, end);
      else if (kind === 1) filled = this.#block(this.#fixedLiterals, this.#fixedDistances, to, filled, end);
      else if (kind === 2) {
        this.#readCodes();
        filled = this.#block(this.#literals, this.#distances, to, filled, end);
      } else throw new InflateError('a compressed block is of no known kind');
    }
    if (filled !== end) throw new InflateError('a compressed content is shorter than said');
  }

  /** The next `count` bits, at most 16. */
  #bits(count: number): number {
    while (this.#held < count) {
      this.#hold |= this.#from[this.#at++]! << this.#held;
      this.#held += 8;
    }
    const bits = this.#hold & ((1 << count) - 1);
    this.#hold >>>= count;
    this.#held -= count;
    return bits;
  }

  #stored(to: Uint8Array, filled: number, end: number): number {
    this.#at -= this.#held >> 3;
    this.#hold = 0;
    this.#held = 0;
    const from = this.#from;
    const size = from[this.#at]! | (from[this.#at + 1]! << 8);
    this.#at += 4;
    if (filled + size > end || this.#at + size > from.length) throw new InflateError('a stored block is too long');
    to.set(from.subarray(this.#at, this.#at + size), filled);
    this.#at += size;
    return filled + size;
  }

  /** Reads the two codes of a block (RFC 1951, 3.2.7). */
  #readCodes(): void {
    const literals = this.#bits(5) + 257;
    const distances = this.#bits(5) + 1;
    const codes = this.#bits(4) + 4;
    const lengths = this.#lengths.fill(0);
    for (let i = 0; i < codes; i++) lengths[CODE_ORDER[i]!] = this.#bits(3);
    this.#codes.build(lengths, 0, 19);
    lengths.fill(0, 0, 19);
    for (let i = 0; i < literals + distances;) {
      const symbol = this.#codeLength();
      if (symbol < 16) {
        lengths[i++] = symbol;
        continue;
      }
      const length = symbol === 16 ? (lengths[i - 1] ?? 0) : 0;
      const times = symbol === 16 ? 3 + this.#bits(2) : symbol === 17 ? 3 + this.#bits(3) : 11 + this.#bits(7);
      if (i + times > literals + distances) throw new InflateError('a compressed block has too many code lengths');
      for (const until = i + times; i < until; i++) lengths[i] = length;
    }
    this.#literals.build(lengths, 0, literals);
    this.#distances.build(lengths, literals, distances);
  }

  #codeLength(): number {
    while (this.#held < CODE_BITS) {
      this.#hold |= this.#from[this.#at++]! << this.#held;
      this.#held += 8;
    }
    const entry = this.#codes.table[this.#hold & ((1 << CODE_BITS) - 1)]!;
    if (entry === 0) throw new InflateError('a compressed block has a code length of no known kind');
    this.#hold >>>= entry & 15;
    this.#held -= entry & 15;
    return entry >> 4;
  }

  #block(literals: HuffmanCode, distances: HuffmanCode, to: Uint8Array, start: number, end: number): number {
    const from = this.#from;
    const literalTable = literals.table;
    const distanceTable = distances.table;
    const literalMask = literalTable.length - 1;
    const distanceMask = distanceTable.length - 1;
    let at = this.#at;
    let hold = this.#hold;
    let held = this.#held;
    let filled = start;
    for (;;) {
      while (held < 15) {
        hold |= from[at++]! << held;
        held += 8;
      }
      let entry = literalTable[hold & literalMask]!;
      if (entry === 0) entry = literals.long(hold);
      hold >>>= entry & 15;
      held -= entry & 15;
      let symbol = entry >> 4;
      if (symbol < END_OF_BLOCK) {
        if (filled === end || entry === 0) throw new InflateError('a compressed content is damaged or too long');
        to[filled++] = symbol;
        continue;
      }
      if (symbol === END_OF_BLOCK) break;
      symbol -= 257;
      while (held < 20) {
        hold |= from[at++]! << held;
        held += 8;
      }
      let extra = LENGTH_EXTRA[symbol]!;
      let length = LENGTH_BASE[symbol]! + (hold & ((1 << extra) - 1));
      hold >>>= extra;
      held -= extra;
      entry = distanceTable[hold & distanceMask]!;
      if (entry === 0) entry = distances.long(hold);
      hold >>>= entry & 15;
      held -= entry & 15;
      while (held < 13) {
        hold |= from[at++]! << held;
        held += 8;
      }
      extra = DISTANCE_EXTRA[entry >> 4]!;
      const distance = DISTANCE_BASE[entry >> 4]! + (hold & ((1 << extra) - 1));
      hold >>>= extra;
      held -= extra;
      // Written so that a symbol beyond the tables, whose base is undefined, fails too.
      const isSound =
        entry !== 0 && distance <= filled - this.#start && filled + length <= end && at <= from.length + 4;
      if (!isSound) throw new InflateError('a compressed content is damaged or too long');
      if (length > LONG_COPY && distance >= length) {
        to.copyWithin(filled, filled - distance, filled - distance + length);
        filled += length;
      } else for (; length > 0; length--, filled++) to[filled] = to[filled - distance]!;
    }
    this.#at = at;
    this.#hold = hold;
    this.#held = held;
    return filled;
  }
}

function bases(extra: Uint8Array, first: number): Uint16Array {
  let next = first;
  return Uint16Array.from(extra, (bits) => {
    const base = next;
    next += 1 << bits;
    return base;
  });
}
