import type { ParseIssue } from '../../../../src/core/model/sample.ts';
import type { SourceNotice, SourceSink } from '../../../../src/ports/metric-source.ts';
import type { OffsetStore } from '../../../../src/ports/store.ts';
import type { FileReadingLimits } from '../../../../src/sources/file/context.ts';
import { DEFAULT_LIMITS } from '../../../../src/sources/file/context.ts';
import { toWatchedPath } from '../../../../src/sources/file/find-files.ts';
import { Handles } from '../../../../src/sources/file/handles.ts';
import { LineReader } from '../../../../src/sources/file/line-reader.ts';
import { TAKEN_EXTENSIONS } from '../../../../src/sources/file/names.ts';
import { Siblings } from '../../../../src/sources/file/siblings.ts';
import { TailSet } from '../../../../src/sources/file/tail-set.ts';
import type { MemoryFileSystem } from '../../../fakes/memory-file-system.ts';

const NEWLINE = 0x0a;

/** Collects what a source says. Copies every block, as the contract asks. */
export class Collector implements SourceSink {
  readonly lines = new Map<string, string[]>();
  readonly bytes = new Map<string, Buffer[]>();
  readonly notices: SourceNotice[] = [];
  readonly issues: ParseIssue[] = [];
  /** Blocks that ended without a line end. */
  unterminated = 0;

  block(block: { path: string; offsetBytes: number; bytes: Uint8Array }): void {
    if (block.bytes.length === 0) throw new Error('an empty block');
    const copy = Buffer.from(block.bytes);
    const lines = copy.toString('utf8').split('\n');
    if (copy.at(-1) === NEWLINE) lines.pop();
    else this.unterminated += 1;
    const known = this.lines.get(block.path) ?? [];
    for (const line of lines) known.push(line);
    this.lines.set(block.path, known);
    this.bytes.set(block.path, [...(this.bytes.get(block.path) ?? []), copy]);
  }

  notice(notice: SourceNotice): void {
    this.notices.push(notice);
  }

  issue(issue: ParseIssue): void {
    this.issues.push(issue);
  }

  linesOf(path: string): string[] {
    return this.lines.get(path) ?? [];
  }

  typesOf(path: string): string[] {
    return this.notices.filter((notice) => 'path' in notice && notice.path === path).map((notice) => notice.type);
  }

  /** Sum of the known losses; null when one is not known. */
  get lostBytes(): number | null {
    let sum = 0;
    for (const notice of this.notices) {
      if (notice.type !== 'bytes-lost') continue;
      if (notice.lostBytes === null) return null;
      sum += notice.lostBytes;
    }
    return sum;
  }
}

/** Offsets in memory. */
export class MemoryOffsets implements OffsetStore {
  readonly saved = new Map<string, string>();

  load(path: string): string | null {
    return this.saved.get(path) ?? null;
  }

  save(path: string, checkpoint: string): void {
    this.saved.set(path, checkpoint);
  }
}

/** The tails on a file system in memory, driven by hand: no timers, a clock that moves when told. */
export class Harness {
  readonly collector = new Collector();
  readonly offsets = new MemoryOffsets();
  readonly fs: MemoryFileSystem;
  monotonicMs = 0;
  readonly #paths: readonly string[];
  readonly #limits: FileReadingLimits;
  #tails: TailSet;

  constructor(fs: MemoryFileSystem, paths: readonly string[], limits: Partial<FileReadingLimits> = {}) {
    this.fs = fs;
    this.#paths = paths;
    this.#limits = { ...DEFAULT_LIMITS, blockBytes: 4096, maxLineBytes: 16_384, ...limits };
    this.#tails = this.#create();
  }

  /** Looks at everything, as the poll does. */
  async poll(): Promise<void> {
    this.#tails.search();
    this.#tails.markAll();
    await this.#tails.visitMarked();
  }

  /** Stops with offsets kept and starts again. */
  async restart(): Promise<void> {
    await this.poll();
    this.stop();
    this.#tails = this.#create();
  }

  /** Stops as by `kill -9`, with whatever offsets were kept last. */
  crash(): void {
    this.#tails.close();
    this.#tails = this.#create();
  }

  save(): void {
    this.#tails.saveOffsets();
  }

  async finish(): Promise<void> {
    await this.poll();
    await this.#tails.finish();
    this.stop();
  }

  stop(): void {
    this.#tails.saveOffsets();
    this.#tails.close();
  }

  #create(): TailSet {
    const { fs, collector: sink, offsets } = this;
    const siblings = new Siblings(fs);
    const clock = { nowMs: () => fs.nowMs, monotonicMs: () => this.monotonicMs };
    const limits = this.#limits;
    const handles = new Handles(fs, siblings, limits.maxOpenFiles);
    const reader = new LineReader(limits.blockBytes, limits.maxLineBytes);
    const context = { fs, clock, sink, offsets, limits, siblings, handles, reader };
    return new TailSet(context, this.#paths.map(toWatchedPath), TAKEN_EXTENSIONS);
  }
}
