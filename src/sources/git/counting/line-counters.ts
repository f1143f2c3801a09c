import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { GitError } from '../git-error.ts';
import type { CountingJob, CountingResult, CountingSetup, FileToCount } from './job.ts';

/** Beyond, reading the history itself is what takes time. */
const MOST_THREADS = 4;
/** Commits that are worth a further thread: each has to be started and compiles its code for itself. */
const COMMITS_PER_THREAD = 5000;

/** A file to count and the paths that say which thread has its history. */
export interface RoutedFile extends FileToCount {
  readonly oldPath: string;
  readonly newPath: string;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, (counts: Int32Array) => void>;
  files: number;
}

/**
 * Threads that count lines, up to one per core.
 *
 * A path stays with the thread that had it first: versions of a file are built from each other.
 */
export class LineCounters {
  readonly #threads: readonly Thread[];
  readonly #byPath = new Map<string, Thread>();
  readonly #failed: Promise<never>;
  #fail: (error: Error) => void = () => undefined;
  #jobs = 0;

  /** @param objects the repository's object folder; @param commits of the history, about */
  constructor(objects: string, commits: number) {
    this.#failed = new Promise((_, reject) => (this.#fail = reject));
    // Without a job there is nobody to tell; the next one is told.
    this.#failed.catch(() => null);
    const setup: CountingSetup = { objects };
    const threads = Math.min(availableParallelism(), MOST_THREADS, Math.ceil(commits / COMMITS_PER_THREAD));
    this.#threads = Array.from({ length: Math.max(threads, 1) }, () => this.#start(setup));
  }

  /** Lines added and deleted of each file, in order, two numbers each. @throws GitError when a thread failed */
  async count(files: readonly RoutedFile[]): Promise<Int32Array> {
    const places = new Map<Thread, number[]>();
    files.forEach((file, i) => {
      const thread = this.#threadOf(file);
      const own = places.get(thread);
      if (own === undefined) places.set(thread, [i]);
      else own.push(i);
    });
    const counts = new Int32Array(2 * files.length);
    const jobs = Array.from(places, async ([thread, own]) => {
      const found = await this.#ask(
        thread,
        own.map((i) => ({ entry: files[i]!.entry, rule: files[i]!.rule })),
      );
      own.forEach((place, i) => {
        counts[2 * place] = found[2 * i]!;
        counts[2 * place + 1] = found[2 * i + 1]!;
      });
    });
    await Promise.race([Promise.all(jobs), this.#failed]);
    return counts;
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #start(setup: CountingSetup): Thread {
    const worker = new Worker(workerEntry(), { workerData: setup, execArgv: [] });
    const thread: Thread = { worker, waiting: new Map(), files: 0 };
    worker.on('message', ({ number, counts }: CountingResult) => {
      thread.waiting.get(number)!(counts);
      thread.waiting.delete(number);
    });
    worker.on('error', (error) => this.#fail(new GitError(`A repository's objects cannot be read: ${error.message}`)));
    return thread;
  }

  #ask(thread: Thread, files: readonly FileToCount[]): Promise<Int32Array> {
    const job: CountingJob = { number: this.#jobs++, files };
    thread.files += files.length;
    return new Promise((resolve) => {
      thread.waiting.set(job.number, resolve);
      thread.worker.postMessage(job, []);
    });
  }

  #threadOf({ oldPath, newPath }: RoutedFile): Thread {
    const thread = this.#byPath.get(oldPath) ?? this.#leastLoaded();
    this.#byPath.set(newPath, thread);
    thread.files++;
    return thread;
  }

  #leastLoaded(): Thread {
    return this.#threads.reduce((least, thread) => (thread.files < least.files ? thread : least));
  }
}

/** The worker's file: beside the bundle, or its source when this runs from source. */
function workerEntry(moduleUrl: string = import.meta.url): URL {
  return new URL(moduleUrl.endsWith('.ts') ? './worker-main.ts' : './count-worker.mjs', moduleUrl);
}
