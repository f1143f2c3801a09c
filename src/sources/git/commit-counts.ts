import { ByteQueue } from './byte-queue.ts';
import { GitError } from './git-error.ts';
import { GitProcess } from './git-process.ts';

/** Added and deleted lines of one file; null for binary. */
export interface FileCounts {
  readonly added: number | null;
  readonly deleted: number | null;
}

/** A line that is no commit comes back as it is: it marks the end of an answer. */
const END = 'end-of-answer';

/** Line counts of whole commits by git's own diff, from one `git diff-tree --stdin`. */
export class CommitCounts {
  readonly #git: GitProcess;
  readonly #bytes: ByteQueue;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(repository: string) {
    const args = ['-r', '--root', '-M', '--numstat', '--no-commit-id', '--no-ext-diff', '--stdin'];
    this.#git = new GitProcess(repository, ['diff-tree', ...args]);
    this.#bytes = new ByteQueue(this.#git.output);
  }

  /** Counts of a commit's files in git's order. */
  of(hash: string): Promise<readonly FileCounts[]> {
    const written = this.#git.write(`${hash}\n${END}\n`);
    const counts = this.#turn.then(() => written).then(() => this.#read(hash));
    this.#turn = counts.catch(() => null);
    return counts;
  }

  async close(): Promise<void> {
    await this.#git.stop();
  }

  async #read(hash: string): Promise<readonly FileCounts[]> {
    const counts: FileCounts[] = [];
    for (;;) {
      const line = await this.#bytes.line();
      if (line === null) {
        await this.#git.finish();
        throw new GitError(`git diff-tree ended before it answered for ${hash}.`);
      }
      if (line === END) return counts;
      const [added, deleted] = line.split('\t');
      counts.push(added === '-' ? { added: null, deleted: null } : { added: Number(added), deleted: Number(deleted) });
    }
  }
}
