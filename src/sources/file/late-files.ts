import type { ReadingContext } from './context.ts';
import type { Stretch } from './stretch.ts';
import { readTurn } from './turn.ts';

/**
 * Files that were rotated away and read to their end, still held open for a while: one of several writers may turn
 * to the new file later than the others, and what it still writes to the old one counts.
 */
export class LateFiles {
  readonly #context: ReadingContext;
  #stretches: Stretch[] = [];

  constructor(context: ReadingContext) {
    this.#context = context;
  }

  get inodes(): readonly number[] {
    return this.#stretches.map((stretch) => stretch.inode);
  }

  /** Takes over a file that is at its end. One that is not held open cannot be found again and is let go. */
  add(stretch: Stretch): void {
    stretch.lastGrowthMs = this.#context.clock.monotonicMs();
    if (stretch.handle !== null && !stretch.isOver) this.#stretches.push(stretch);
    else this.#context.handles.drop(stretch);
  }

  /** Delivers what came late; lets go what has been quiet for long enough. */
  async read(): Promise<void> {
    if (this.#stretches.length === 0) return;
    const { clock, handles, limits } = this.#context;
    const nowMs = clock.monotonicMs();
    const kept: Stretch[] = [];
    for (const stretch of this.#stretches) {
      const stat = stretch.handle?.stat();
      if (stat !== undefined && stretch.handle !== null && !stretch.isUnchanged(stat)) {
        stretch.lastGrowthMs = nowMs;
        await readTurn(this.#context, stretch, stat, stretch.handle);
      }
      if (nowMs - stretch.lastGrowthMs < limits.lateMs) kept.push(stretch);
      else handles.drop(stretch);
    }
    this.#stretches = kept;
  }

  close(): void {
    for (const stretch of this.#stretches) this.#context.handles.drop(stretch);
    this.#stretches = [];
  }
}
