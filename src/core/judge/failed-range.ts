import type { Explanation } from '../detectors/detector.ts';
import type { WorseDirection } from '../model/metric.ts';

type Range = NonNullable<Explanation['expected']>;

/**
 * The range a metric was expected in as it failed. What is still beyond it is not well, however used to it a detector
 * gets: of what grows slowly on, a detector of changes sees no more.
 */
export class FailedRange {
  /** Null where no detector had a range, or the value that failed was inside it: there a limit decides. */
  expected: Range | null = null;
  #above = false;

  take(expected: Range | null, failed: number, worse: WorseDirection): void {
    this.#above = expected !== null && failed > expected.high;
    const isWorse = expected !== null && (this.#above ? worse !== 'down' : failed < expected.low && worse !== 'up');
    this.expected = isWorse ? expected : null;
  }

  isBeyond(value: number): boolean {
    if (this.expected === null) return false;
    return this.#above ? value > this.expected.high : value < this.expected.low;
  }

  /** An explanation of a value: where the detector has got used to it, with the range of before. */
  over<T extends Pick<Explanation, 'expected' | 'sigma'>>(now: T, value: number): T {
    const isUsedToIt = now.expected !== null && value >= now.expected.low && value <= now.expected.high;
    return isUsedToIt && this.isBeyond(value) ? { ...now, expected: this.expected, sigma: null } : now;
  }

  clear(): void {
    this.expected = null;
  }
}
