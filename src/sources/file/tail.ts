import { FileSystemError } from '../../ports/file-system.ts';
import type { FileStat, OpenFile } from '../../ports/file-system.ts';
import { begin, between } from './begin.ts';
import type { ReadingContext } from './context.ts';
import { reason } from './find-files.ts';
import { LateFiles } from './late-files.ts';
import type { ReadOutcome } from './line-reader.ts';
import { shrink, startAgain } from './replaced.ts';
import { takeOver } from './resume.ts';
import { isOwnName } from './siblings.ts';
import { Stretch } from './stretch.ts';
import { readTurn } from './turn.ts';

/** "more" = there is more to do at once; "gone" = the file is away for good and can be forgotten. */
export type Visit = 'idle' | 'more' | 'gone';

/** Follows one path through appends, rotation, truncation and removal. Visits must not overlap. */
export class Tail {
  readonly path: string;
  /** Set by reading, cleared by whoever saves the checkpoint. */
  unsaved = false;
  readonly #context: ReadingContext;
  /** Files to read in order: the last one is, or was, at the path. */
  #stretches: Stretch[] = [];
  readonly #late: LateFiles;
  #refused: string | null = null;
  #missingSinceMs: number | null = null;
  /** The file (null = none) that was seen at the path in place of the last stretch, and when. */
  #change: { readonly seen: number; readonly inode: number | null } | null = null;

  constructor(path: string, context: ReadingContext) {
    this.path = path;
    this.#context = context;
    this.#late = new LateFiles(context);
  }

  /** What is being read, for the checkpoint; null when nothing was found yet. */
  get reading(): Stretch | null {
    return this.#stretches[0] ?? null;
  }

  /** Looks at the path and reads at most one turn of blocks. */
  async visit(): Promise<Visit> {
    try {
      await this.#late.read();
      const stat = this.#context.fs.stat(this.path);
      if (stat !== null && stat.kind !== 'file') {
        this.#refuse(`${stat.kindText}, not a regular file`);
        return 'idle';
      }
      const visit = await this.#look(stat);
      this.#refused = null;
      return visit;
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
      this.#refuse(reason(error));
      return 'idle';
    }
  }

  /** Delivers a last line that has no end, because none will come to it. */
  async finish(): Promise<void> {
    const stretch = this.reading;
    if (stretch === null) return;
    try {
      await this.#deliverUnterminated(stretch, this.#context.handles.open(stretch));
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
      this.#refuse(reason(error));
    }
  }

