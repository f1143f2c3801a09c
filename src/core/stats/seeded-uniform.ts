/** A generator of uniform numbers in [0, 1) whose state can be read and set: the same state gives the same numbers. */
export class SeededUniform {
  /** 32 bits, 0..2³² − 1. */
  state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** Mulberry32 (Tommy Ettinger, 2017). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
}
