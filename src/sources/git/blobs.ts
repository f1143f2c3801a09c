import { ByteQueue } from './byte-queue.ts';
import { GitError } from './git-error.ts';
import { GitProcess } from './git-process.ts';

/** Contents kept because the next change to a file needs them again. */
const KEPT_BYTES = 128_000_000;
/** Smaller contents are copied, so that they do not keep the chunk they came in. */
const COPIED_BYTES = 32_768;

/** File contents by id, from one `git cat-file --batch`; many may be wanted before the first is awaited. */
export class Blobs {
  readonly #git: GitProcess;
  readonly #bytes: ByteQueue;
  readonly #kept = new Map<string, Promise<Buffer | null>>();
  /** Sizes of the kept contents that have arrived. */
  readonly #sizes = new Map<string, number>();
  #keptBytes = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(repository: string) {
    this.#git = new GitProcess(repository, ['cat-file', '--batch']);
    this.#bytes = new ByteQueue(this.#git.output);
  }

  /** Content of an id; null when the repository does not have it. */
  want(id: string): Promise<Buffer | null> {
    const kept = this.#kept.get(id);
    if (kept !== undefined) {
      // Used again: the last to be dropped.
      this.#kept.delete(id);
      this.#kept.set(id, kept);
      return kept;
    }
    const written = this.#git.write(`${id}\n`);
    const content = this.#turn.then(() => written).then(() => this.#read(id));
    this.#turn = content.catch(() => null);
    this.#kept.set(id, content);
    return content;
  }

  async close(): Promise<void> {
    await this.#git.stop();
  }

  async #read(id: string): Promise<Buffer | null> {
    const head = await this.#bytes.line();
    if (head === null) {
      await this.#git.finish();
      throw new GitError(`git cat-file ended before it gave ${id}.`);
    }
    const [, kind, size] = head.split(' ');
    if (kind === 'missing' || size === undefined) return null;
    const length = Number(size);
    const content = await this.#bytes.take(length + 1);
    if (content === null) throw new GitError(`git cat-file gave only a part of ${id}.`);
    this.#keep(id, length);
    const trimmed = content.subarray(0, length);
    return length < COPIED_BYTES ? Buffer.from(trimmed) : trimmed;
  }

  #keep(id: string, bytes: number): void {
    this.#sizes.set(id, bytes);
    this.#keptBytes += bytes;
    for (const old of this.#kept.keys()) {
      if (this.#keptBytes <= KEPT_BYTES) return;
      const size = this.#sizes.get(old);
      // Still on its way: whoever wants it holds the promise.
      if (size === undefined) continue;
      this.#kept.delete(old);
      this.#sizes.delete(old);
      this.#keptBytes -= size;
    }
  }
}