  /** Lets all files go. */
  close(): void {
    for (const stretch of this.#stretches) this.#context.handles.drop(stretch);
    this.#late.close();
  }

  async #look(stat: FileStat | null): Promise<Visit> {
    const last = this.#stretches.at(-1);
    if (last !== undefined && stat !== null && last.isSameFile(stat)) {
      this.#change = null;
      this.#missingSinceMs = null;
      last.where = this.path;
      if (this.#stretches.length > 1) return this.#drainFirst();
      return last.isUnchanged(stat) ? this.#rest(last) : this.#follow(last, stat);
    }
    // Twice the same answer first: the others that changed get seen too, and one listing of the folder, taken
    // after all these looks, holds whatever was between the file that was read and the one that is there now.
    const inode = stat?.inode ?? null;
    if (this.#change?.inode !== inode) {
      this.#change = { seen: this.#context.siblings.now(), inode };
      return 'more';
    }
    if (last !== undefined) {
      const { seen } = this.#change;
      return stat === null ? this.#missing(last, seen) : this.#rotated(last, stat, seen);
    }
    if (stat === null) return 'idle';
    const stretches = begin(this.#context, this.path, stat, this.#change.seen);
    this.#change = null;
    this.#stretches = stretches ?? [];
    this.unsaved = true;
    return 'more';
  }

  async #follow(stretch: Stretch, stat: FileStat): Promise<Visit> {
    const file = this.#context.handles.open(stretch);
    if (file === null) return 'more';
    try {
      if (stat.sizeBytes < stretch.seenBytes) shrink(this.#context.sink, this.path, stretch, stat, file);
      const outcome = await this.#turn(stretch, stat, file);
      if (outcome === 'replaced') startAgain(this.#context.sink, this.path, stretch);
      return outcome === 'end' ? 'idle' : 'more';
    } finally {
      this.#context.handles.release(stretch, file);
    }
  }

  async #turn(stretch: Stretch, stat: FileStat, file: OpenFile): Promise<ReadOutcome> {
    const before = stretch.offsetBytes;
    const outcome = await readTurn(this.#context, stretch, stat, file);
    if (stretch.offsetBytes !== before) this.unsaved = true;
    return outcome;
  }

  /** Nothing new. A recording's last line needs no end. */
  async #rest(stretch: Stretch): Promise<Visit> {
    const { clock, handles, limits } = this.#context;
    const recorded = !stretch.grew && clock.nowMs() - stretch.modifiedMs >= limits.restMs;
    if (recorded && stretch.pendingBytes > 0 && stretch.mode === 'lines') {
      await this.#deliverUnterminated(stretch, handles.open(stretch));
    }
    return 'idle';
  }

  /** Another file stands at the path. The old one is read to its end first. */
  #rotated(last: Stretch, stat: FileStat, since: number): Promise<Visit> | Visit {
    this.#missingSinceMs = null;
    const isThere = this.#append(last, stat, since);
    // As long as the new one is empty, the writer has not turned to it.
    if (stat.sizeBytes === 0 && isThere && this.#stretches.at(-1) === last) return this.#drainFirst();
    this.#stretches.push(new Stretch(stat, this.path));
    this.#change = null;
    return 'more';
  }

  /** Puts what was rotated away after the last stretch, and never seen at the path, behind it. */
  #append(last: Stretch, current: FileStat | null, since: number): boolean {
    const { handles } = this.#context;
    const file = handles.openAnywhere(last, since);
    const modifiedMs = Math.max(last.modifiedMs, file?.stat().modifiedMs ?? 0);
    if (file !== null) handles.release(last, file);
    const known = [...this.#stretches.map((stretch) => stretch.inode), ...this.#late.inodes];
    this.#stretches.push(...between(this.#context, this.path, modifiedMs, known, current, since));
    return file !== null;
  }

  async #missing(last: Stretch, since: number): Promise<Visit> {
    const { clock, limits, sink } = this.#context;
    this.#missingSinceMs ??= clock.monotonicMs();
    this.#append(last, null, since);
    const visit = await this.#drainFirst();
    if (visit === 'more' || clock.monotonicMs() - this.#missingSinceMs < limits.goneMs) return visit;
    await this.#end(last, null);
    last.ended = true;
    this.unsaved = true;
    sink.notice({ type: 'file-gone', path: this.path });
    this.close();
    return 'gone';
  }

  /** Reads on in the oldest file, which is no longer at the path, and turns to the next one at its end. */
  async #drainFirst(): Promise<Visit> {
    const { handles, siblings } = this.#context;
    const stretch = this.reading;
    if (stretch === null) return 'idle';
    const next = this.#stretches[1] ?? null;
    const file = handles.openAnywhere(stretch, this.#change?.seen ?? siblings.now());
    if (file !== null) {
      try {
        const stat = file.stat();
        const outcome = stretch.isUnchanged(stat) ? 'end' : await this.#turn(stretch, stat, file);
        if (outcome === 'more') return 'more';
        if (outcome === 'replaced' && isOwnName(stretch)) {
          startAgain(this.#context.sink, this.path, stretch);
          return 'more';
        }
        stretch.isOver = outcome === 'replaced';
      } finally {
        handles.release(stretch, file);
      }
    }
    if (next === null) return 'idle';
    await this.#end(stretch, next);
    this.#stretches.shift();
    this.unsaved = true;
    return 'more';
  }

  /** The stretch is over: its last line is complete, what is known to be lost is said, late lines are waited for. */
  async #end(stretch: Stretch, next: Stretch | null): Promise<void> {
    const { handles, sink, siblings } = this.#context;
    const nextFile = next === null ? null : handles.open(next);
    if (next !== null && nextFile !== null) {
      const isCopy = takeOver(stretch, next, nextFile);
      handles.release(next, nextFile);
      if (isCopy) return handles.drop(stretch);
    }
    const file = stretch.isOver ? null : handles.openAnywhere(stretch, this.#change?.seen ?? siblings.now());
    if (file === null) {
      const lostBytes = stretch.undeliveredBytes > 0 ? stretch.undeliveredBytes : null;
      const why = 'the file was removed or moved away, and what was last written to it could not be read';
      sink.notice({ type: 'bytes-lost', path: this.path, lostBytes, why });
    } else {
      await this.#deliverUnterminated(stretch, file);
    }
    if (next === null) return;
    sink.notice({ type: 'file-rotated', path: this.path });
    this.#late.add(stretch);
  }

  /** Takes the file over: releases it. */
  async #deliverUnterminated(stretch: Stretch, file: OpenFile | null): Promise<void> {
    if (file === null) return;
    try {
      await this.#context.reader.deliverUnterminated(stretch, file, this.path, this.#context.sink);
      this.unsaved = true;
    } finally {
      this.#context.handles.release(stretch, file);
    }
  }

  #refuse(why: string): void {
    if (this.#refused === why) return;
    this.#refused = why;
    this.#context.sink.notice({ type: 'refused', path: this.path, why });
  }
}
