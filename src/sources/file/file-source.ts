import type { MetricSource, SourceSink } from '../../ports/metric-source.ts';
import type { ReadingContext } from './context.ts';
import { DEFAULT_LIMITS } from './context.ts';
import { toWatchedPath } from './find-files.ts';
import type { WatchedPath } from './find-files.ts';
import { Handles } from './handles.ts';
import type { HintListener } from './hints.ts';
import { LineReader } from './line-reader.ts';
import type { FileSourceOptions } from './options.ts';
import { Siblings } from './siblings.ts';
import { TailSet } from './tail-set.ts';

type Settings = Required<FileSourceOptions>;

/** The loop around the tails: waits for hints, the poll and the stop, and reads what is marked. */
export class FileSource implements MetricSource, HintListener {
  readonly #settings: Settings;
  readonly #paths: readonly WatchedPath[];
  #tails: TailSet | null = null;
  #sink: SourceSink | null = null;
  #loop: Promise<void> | null = null;
  #hinted = false;
  #searchWanted = false;
  #hintPending = false;
  #stopping = false;
  #wake: (() => void) | null = null;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#paths = settings.paths.map(toWatchedPath);
  }

  async start(sink: SourceSink): Promise<void> {
    if (this.#tails !== null) throw new Error('a file source can be started only once');
    this.#sink = sink;
    this.#tails = new TailSet(this.#context(sink), this.#paths, this.#settings.extensions);
    this.#tails.search();
    await this.#tails.visitMarked();
    if (this.#settings.once) {
      await this.#tails.finish();
      this.#end(this.#tails);
    }
    sink.notice({ type: 'caught-up' });
    if (this.#settings.once) return;
    // Only now: what the search has missed is found by the poll, and who waits for the first look waits less.
    this.#startHints(this.#tails);
    this.#loop = this.#run(this.#tails);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake?.();
    await this.#loop;
  }

  changed(path: string): void {
    const tails = this.#tails;
    if (tails === null) return;
    if (!tails.mark(path)) this.#searchWanted = true;
    this.#hintPending = true;
    this.#wake?.();
  }

  failed(why: string): void {
    if (!this.#hinted) return;
    this.#hinted = false;
    const instead = `${why}; files are looked at every ${this.#settings.fastPollMs} ms instead`;
    this.#sink?.notice({ type: 'watch-limited', why: instead });
    this.#hintPending = true;
    this.#wake?.();
  }

  async #run(tails: TailSet): Promise<void> {
    const { clock, hints, pollMs, fastPollMs, saveMs } = this.#settings;
    let polledAtMs = clock.monotonicMs();
    let searchedAtMs = polledAtMs;
    let savedAtMs = polledAtMs;
    while (!this.#stopping) {
      const intervalMs = this.#hinted ? pollMs : fastPollMs;
      await this.#pause(intervalMs - (clock.monotonicMs() - polledAtMs));
      const nowMs = clock.monotonicMs();
      if (nowMs - polledAtMs >= intervalMs) {
        tails.markAll();
        polledAtMs = nowMs;
      }
      if (this.#searchWanted || nowMs - searchedAtMs >= pollMs) {
        this.#searchWanted = false;
        tails.search();
        searchedAtMs = nowMs;
      }
      await tails.visitMarked();
      if (tails.fileCount > this.#settings.hintedFiles) this.#hinted = false;
      if (!this.#hinted) await hints?.stop();
      if (clock.monotonicMs() - savedAtMs < saveMs) continue;
      tails.saveOffsets();
      savedAtMs = clock.monotonicMs();
    }
    await hints?.stop();
    tails.search();
    tails.markAll();
    await tails.visitMarked();
    // With offsets kept, the next run reads such a line whole.
    if (this.#settings.offsets === null) await tails.finish();
    this.#end(tails);
  }

  /** Until a hint, the stop, or the end of the time. */
  async #pause(timeoutMs: number): Promise<void> {
    if (this.#stopping || this.#hintPending) {
      this.#hintPending = false;
      return;
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.max(1, timeoutMs));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
    this.#hintPending = false;
  }

  #startHints(tails: TailSet): void {
    const { hints, once, hintedFiles } = this.#settings;
    if (hints === null || once || tails.fileCount > hintedFiles) return;
    this.#hinted = true;
    hints.start(this.#paths, this);
  }

  #context(sink: SourceSink): ReadingContext {
    const { fileSystem: fs, clock, offsets } = this.#settings;
    const limits = { ...DEFAULT_LIMITS, ...this.#settings.limits };
    const siblings = new Siblings(fs);
    const handles = new Handles(fs, siblings, limits.maxOpenFiles);
    const reader = new LineReader(limits.blockBytes, limits.maxLineBytes);
    return { fs, clock, sink, offsets, limits, siblings, handles, reader };
  }

  #end(tails: TailSet): void {
    tails.saveOffsets();
    tails.close();
  }
}
