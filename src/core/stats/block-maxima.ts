import { sortedQuantile, sortSpan } from './sorted-span.ts';

/** Plain form: the maxima of full blocks, oldest first, then what the open block has. */
export interface BlockMaximaState {
  readonly maxima: readonly number[];
  readonly open: number;
  readonly inOpen: number;
}

/**
 * The largest value of each of the last `kept` blocks of `blockLength` values: how high a score goes by itself.
 *
 * O(1) per value, a sort of `kept` numbers once per block; 16 bytes per block. Values must be finite and 0 or more.
 */
export class BlockMaxima {
  readonly #blockLength: number;
  readonly #maxima: Float64Array;
  readonly #sorted: Float64Array;
  #blocks = 0;
  #open = 0;
  #inOpen = 0;

  constructor(blockLength: number, kept: number) {
    this.#blockLength = blockLength;
    this.#maxima = new Float64Array(kept);
    this.#sorted = new Float64Array(kept);
  }

  push(value: number): void {
    if (value > this.#open) this.#open = value;
    this.#inOpen += 1;
    if (this.#inOpen < this.#blockLength) return;
    this.#close(this.#open);
    this.#open = 0;
    this.#inOpen = 0;
  }

  /** The maximum at rank ⌊p · blocks⌋ of the full blocks; `before` while there is none. */
  quantile(p: number, before: number): number {
    const count = this.#count();
    return count === 0 ? before : sortedQuantile(this.#sorted, count, p);
  }

  /**
   * The quantile, and while fewer than `enough` blocks are full the largest value so far, at least `least`: a short past
   * does not show how high it goes.
   */
  cautious(p: number, enough: number, least: number): number {
    const count = this.#count();
    if (count >= enough) return this.quantile(p, least);
    const largest = count === 0 ? 0 : this.#sorted[count - 1]!;
    return Math.max(least, largest, this.#open);
  }

  save(): BlockMaximaState {
    const count = this.#count();
    const first = this.#blocks - count;
    const maxima = Array.from({ length: count }, (_, i) => this.#maxima[(first + i) % this.#maxima.length]!);
    return { maxima, open: this.#open, inOpen: this.#inOpen };
  }

  static restore(blockLength: number, kept: number, state: BlockMaximaState): BlockMaxima {
    const blocks = new BlockMaxima(blockLength, kept);
    for (const maximum of state.maxima) blocks.#close(maximum);
    blocks.#open = state.open;
    blocks.#inOpen = state.inOpen;
    return blocks;
  }

  #close(maximum: number): void {
    this.#maxima[this.#blocks % this.#maxima.length] = maximum;
    this.#blocks += 1;
    const count = this.#count();
    this.#sorted.set(this.#maxima.subarray(0, count));
    sortSpan(this.#sorted, count);
  }

  #count(): number {
    return Math.min(this.#blocks, this.#maxima.length);
  }
}
