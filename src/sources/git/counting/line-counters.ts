import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { GitError } from '../git-error.ts';
import type { CountingJob, CountingResult, CountingSetup, FileToCount } from './job.ts';
import { fileLine } from './job.ts';
import type { ChangedPaths } from './path-groups.ts';
import { pathGroups } from './path-groups.ts';

/** Beyond, reading the history itself is what takes time. */
const MOST_THREADS = 4;
/** Commits that are worth a further thread: each has to be started and compiles its code for itself. */
const COMMITS_PER_THREAD = 5000;

interface OpenJob {
  /** Threads that have not answered. */
  threads: number;
  readonly done: () => void;
}

/** Threads that count lines, up to one per core. Whichever is free takes the next file, with all its versions. */
export class LineCounters {
  readonly #threads: readonly Worker[];
  readonly #open = new Map<number, OpenJob>();
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
  async count(files: readonly (FileToCount & ChangedPaths)[]): Promise<Int32Array> {
    const groups = pathGroups(files);
    const places = groups.flat();
    const bounds = [0];
    for (const group of groups) bounds.push(bounds.at(-1)! + group.length);
    const found = new Int32Array(new SharedArrayBuffer(8 * files.length));
    const next = new Int32Array(new SharedArrayBuffer(4));
    const own = places.map((place) => fileLine(files[place]!)).join('\n');
    await Promise.race([this.#ask({ number: this.#jobs++, files: own, bounds, next, counts: found }), this.#failed]);
    const counts = new Int32Array(2 * files.length);
    places.forEach((place, i) => {
      counts[2 * place] = found[2 * i]!;
      counts[2 * place + 1] = found[2 * i + 1]!;
    });
    return counts;
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((worker) => worker.terminate()));
  }

  #start(setup: CountingSetup): Worker {
    const worker = new Worker(workerEntry(), { workerData: setup, execArgv: [] });
    worker.on('message', ({ number }: CountingResult) => {
      const job = this.#open.get(number)!;
      if (--job.threads > 0) return;
      this.#open.delete(number);
      job.done();
    });
    worker.on('error', (error) => this.#fail(new GitError(`A repository's objects cannot be read: ${error.message}`)));
    return worker;
  }

  #ask(job: CountingJob): Promise<void> {
    return new Promise((done) => {
      this.#open.set(job.number, { threads: this.#threads.length, done });
      for (const worker of this.#threads) worker.postMessage(job, []);
    });
  }
}

/** The worker's file: beside the bundle, or its source when this runs from source. */
function workerEntry(moduleUrl: string = import.meta.url): URL {
  return new URL(moduleUrl.endsWith('.ts') ? './worker-main.ts' : './count-worker.mjs', moduleUrl);
}
