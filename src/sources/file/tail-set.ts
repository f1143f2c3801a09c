import type { ReadingContext } from './context.ts';
import { findFiles } from './find-files.ts';
import type { WatchedPath } from './find-files.ts';
import { checkpointOf } from './resume.ts';
import { Tail } from './tail.ts';

/** After this long at a stretch, others on the event loop get their turn. */
const YIELD_AFTER_MS = 10;

/** All files that are followed: finds them, visits those marked, keeps their offsets. One reader, no overlap. */
export class TailSet {
  readonly #context: ReadingContext;
  readonly #paths: readonly WatchedPath[];
  readonly #extensions: readonly string[];
  readonly #tails = new Map<string, Tail>();
  #marked = new Set<Tail>();
  #refused: ReadonlyMap<string, string> = new Map();

  constructor(context: ReadingContext, paths: readonly WatchedPath[], extensions: readonly string[]) {
    this.#context = context;
    this.#paths = paths;
    this.#extensions = extensions;
  }

  get fileCount(): number {
    return this.#tails.size;
  }

  /** Searches the paths for files not followed yet. */
  search(): void {
    const { files, refused } = findFiles(this.#context.fs, this.#paths, this.#extensions);
    for (const path of files) {
      if (this.#tails.has(path)) continue;
      const tail = new Tail(path, this.#context);
      this.#tails.set(path, tail);
      this.#marked.add(tail);
    }
    for (const [path, why] of refused) {
      if (this.#refused.get(path) !== why) this.#context.sink.notice({ type: 'refused', path, why });
    }
    this.#refused = refused;
  }

  /** True when the path is followed and will be visited. */
  mark(path: string): boolean {
    const tail = this.#tails.get(path);
    if (tail === undefined) return false;
    this.#marked.add(tail);
    return true;
  }

  markAll(): void {
    for (const tail of this.#tails.values()) this.#marked.add(tail);
  }

  /** Visits what is marked until there is nothing more to read at once. */
  async visitMarked(): Promise<void> {
    const { clock, siblings } = this.#context;
    let busySinceMs = clock.monotonicMs();
    while (this.#marked.size > 0) {
      const turn = this.#marked;
      this.#marked = new Set();
      siblings.startPass();
      for (const tail of turn) {
        const visit = await tail.visit();
        if (visit === 'more') this.#marked.add(tail);
        else if (visit === 'gone') this.#forget(tail);
        if (clock.monotonicMs() - busySinceMs < YIELD_AFTER_MS) continue;
        await new Promise((resolve) => setImmediate(resolve));
        busySinceMs = clock.monotonicMs();
      }
    }
  }

  /** Delivers last lines without an end: nothing more will come. */
  async finish(): Promise<void> {
    for (const tail of this.#tails.values()) await tail.finish();
  }

  /** Keeps the offsets of what was read since they were last kept. */
  saveOffsets(): void {
    const { offsets } = this.#context;
    if (offsets === null) return;
    const checkpoints = new Map<string, string>();
    for (const tail of this.#tails.values()) {
      if (!tail.unsaved || tail.reading === null) continue;
      checkpoints.set(tail.path, checkpointOf(tail.reading));
      tail.unsaved = false;
    }
    if (checkpoints.size === 0) return;
    if (offsets.saveAll !== undefined) offsets.saveAll(checkpoints);
    else for (const [path, checkpoint] of checkpoints) offsets.save(path, checkpoint);
  }

  close(): void {
    for (const tail of this.#tails.values()) tail.close();
  }

  #forget(tail: Tail): void {
    this.saveOffsets();
    this.#tails.delete(tail.path);
  }
}
